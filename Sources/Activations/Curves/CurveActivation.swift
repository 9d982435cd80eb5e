import Autodiff
import Tensors

/// A tabulated function at every site: one for each, or the same for all.
public struct CurveActivation: Activation {
  private let curves: [Variable<Double>]
  /// The slopes by which gradients pass, for each of the curves; nil for those of the cubics.
  private let slopes: [Tensor<Double>]?
  private let grid: CurveGrid

  /// Tabulates a relaxed cell: evaluates it at the nodes of a grid.
  ///
  /// Where the cell limits slopes and a curve exceeds the limit, all curves pass gradients by the
  /// cell's own limited slopes, tabulated beside the values: a cubic draws a slope through a jump
  /// that no point of the function has.
  ///
  /// - Parameters:
  ///   - cell: With one sample for every site, or one for all.
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  public init(_ cell: RelaxedCell, grid: CurveGrid, on tape: Tape) {
    let (values, slopes) = cell.tabulated(on: grid, tape)
    curves = (0..<cell.samples).map { values.row($0) }
    self.slopes = slopes.map { slopes in
      (0..<cell.samples).map { slopes.rows($0..<$0 + 1) }
    }
    self.grid = grid
  }

  /// Tabulates a scalar function, the same for all sites.
  ///
  /// - Parameters:
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  ///   - function: The function.
  public init(grid: CurveGrid, on tape: Tape, of function: (Double) -> Double) {
    self.init(curves: [tape.constant(Tensor(grid.nodes.scalars.map(function)))], grid: grid)
  }

  /// Takes functions tabulated already.
  ///
  /// - Parameters:
  ///   - curves: The values at the nodes of `grid`, for every site or one for all.
  ///   - grid: The nodes.
  public init(curves: [Variable<Double>], grid: CurveGrid) {
    self.init(curves: curves, slopes: nil, grid: grid)
  }

  /// Takes functions tabulated already, and for each the slopes by which gradients pass.
  init(curves: [Variable<Double>], slopes: [Tensor<Double>]?, grid: CurveGrid) {
    self.curves = curves
    self.slopes = slopes
    self.grid = grid
  }

  /// Applies the curve of a site.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    pointwise(input, curve(at: site))
  }

  /// Applies the curve of a site in the pass that computes the pre-activation.
  public func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float> {
    input.applying(curve(at: site))
  }

  private func curve(at site: Int) -> PointwiseOperation {
    let index = curves.count == 1 ? 0 : site
    return .interpolation(values: curves[index], grid: grid, slopes: slopes?[index])
  }
}

extension RelaxedCell {
  /// The functions at the nodes of a grid, and their slopes there if a chord is steeper than the
  /// bound of slopes: `[samples, nodes]` each.
  func tabulated(
    on grid: CurveGrid, _ tape: Tape
  ) -> (values: Variable<Double>, slopes: Tensor<Double>?) {
    let nodes = tape.constant(grid.nodes)
    let outputs = outputs(nodes)
    let values = outputs[outputs.count - 1]
    let isSteep = grid.isSteep(values.value, than: limits.slopeBound)
    return (values, isSteep ? slopes(at: nodes, outputs) : nil)
  }
}
