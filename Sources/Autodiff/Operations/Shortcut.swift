import Tensors

/// Returns every `stride`-th pixel, with channels of zeros added evenly on both sides: the
/// parameter-free shortcut ("option A") of residual networks.
///
/// Source: He et al., 2015, "Deep residual learning for image recognition", section 4.2.
///
/// - Parameters:
///   - images: `[batch, height, width, channels]`.
///   - stride: Step between the pixels kept, positive.
///   - channels: Channels of the result, at least those of `images`.
/// - Returns: `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`.
public func subsampling(
  _ images: Variable<Float>, stride: Int, channels: Int
) -> Variable<Float> {
  let shape = images.shape
  precondition(
    shape.rank == 4 && stride > 0 && channels >= shape[3],
    "subsampling: \(shape) by \(stride) to \(channels) channels")
  let device = images.tape.device
  let (height, width, given) = (shape[1], shape[2], shape[3])
  let (rows, columns) = ((height + stride - 1) / stride, (width + stride - 1) / stride)
  let before = (channels - given) / 2

  /// Calls `body` with the offsets of each kept pixel in `images` and in the result.
  func forEachPixel(of image: Int, _ body: (_ source: Int, _ target: Int) -> Void) {
    for row in 0..<rows {
      for column in 0..<columns {
        let source = (image * height + row * stride) * width + column * stride
        let target = (image * rows + row) * columns + column
        body(source * given, target * channels)
      }
    }
  }

  let kept = Tensor<Float>([shape[0], rows, columns, channels]) { kept in
    withPointers(images.value) { images in
      device.forEach(shape[0]) { image in
        forEachPixel(of: image) { source, target in
          (kept + target).initialize(repeating: 0, count: channels)
          (kept + target + before).update(from: images + source, count: given)
        }
      }
    }
  }
  return images.tape.record(kept, from: [images]) { gradient in
    images.accumulate(
      Tensor(shape) { spread in
        withPointers(gradient) { gradient in
          device.forEach(shape[0]) { image in
            let size = height * width * given
            (spread + image * size).initialize(repeating: 0, count: size)
            forEachPixel(of: image) { source, target in
              (spread + source).update(from: gradient + target + before, count: given)
            }
          }
        }
      })
  }
}
