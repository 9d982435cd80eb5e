/// A point of a plot, in the units of its axes.
public struct PlotPoint: Sendable, Hashable {
  /// Along the horizontal axis.
  public var x: Double
  /// Along the vertical axis; NaN interrupts a line.
  public var y: Double

  /// A point.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

extension [PlotPoint] {
  /// A line of few points that looks the same: of each of `limit / 2` parts of the range the lowest
  /// and the highest point, of the whole the first and the last.
  ///
  /// - Parameter limit: How many points there may be, at least 4; shorter lines stay whole.
  /// - Returns: Some of the points, in their order, without those that are not finite.
  public func thinned(to limit: Int) -> [PlotPoint] {
    let points = filter { $0.x.isFinite && $0.y.isFinite }
    guard points.count > limit else { return points }
    let parts = (limit - 2) / 2
    var kept = [0]
    for part in 0..<parts {
      let range = part * points.count / parts..<(part + 1) * points.count / parts
      guard let low = range.min(by: { points[$0].y < points[$1].y }),
        let high = range.max(by: { points[$0].y < points[$1].y })
      else { continue }
      kept += low == high ? [low] : [Swift.min(low, high), Swift.max(low, high)]
    }
    kept.append(points.count - 1)
    return kept.enumerated().filter { $0.offset == 0 || kept[$0.offset - 1] != $0.element }
      .map { points[$0.element] }
  }
}
