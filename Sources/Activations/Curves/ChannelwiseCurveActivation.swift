import Autodiff
import Tensors

/// A tabulated function for every channel of every site.
public struct ChannelwiseCurveActivation: Activation {
  /// For each site the values at the nodes, `[channels, nodes]`.
  private let curves: [Variable<Double>]
  /// The slopes by which gradients pass, of the same shapes; nil for those of the cubics.
  private let slopes: [Tensor<Double>]?
  private let grid: CurveGrid

  /// Tabulates a relaxed cell: evaluates it at the nodes of a grid; slopes are bounded as
  /// `CurveActivation` bounds them.
  ///
  /// - Parameters:
  ///   - cell: With a sample for every channel, site by site.
  ///   - channels: For each site the number of its channels.
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  /// - Precondition: The cell has as many samples as there are channels.
  public init(_ cell: RelaxedCell, channels: [Int], grid: CurveGrid, on tape: Tape) {
    let (values, slopes) = cell.tabulated(on: grid, tape)
    let sites = cell.samples(ofSites: channels)
    curves = sites.map { values.rows($0) }
    self.slopes = slopes.map { slopes in sites.map { slopes.rows($0) } }
    self.grid = grid
  }

  /// Applies the curves of a site, each to its channel.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    channelwiseInterpolation(input, values: curves[site], grid: grid, slopes: slopes?[site])
  }
}

extension RelaxedCell {
  /// Cuts the samples of a cell, of which there is one for every channel, into those of its sites.
  func samples(ofSites channels: [Int]) -> [Range<Int>] {
    precondition(
      samples == channels.reduce(0, +), "\(samples) samples of a cell for channels \(channels)")
    var first = 0
    return channels.map { count in
      defer { first += count }
      return first..<first + count
    }
  }
}
