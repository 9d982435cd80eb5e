extension Trajectory {
  /// The strongest discrete functions, tabulated at the end of every epoch.
  public struct Curve: Sendable, Equatable {
    /// `[functions]`, the functions' names: of a single one `y`, of several those of their cells.
    public let functions: [String]
    /// `[points]`, where the functions are evaluated.
    public let points: [Float]
    /// `[epochs]`, the epochs' numbers.
    public internal(set) var epochs: [Int] = []
    /// `[epochs, functions, points]`, row-major, the functions' values.
    public internal(set) var values: [Float] = []

    init(functions: [String], points: [Float]) {
      self.functions = functions
      self.points = points
    }

    /// Whether functions may have these names, which are those of datasets beside the axes.
    static func areNames(_ functions: [String]) -> Bool {
      !functions.isEmpty && Set(functions).count == functions.count
        && functions.allSatisfy { Slot.isIdentifier($0) && !["epoch", "x"].contains($0) }
    }

    /// The length of an epoch's row.
    var width: Int { functions.count * points.count }

    mutating func append(_ row: [Float], epoch: Int) {
      precondition(
        row.count == width,
        "curve: \(row.count) values in epoch \(epoch) for \(functions.count)×\(points.count) points"
      )
      precondition(
        epoch > (epochs.last ?? -1), "curve: epoch \(epoch) follows epoch \(epochs.last ?? -1)")
      epochs.append(epoch)
      values += row
    }

    mutating func keep(rows: Int) {
      epochs.removeLast(epochs.count - rows)
      values.removeLast(values.count - rows * width)
    }

    /// Whether two curves hold the same values, NaN being the same as NaN.
    ///
    /// - Parameters:
    ///   - left: One curve.
    ///   - right: The other.
    /// - Returns: True if points, epochs and values agree.
    public static func == (left: Curve, right: Curve) -> Bool {
      left.epochs == right.epochs && left.functions == right.functions
        && left.points.isSame(as: right.points)
        && left.values.isSame(as: right.values)
    }
  }
}

extension Trajectory {
  /// The arguments at which searches record functions: −8…8 in steps of 1/16.
  public static var usualCurvePoints: [Float] { (-128...128).map { Float($0) / 16 } }
}
