import Autodiff
import Tensors

/// A tabulated function at every site: one for each, or the same for all.
public struct CurveActivation: Activation {
  private let curves: [Variable<Double>]
  private let grid: CurveGrid

  /// Tabulates a relaxed cell: evaluates it at the nodes of a grid.
  ///
  /// - Parameters:
  ///   - cell: With one sample for every site, or one for all.
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  public init(_ cell: RelaxedCell, grid: CurveGrid, on tape: Tape) {
    let values = cell(tape.constant(grid.nodes))
    curves = (0..<cell.samples).map { row($0, of: values) }
    self.grid = grid
  }

  /// Tabulates a scalar function, the same for all sites.
  ///
  /// - Parameters:
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  ///   - function: The function.
  public init(grid: CurveGrid, on tape: Tape, of function: (Double) -> Double) {
    curves = [tape.constant(Tensor(grid.nodes.scalars.map(function)))]
    self.grid = grid
  }

  /// Takes functions tabulated already.
  ///
  /// - Parameters:
  ///   - curves: The values at the nodes of `grid`, for every site or one for all.
  ///   - grid: The nodes.
  public init(curves: [Variable<Double>], grid: CurveGrid) {
    self.curves = curves
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

  private func curve(at site: Int) -> Interpolation {
    Interpolation(values: curves[curves.count == 1 ? 0 : site], grid: grid)
  }
}
