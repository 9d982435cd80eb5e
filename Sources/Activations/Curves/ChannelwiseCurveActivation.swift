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

  /// Tabulates a function with scalars of its own in every channel; slopes are limited as
  /// `CurveActivation` limits them.
  ///
  /// - Parameters:
  ///   - expression: The function.
  ///   - openScalars: For each site a variable `[channels]` for each open scalar.
  ///   - limits: How operations are bounded.
  ///   - grid: The nodes.
  ///   - tape: The tape of the pass.
  public init(
    _ expression: ActivationExpression, openScalars: [[Variable<Double>]], limits: Limits = .off,
    grid: CurveGrid, on tape: Tape
  ) {
    let nodes = tape.constant(grid.nodes)
    curves = openScalars.map {
      expression.values(at: nodes, limits: limits, openScalars: $0)
    }
    self.grid = grid
    guard curves.contains(where: { grid.isSteep($0.value, than: limits.slopeBound) }) else {
      slopes = nil
      return
    }
    let points = grid.nodes.scalars
    slopes = zip(curves, openScalars).map { curve, scalars in
      Tensor(
        (0..<curve.shape.rows).flatMap { channel in
          let function = expression.filled(with: scalars.map { $0.value.scalars[channel] })
          return points.map { function.valueAndDerivative(at: $0, limits: limits).derivative }
        }, curve.shape)
    }
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
