import CKernels

extension ConvolutionProblem {
  /// Both gradients, as far as they are needed, image by image: the gradient by an image's output,
  /// perhaps computed only then, serves both while it is in the cache.
  ///
  /// - Parameters:
  ///   - images: Of the shape named.
  ///   - kernels: Of the shape named.
  ///   - gradient: By the output.
  ///   - needed: Which of the gradients are wanted.
  ///   - device: The threads to compute on.
  /// - Returns: The gradients by images and kernels, nil where not needed.
  public func gradients(
    _ images: Tensor<Float>, _ kernels: Tensor<Float>, _ gradient: LazyTensor<Float>,
    needed: (images: Bool, kernels: Bool), on device: Device
  ) -> (images: Tensor<Float>?, kernels: Tensor<Float>?) {
    check(images, kernels)
    if coversImage {
      return productGradients(images, kernels, gradient.tensor, needed: needed, on: device)
    }
    guard needed.images else {
      return (nil, pullBack(images, nil, gradient, needsKernels: needed.kernels, into: nil, device))
    }
    let turned = packed(
      kernels, count: grafs_convolution_packed_turned_count(shape),
      by: grafs_convolution_pack_turned)
    var byKernels: Tensor<Float>?
    let byImages = Tensor(self.images) { result in
      byKernels = pullBack(
        images, turned, gradient, needsKernels: needed.kernels, into: result, device)
    }
    return (byImages, byKernels)
  }

  /// Writes the gradient by the images to `result`, if there is one, and returns that by the
  /// kernels.
  private func pullBack(
    _ images: Tensor<Float>, _ turned: Tensor<Float>?, _ gradient: LazyTensor<Float>,
    needsKernels: Bool, into result: UnsafeMutablePointer<Float>?, _ device: Device
  ) -> Tensor<Float>? {
    let pieces = needsKernels ? sums : pieces
    let count = kernels.count
    let rows = output[1] * output[2]
    let rowScratch = gradient.scratchCount(rows: rows)
    let convolutionScratch = max(grafs_convolution_scratch_count(shape), paddedCount)
    let partial = Tensor<Float>([needsKernels ? pieces.count : 0, count]) { partial in
      withPointers(images, turned ?? images) { images, turned in
        forEach(pieces, scratch: rowScratch + convolutionScratch, device) { piece, scratch in
          let sum = partial + piece * count
          if needsKernels { sum.initialize(repeating: 0, count: count) }
          for image in pieces[piece] {
            gradient.withRows(image * rows..<(image + 1) * rows, scratch: scratch) { gradient in
              let scratch = scratch + rowScratch
              if needsKernels {
                grafs_convolution_filter_gradient(
                  shape, padded(images + image * imageSize, in: scratch), gradient, sum)
              }
              if let result {
                grafs_convolution_input_gradient(
                  shape, gradient, turned, scratch, result + image * imageSize)
              }
            }
          }
        }
      }
    }
    return needsKernels ? partial.sumOfRows(on: device).reshaped(kernels) : nil
  }
}
