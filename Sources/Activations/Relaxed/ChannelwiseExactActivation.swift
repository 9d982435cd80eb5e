import Autodiff
import Tensors

/// A relaxed cell with a sample for every channel of every site, evaluated for every element in
/// double precision: slow, and the reference for `ChannelwiseCurveActivation`.
public struct ChannelwiseExactActivation: Activation {
  private let cells: [RelaxedCell]

  /// Makes the activation of a cell.
  ///
  /// - Parameters:
  ///   - cell: With a sample for every channel, site by site.
  ///   - channels: For each site the number of its channels.
  /// - Precondition: The cell has as many samples as there are channels.
  public init(_ cell: RelaxedCell, channels: [Int]) {
    cells = cell.samples(ofSites: channels).map(cell.samples)
  }

  /// Applies the functions of a site, each to its channel.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    let points = transposition(conversion(input, to: Double.self, shape: input.shape))
    return conversion(
      transposition(cells[site](points)), to: Float.self, shape: input.shape)
  }
}
