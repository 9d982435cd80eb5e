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
  let device = images.tape.device
  let subsampling = Subsampling(images: images.shape, stride: stride, channels: channels)
  return images.tape.record(
    subsampling.pixels(of: images.value, on: device), from: [images]
  ) { gradient in
    images.accumulate(subsampling.imageGradient(gradient, on: device))
  }
}
