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
  let device = images.tape.device
  let pooling = AveragePooling(images: images.shape, size: size)
  return images.tape.record(
    pooling.means(of: images.value, on: device), from: [images]
  ) { gradient in
    images.accumulate(pooling.imageGradient(gradient, on: device))
  }
}
