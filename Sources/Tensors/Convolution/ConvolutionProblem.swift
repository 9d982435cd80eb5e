import CKernels

/// The sizes of a two-dimensional cross-correlation over a batch, and its three passes.
///
/// Images are `[batch, height, width, channels]`, kernels `[kernelHeight, kernelWidth, channels,
/// filters]`.
public struct ConvolutionProblem: Sendable {
  /// The shape of the result: `[batch, (height + 2p − kernelHeight) / stride + 1, …, filters]`.
  public let output: Shape

  let images: Shape
  let kernels: Shape
  let shape: grafs_convolution
  /// The images of each piece of work, which share scratch memory: few, so that threads end
  /// together.
  let pieces: Pieces
  /// The images of each partial sum of the kernels' gradient.
  let sums: Pieces

  /// Names the sizes.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`.
  ///   - kernels: `[kernelHeight, kernelWidth, channels, filters]`.
  ///   - stride: Step of the window, in pixels; positive.
  ///   - padding: p, pixels of zeros added on every side; not negative.
  /// - Precondition: `kernels` has the channel count of `images` and fits into the padded image.
  public init(images: Shape, kernels: Shape, stride: Int, padding: Int) {
    precondition(
      images.rank == 4 && kernels.rank == 4 && images[3] == kernels[2] && stride > 0
        && padding >= 0 && images[1] + 2 * padding >= kernels[0]
        && images[2] + 2 * padding >= kernels[1],
      "convolution: images \(images) with kernels \(kernels), stride \(stride), padding \(padding)")
    self.images = images
    self.kernels = kernels
    shape = grafs_convolution(
      height: images[1], width: images[2], channels: images[3], filters: kernels[3],
      kernelHeight: kernels[0], kernelWidth: kernels[1], stride: stride, padding: padding)
    output = [
      images[0], grafs_convolution_output_height(shape), grafs_convolution_output_width(shape),
      kernels[3],
    ]
    pieces = Pieces(of: images[0], most: 128)
    // A sum is as large as the kernels: of wide layers (15 MB in WRN-28-10) there are few.
    sums = Pieces(
      of: images[0], most: kernels.count < 1 << 14 ? 64 : kernels.count < 1 << 17 ? 32 : 8)
  }

  var imageSize: Int { images.count / max(1, images[0]) }
  var outputSize: Int { output.count / max(1, output[0]) }

  /// Correlates the images with the kernels.
  ///
  /// - Parameters:
  ///   - images: Of the shape named.
  ///   - kernels: Of the shape named.
  ///   - device: The threads to compute on.
  /// - Returns: `output`.
  public func output(
    _ images: Tensor<Float>, _ kernels: Tensor<Float>, on device: Device
  ) -> Tensor<Float> {
    check(images, kernels)
    if coversImage { return product(images, kernels, on: device) }
    let packed = packed(
      kernels, count: grafs_convolution_packed_count(shape), by: grafs_convolution_pack)
    return Tensor(output) { output in
      withPointers(images, packed) { images, packed in
        forEach(pieces, scratch: paddedCount, device) { piece, scratch in
          for image in pieces[piece] {
            grafs_convolution_forward(
              shape, padded(images + image * imageSize, in: scratch), packed,
              output + image * outputSize)
          }
        }
      }
    }
  }

  func check(_ images: Tensor<Float>, _ kernels: Tensor<Float>) {
    precondition(
      images.shape == self.images && kernels.shape == self.kernels,
      "convolution: \(images.shape) with \(kernels.shape), not \(self.images), \(self.kernels)")
  }

  /// The scratch memory that `padded` takes, in floats.
  var paddedCount: Int { shape.padding == 0 ? 0 : grafs_convolution_padded_count(shape) }

  /// An image with zeros around it; the image itself if it needs none.
  func padded(
    _ image: UnsafePointer<Float>, in scratch: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    if shape.padding == 0 { return image }
    grafs_convolution_pad(shape, image, scratch)
    return UnsafePointer(scratch)
  }

  /// Lays kernels out for the forward pass or the gradient by the images.
  func packed(
    _ kernels: Tensor<Float>, count: Int,
    by pack: (grafs_convolution, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor<Float> {
    Tensor([count]) { packed in withPointers(kernels) { pack(shape, $0, packed) } }
  }

  /// Calls `body` for every piece of the batch, in parallel, each with scratch memory of its own.
  func forEach(
    _ pieces: Pieces, scratch count: Int, _ device: Device,
    _ body: (_ piece: Int, _ scratch: UnsafeMutablePointer<Float>) -> Void
  ) {
    device.forEach(pieces.count) { piece in
      _ = Tensor<Float>([count]) { scratch in body(piece, scratch) }
    }
  }
}
