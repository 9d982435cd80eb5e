import Autodiff
import Tensors

extension CurveActivation {
  /// Tabulates a discrete function: once, or for each site with scalars of its own.
  ///
  /// Where slopes are limited and a curve exceeds the limit, all curves pass gradients by the
  /// function's own limited slopes, as those of a relaxed cell do.
  ///
  /// - Parameters:
  ///   - expression: The function.
  ///   - openScalars: For each site a variable `[1]` for each open scalar; ignored where the
  ///     function leaves none open.
  ///   - limits: How operations are bounded.
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  public init(
    _ expression: ActivationExpression, openScalars: [[Variable<Double>]] = [],
    limits: Limits = .off, grid: CurveGrid, on tape: Tape
  ) {
    let nodes = grid.nodes.scalars
    let curves: [Variable<Double>]
    let closed: [ActivationExpression]
    if expression.openScalars.isEmpty {
      closed = [expression]
      curves = [tape.constant(Tensor(expression.values(at: nodes, limits: limits)))]
    } else {
      closed = openScalars.map { expression.filled(with: $0.map { $0.value.scalars[0] }) }
      curves = openScalars.map {
        expression.values(at: tape.constant(grid.nodes), limits: limits, openScalars: $0)
      }
    }
    let isSteep = curves.contains { grid.isSteep($0.value, than: limits.slopeBound) }
    let slopes = closed.lazy.map { function in
      Tensor(nodes.map { function.valueAndDerivative(at: $0, limits: limits).derivative })
    }
    self.init(curves: curves, slopes: isSteep ? Array(slopes) : nil, grid: grid)
  }
}
