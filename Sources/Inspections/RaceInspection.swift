import Activations
import Foundation
import Runs
import Traces

/// A race, function by function.
public struct RaceInspection: Sendable {
  /// A function that started.
  public struct Row: Sendable {
    /// Its number, from 0.
    public let number: Int
    /// Its place, from 1; nil if its first training diverged.
    public let place: Int?
    /// The function for a reader.
    public let formula: String
    /// Where it comes from.
    public let origin: RaceHistory.Origin
    /// Its validation loss after each rung that it has reached, in nats; nil where that training
    /// diverged.
    public let losses: [Double?]
  }

  /// The functions, the best first, those that diverged last.
  public let rows: [Row]
  /// The length of a training in each rung, in images that pass.
  public let lengths: [Int]
  /// How many functions each rung had.
  public let counts: [Int]

  /// Looks at a race.
  init(_ race: RaceHistory) {
    let standing = race.standing
    let rungs = (0..<race.rungCount).map { rung in
      race.trainings.filter { $0.rung == rung && $0.part == .validation }
    }
    lengths = rungs.map { ($0.first?.images ?? 0) * ($0.first?.epochs ?? 0) }
    counts = rungs.map(\.count)
    let diverged = race.arms.map(\.number).filter { !standing.contains($0) }
    rows = (standing + diverged).map { number in
      Row(
        number: number, place: standing.firstIndex(of: number).map { $0 + 1 },
        formula: race.formula(of: number), origin: race.arms[number].origin,
        losses: rungs.compactMap { rung in rung.first { $0.arm == number }.map(\.loss) })
    }
  }

  /// The losses of a row for a reader, a cell for each rung.
  func cells(_ row: Row) -> [String] {
    lengths.indices.map { rung in
      guard rung < row.losses.count else { return "" }
      return row.losses[rung].map { RaceInspection.number($0) } ?? "diverged"
    }
  }

  static func number(_ loss: Double) -> String {
    Notation.number((loss * 10_000).rounded() / 10_000).text
  }

  static func nanoseconds(_ time: Double) -> String { String(format: "%.2f", time) }
}

extension Inspection {
  /// The race with which the search ended; nil without one.
  public var race: RaceInspection? { trace.race.map(RaceInspection.init) }

  /// A function of a race's verdict, for tables.
  struct VerdictRow {
    /// Its number; nil of ReLU, where that did not start.
    let arm: Int?
    /// What people call it.
    let title: String
    /// How its trainings went; nil where nobody knows.
    let course: RaceCourse?
    /// How soon it was as good as the usual activation at its end, such as `3 of 10`.
    let reach: String?
    /// Nanoseconds of an element, forward and with its gradient; nil where nobody knows.
    let cost: (Double, Double)?
  }

  /// The functions of the race's verdict, then ReLU, if only its cost is known.
  var verdictRows: [VerdictRow] {
    guard let evidence = result?.evidence else { return [] }
    var costs = evidence.costs ?? []
    var rows = (evidence.courses ?? []).map { course in
      let place = costs.firstIndex { $0.function == evidence.arms[course.arm].function }
      let cost = place.map { costs.remove(at: $0) }
      return VerdictRow(
        arm: course.arm, title: evidence.title(of: course.arm), course: course,
        reach: course.epochsToLevel?.text,
        cost: cost.map { ($0.forwardNanoseconds, $0.trainingNanoseconds) })
    }
    rows += costs.map { cost in
      VerdictRow(
        arm: nil, title: evidence.title(of: cost.function), course: nil, reach: nil,
        cost: (cost.forwardNanoseconds, cost.trainingNanoseconds))
    }
    return rows
  }
}
