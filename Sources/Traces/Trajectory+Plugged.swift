extension Trajectory {
  /// A function that was plugged into the search's network at its end.
  public struct Plugged: Sendable, Equatable {
    /// Its place in the order of the draws, from 0.
    public internal(set) var number = 0
    /// The function, exactly.
    public var function: String
    /// The mean loss of the examples that try changes, with it; it may be not finite.
    public var loss: Double

    /// Describes a function and what came of it.
    public init(function: String, loss: Double) {
      (self.function, self.loss) = (function, loss)
    }

    static let table = Table(
      group: "plugged", signal: "loss", blank: Plugged(function: "", loss: .nan),
      columns: [
        Column("number", \.number), Column("function", \.function),
        Column("loss", units: "nat", \.loss),
      ])

    /// Whether two rows hold the same values, NaN being the same as NaN.
    public static func == (left: Plugged, right: Plugged) -> Bool { table.same(left, right) }
  }

  /// Those whose loss is finite, the smallest first, the first drawn on ties.
  public var pluggedRanked: [Plugged] {
    plugged.filter(\.loss.isFinite).sorted { ($0.loss, $0.number) < ($1.loss, $1.number) }
  }

  /// Appends a function that was plugged in, which gets its number.
  public mutating func append(_ row: Plugged) {
    plugged.append(row)
    plugged[plugged.count - 1].number = plugged.count - 1
  }
}
