/// Every `stride`-th pixel, with channels of zeros added evenly on both sides, and the transpose.
public struct Subsampling: Sendable {
  private let images: Shape
  private let stride: Int
  /// `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`.
  private let kept: Shape

  /// Names the sizes.
  ///
  /// - Parameters:
  ///   - images: `[batch, height, width, channels]`.
  ///   - stride: Step between the pixels kept, positive.
  ///   - channels: Channels of the result, at least those of `images`.
  public init(images: Shape, stride: Int, channels: Int) {
    precondition(
      images.rank == 4 && stride > 0 && channels >= images[3],
      "subsampling: \(images) by \(stride) to \(channels) channels")
    self.images = images
    self.stride = stride
    kept = [
      images[0], (images[1] + stride - 1) / stride, (images[2] + stride - 1) / stride, channels,
    ]
  }

  /// The channels of zeros before those of the images.
  private var before: Int { (kept[3] - images[3]) / 2 }

  /// Calls `body` with the offsets of each kept pixel in the images and in the result.
  private func forEachPixel(of image: Int, _ body: (_ source: Int, _ target: Int) -> Void) {
    for row in 0..<kept[1] {
      for column in 0..<kept[2] {
        let source = (image * images[1] + row * stride) * images[2] + column * stride
        let target = (image * kept[1] + row) * kept[2] + column
        body(source * images[3], target * kept[3])
      }
    }
  }

  /// The pixels kept: `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`.
  public func pixels(of images: Tensor<Float>, on device: Device) -> Tensor<Float> {
    let (given, channels, before) = (self.images[3], kept[3], before)
    return Tensor(kept) { kept in
      withPointers(images) { images in
        device.forEach(self.images[0]) { image in
          forEachPixel(of: image) { source, target in
            (kept + target).initialize(repeating: 0, count: channels)
            (kept + target + before).update(from: images + source, count: given)
          }
        }
      }
    }
  }

  /// The gradient by the images, given that by the pixels kept.
  public func imageGradient(_ gradient: Tensor<Float>, on device: Device) -> Tensor<Float> {
    let (given, before) = (images[3], before)
    let size = images.count / max(1, images[0])
    return Tensor(images) { spread in
      withPointers(gradient) { gradient in
        device.forEach(images[0]) { image in
          (spread + image * size).initialize(repeating: 0, count: size)
          forEachPixel(of: image) { source, target in
            (spread + source).update(from: gradient + target + before, count: given)
          }
        }
      }
    }
  }
}
