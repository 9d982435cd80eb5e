import Tensors

/// Returns each channel's mean over an image: global average pooling.
///
/// - Parameter images: `[batch, height, width, channels]`.
/// - Returns: `[batch, channels]`.
public func globalAveragePooling(_ images: Variable<Float>) -> Variable<Float> {
  let device = images.tape.device
  return images.tape.record(
    images.value.globalAverages(on: device), from: [images]
  ) { gradient in
    images.accumulate(gradient.spreadOverImages(images.shape, on: device))
  }
}
