import Autodiff
import Tensors

extension PointwiseOperation {
  /// A tabulated function of one argument, interpolated by cubics; see `TabulatedCurve`.
  ///
  /// - Parameters:
  ///   - values: The function at the nodes of `grid`, `[nodes]`.
  ///   - grid: The nodes.
  ///   - slopes: The function's slopes at the nodes, `[nodes]`, by which the argument gets its
  ///     gradient; nil for those of the cubics.
  /// - Returns: The function, which passes a gradient to `values`.
  public static func interpolation(
    values: Variable<Double>, grid: CurveGrid, slopes: Tensor<Double>? = nil
  ) -> PointwiseOperation {
    let curve = TabulatedCurve(values: values.value, slopes: slopes, grid: grid)
    return PointwiseOperation(curve, parameters: [values]) { moments in
      values.accumulate(
        curve.valueGradient(moments: moments, on: values.tape.device).reshaped(values.shape))
    }
  }
}
