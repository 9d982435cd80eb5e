import Autodiff
import Tensors

/// Applies to every channel of `input` a tabulated function of its own.
///
/// As `PointwiseOperation.interpolation` with each channel alone.
///
/// - Parameters:
///   - input: `[…, channels]`.
///   - values: The functions at the nodes of `grid`, `[channels, nodes]`.
///   - grid: The nodes.
///   - slopes: Those by which the input gets its gradient, `[channels, nodes]`; nil for the cubics'
///     own.
/// - Returns: The shape of `input`. NaN gives NaN.
public func channelwiseInterpolation(
  _ input: Variable<Float>, values: Variable<Double>, grid: CurveGrid,
  slopes: Tensor<Double>? = nil
) -> Variable<Float> {
  let device = input.tape.device
  let curves = ChannelwiseCurves(values: values.value, slopes: slopes, grid: grid, on: device)
  let output = curves.values(at: input.value, on: device)
  return input.tape.record(output, from: [input, values]) { gradient in
    let result = curves.gradients(
      at: input.value, times: gradient, withValues: values.needsGradient, on: device)
    input.accumulate(result.input)
    if let byValues = result.values { values.accumulate(byValues) }
  }
}
