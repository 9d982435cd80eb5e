/// A window that is the whole image makes a product of matrices of the convolution, whose gradient
/// by the images is no correlation over mostly zeros: LeNet's last convolution is one.
extension ConvolutionProblem {
  /// Whether the window is the whole image.
  var coversImage: Bool {
    shape.padding == 0 && kernels[0] == images[1] && kernels[1] == images[2]
  }

  private func rows(_ images: Tensor<Float>) -> Tensor<Float> {
    images.reshaped([self.images[0], self.kernels.rows])
  }

  private func matrix(_ kernels: Tensor<Float>) -> Tensor<Float> {
    kernels.reshaped([self.kernels.rows, self.kernels[3]])
  }

  /// `output`, where the window is the whole image.
  func product(
    _ images: Tensor<Float>, _ kernels: Tensor<Float>, on device: Device
  ) -> Tensor<Float> {
    MatrixProduct.product(.plain(rows(images)), .plain(matrix(kernels)), on: device)
      .reshaped(output)
  }

  /// The gradients needed, where the window is the whole image.
  func productGradients(
    _ images: Tensor<Float>, _ kernels: Tensor<Float>, _ gradient: Tensor<Float>,
    needed: (images: Bool, kernels: Bool), on device: Device
  ) -> (images: Tensor<Float>?, kernels: Tensor<Float>?) {
    let gradient = gradient.reshaped([self.images[0], self.kernels[3]])
    func byImages() -> Tensor<Float> {
      MatrixProduct.product(.plain(gradient), .transposed(matrix(kernels)), on: device)
        .reshaped(self.images)
    }
    func byKernels() -> Tensor<Float> {
      MatrixProduct.product(.transposed(rows(images)), .plain(gradient), on: device)
        .reshaped(self.kernels)
    }
    return (needed.images ? byImages() : nil, needed.kernels ? byKernels() : nil)
  }
}
