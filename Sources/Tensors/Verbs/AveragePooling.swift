/// The mean of each channel over squares that do not overlap, and its transpose.
///
/// Rows and columns that fill no square, at the lower and right end, do not count.
public struct AveragePooling: Sendable {
  private let images: Shape
  private let size: Int
  /// `[batch, ⌊height / size⌋, ⌊width / size⌋, channels]`.
  private let means: Shape

  /// Names the sizes.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`.
  ///   - size: Height and width of a square, in pixels; from 1 to the smaller of height and width.
  public init(images: Shape, size: Int) {
    precondition(
      images.rank == 4 && size > 0 && images[1] >= size && images[2] >= size,
      "averagePooling: \(images) by \(size)")
    self.images = images
    self.size = size
    means = [images[0], images[1] / size, images[2] / size, images[3]]
  }

  private var share: Float { 1 / Float(size * size) }

  /// Calls `body` with the offsets of each pixel that counts and of the mean it counts for.
  private func forEachPixel(of image: Int, _ body: (_ pixel: Int, _ mean: Int) -> Void) {
    let (rows, columns, channels) = (means[1], means[2], means[3])
    for row in 0..<(rows * size) {
      for column in 0..<(columns * size) {
        let pixel = (image * images[1] + row) * images[2] + column
        let mean = (image * rows + row / size) * columns + column / size
        body(pixel * channels, mean * channels)
      }
    }
  }

  /// The means: `[batch, ⌊height / size⌋, ⌊width / size⌋, channels]`.
  public func means(of images: Tensor<Float>, on device: Device) -> Tensor<Float> {
    let (channels, share) = (means[3], share)
    let count = means.count / max(1, means[0])
    return Tensor(means) { means in
      withPointers(images) { images in
        device.forEach(self.means[0]) { image in
          (means + image * count).initialize(repeating: 0, count: count)
          forEachPixel(of: image) { pixel, mean in
            let (source, target) = (images + pixel, means + mean)
            for channel in 0..<channels { target[channel] += share * source[channel] }
          }
        }
      }
    }
  }

  /// The gradient by the images, given that by the means.
  public func imageGradient(_ gradient: Tensor<Float>, on device: Device) -> Tensor<Float> {
    let (channels, share) = (means[3], share)
    let count = images.count / max(1, images[0])
    return Tensor(images) { spread in
      withPointers(gradient) { gradient in
        device.forEach(images[0]) { image in
          (spread + image * count).initialize(repeating: 0, count: count)
          forEachPixel(of: image) { pixel, mean in
            let (target, source) = (spread + pixel, gradient + mean)
            for channel in 0..<channels { target[channel] = share * source[channel] }
          }
        }
      }
    }
  }
}
