import Tensors

/// Returns the mean of each channel over squares that do not overlap.
///
/// Rows and columns that fill no square, at the lower and right end, do not count.
///
/// - Parameters:
///   - images: `[batch, height, width, channels]`.
///   - size: Height and width of a square, in pixels; from 1 to the smaller of height and width.
/// - Returns: `[batch, ⌊height / size⌋, ⌊width / size⌋, channels]`.
public func averagePooling(_ images: Variable<Float>, size: Int) -> Variable<Float> {
  let shape = images.shape
  precondition(
    shape.rank == 4 && size > 0 && shape[1] >= size && shape[2] >= size,
    "averagePooling: \(shape) by \(size)")
  let device = images.tape.device
  let (height, width, channels) = (shape[1], shape[2], shape[3])
  let (rows, columns) = (height / size, width / size)
  let share = 1 / Float(size * size)

  /// Calls `body` with the offsets of each pixel that counts and of the mean it counts for.
  func forEachPixel(of image: Int, _ body: (_ pixel: Int, _ mean: Int) -> Void) {
    for row in 0..<(rows * size) {
      for column in 0..<(columns * size) {
        let pixel = (image * height + row) * width + column
        let mean = (image * rows + row / size) * columns + column / size
        body(pixel * channels, mean * channels)
      }
    }
  }

  let means = Tensor<Float>([shape[0], rows, columns, channels]) { means in
    withPointers(images.value) { images in
      device.forEach(shape[0]) { image in
        let count = rows * columns * channels
        (means + image * count).initialize(repeating: 0, count: count)
        forEachPixel(of: image) { pixel, mean in
          let (source, target) = (images + pixel, means + mean)
          for channel in 0..<channels { target[channel] += share * source[channel] }
        }
      }
    }
  }
  return images.tape.record(means, from: [images]) { gradient in
    images.accumulate(
      Tensor(shape) { spread in
        withPointers(gradient) { gradient in
          device.forEach(shape[0]) { image in
            let count = height * width * channels
            (spread + image * count).initialize(repeating: 0, count: count)
            forEachPixel(of: image) { pixel, mean in
              let (target, source) = (spread + pixel, gradient + mean)
              for channel in 0..<channels { target[channel] = share * source[channel] }
            }
          }
        }
      })
  }
}
