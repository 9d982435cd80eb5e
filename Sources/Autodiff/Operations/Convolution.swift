import Tensors

/// Returns the two-dimensional cross-correlation of `images` with `kernels`.
///
/// - Parameters:
///   - images: `[batch, height, width, channels]`.
///   - kernels: `[kernelHeight, kernelWidth, channels, filters]`.
///   - stride: Step of the window, in pixels; positive.
///   - padding: p, pixels of zeros added on every side; not negative.
/// - Returns: `[batch, (height + 2p − kernelHeight) / stride + 1, …, filters]`.
/// - Precondition: `kernels` has the channel count of `images` and fits into the padded image.
public func convolution(
  _ images: Variable<Float>, _ kernels: Variable<Float>, stride: Int, padding: Int
) -> Variable<Float> {
  let problem = ConvolutionProblem(
    images: images.shape, kernels: kernels.shape, stride: stride, padding: padding)
  let device = images.tape.device
  let output = problem.output(images.value, kernels.value, on: device)
  return images.tape.record(
    output, from: [images, kernels],
    rowPullback: { gradient in
      let result = problem.gradients(
        images.value, kernels.value, gradient,
        needed: (images.needsGradient, kernels.needsGradient), on: device)
      if let part = result.kernels { kernels.accumulate(part) }
      if let part = result.images { images.accumulate(part) }
    })
}
