extension Trajectory {
  /// The strongest discrete function, tabulated at the end of every epoch.
  public struct Curve: Sendable, Equatable {
    /// `[points]`, where the function is evaluated.
    public let points: [Float]
    /// `[epochs]`, the epochs' numbers.
    public internal(set) var epochs: [Int] = []
    /// `[epochs, points]`, row-major, the function's values.
    public internal(set) var values: [Float] = []

    init(points: [Float]) { self.points = points }

    mutating func append(_ row: [Float], epoch: Int) {
      precondition(
        row.count == points.count,
        "curve: \(row.count) values in epoch \(epoch) for \(points.count) points")
      precondition(
        epoch > (epochs.last ?? -1), "curve: epoch \(epoch) follows epoch \(epochs.last ?? -1)")
      epochs.append(epoch)
      values += row
    }

    mutating func keep(rows: Int) {
      epochs.removeLast(epochs.count - rows)
      values.removeLast(values.count - rows * points.count)
    }

    /// Whether two curves hold the same values, NaN being the same as NaN.
    ///
    /// - Parameters:
    ///   - left: One curve.
    ///   - right: The other.
    /// - Returns: True if points, epochs and values agree.
    public static func == (left: Curve, right: Curve) -> Bool {
      left.epochs == right.epochs && left.points.isSame(as: right.points)
        && left.values.isSame(as: right.values)
    }
  }
}
