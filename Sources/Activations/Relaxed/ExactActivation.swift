import Autodiff
import Tensors

/// A relaxed cell evaluated for every element, in double precision: slow, and the reference for
/// `CurveActivation`.
public struct ExactActivation: Activation {
  private let cells: [RelaxedCell]

  /// Makes the activation of a cell with one sample for every site, or one for all.
  public init(_ cell: RelaxedCell) {
    cells = cell.samples == 1 ? [cell] : (0..<cell.samples).map { cell.sample($0) }
  }

  /// Applies the cell of a site.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    let points = conversion(input, to: Double.self, shape: [1, input.value.count])
    let values = cells[cells.count == 1 ? 0 : site](points)
    return conversion(values, to: Float.self, shape: input.shape)
  }
}
