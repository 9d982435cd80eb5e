import Activations
import Foundation
import Networks
import Reports
import Search
import Statistics
import Traces

/// What a race has shown, as `result.json` holds it.
public struct RaceEvidence: Codable, Sendable, Hashable {
  /// A function that started.
  public struct Arm: Codable, Sendable, Hashable {
    /// Its number, from 0.
    public let number: Int
    /// The function, exactly.
    public let function: String
    /// For a reader.
    public let expression: String
    /// Where it comes from.
    public let origin: String
    /// Its place at the end, from 1; nil if its first training diverged.
    public let place: Int?
    /// The last rung that it has reached, from 1.
    public let rung: Int
    /// Its validation loss there, in nats; nil if that training diverged.
    public let loss: Double?
  }

  /// Trainings of one length.
  public struct Rung: Codable, Sendable, Hashable {
    /// How many functions were trained.
    public let arms: Int
    /// The first so many training examples trained, so often.
    public let images: Int, epochs: Int
  }

  /// The functions, in the order of their numbers.
  public let arms: [Arm]
  /// The rungs.
  public let rungs: [Rung]
  /// The seeds of the verdict, the length of its trainings, and the examples that judged.
  public let verdictSeeds: Int, verdictImages: Int
  /// The winner, and the comparisons; nil if everything diverged.
  public let verdict: RaceVerdict?
  /// The number of what the search alone chose; nil if no network could be trained with it.
  public let searchArm: Int?
  /// Trainings that diverged.
  public let diverged: Int
  /// The length of all trainings together, in seconds.
  public let elapsedSeconds: Double
  /// How the trainings of the verdict went, function by function; nil in results of earlier
  /// versions.
  public internal(set) var courses: [RaceCourse]?
  /// What the functions of the verdict, and ReLU, cost for each element, by the clock; nil in
  /// results of earlier versions.
  public internal(set) var costs: [FunctionCost]?

  /// Sums up a race that has ended.
  init(_ history: RaceHistory, _ plan: RacePlan, usual: Int?, searchArm: Int?) {
    self.searchArm = searchArm
    let standing = history.standing
    arms = history.arms.map { arm in
      let last = history.trainings.last { $0.arm == arm.number && $0.part == .validation }
      return Arm(
        number: arm.number, function: arm.function, expression: history.formula(of: arm.number),
        origin: arm.origin.rawValue, place: standing.firstIndex(of: arm.number).map { $0 + 1 },
        rung: (last?.rung ?? 0) + 1, loss: last?.loss)
    }
    rungs = plan.rungs.map { Rung(arms: $0.arms, images: $0.images, epochs: $0.epochs) }
    (verdictSeeds, verdictImages) = (plan.seeds, plan.verdict.length)
    verdict = RaceVerdict(history, usual: usual)
    diverged = history.trainings.count { $0.loss == nil }
    elapsedSeconds = history.trainings.reduce(0) { $0 + $1.elapsedSeconds }
  }

  /// Whether all numbers are those of functions that started.
  var isConsistent: Bool {
    let numbers =
      (verdict.map { [$0.winner] + $0.comparisons.map(\.arm) } ?? [])
      + (searchArm.map { [$0] } ?? []) + (courses ?? []).map(\.arm)
    return numbers.allSatisfy(arms.indices.contains)
      && (courses ?? []).allSatisfy(\.isConsistent)
  }

  /// The winner; nil if everything diverged.
  public var winner: Arm? { verdict.map { arms[$0.winner] } }

  /// What the race has shown, a line for the winner and one for each comparison.
  public var lines: [String] {
    guard let verdict, let winner else { return ["In its race every training diverged."] }
    return ["Winner of a race of \(arms.count) functions (\(Self.source(of: winner)))."]
      + verdict.comparisons.map { "Beside \(title(of: $0.arm)): \(text(of: $0))." }
  }

  /// The length of its trainings, and its share of the time of both, such as `race 3:51 (64 %)`.
  ///
  /// - Parameter seconds: The length of the search.
  /// - Returns: Both in one text.
  public func timeText(beside seconds: Double) -> String {
    let part = 100 * elapsedSeconds / max(elapsedSeconds + seconds, 1e-9)
    return "race \(ProgressReport.clock(seconds: elapsedSeconds))"
      + String(format: " (%.0f %%)", part)
  }

  /// The verdicts in a few words.
  var shortText: String {
    guard let verdict else { return "every training diverged" }
    return verdict.comparisons.map { "beside \(title(of: $0.arm)): \($0.verdict.rawValue)" }
      .joined(separator: ", ")
  }

  /// Where a function comes from, for a reader.
  static func source(of arm: Arm) -> String {
    arm.origin == RaceHistory.Origin.usual.rawValue ? "a usual function" : arm.origin
  }

  /// What people call a function.
  public func title(of arm: Int) -> String { title(of: arms[arm].function) }

  /// What people call a function of the race, or another one, that is given exactly.
  public func title(of text: String) -> String {
    let function = try? PlacedFunction(parsing: text)
    let baseline = Baselines.all.first { function == PlacedFunction($0.expression) }
    return baseline?.title ?? arms.first { $0.function == text }?.expression ?? text
  }

  /// What the functions of the verdict cost, a title and words for each.
  public var costTexts: [(title: String, text: String)] {
    (costs ?? []).map { (title(of: $0.function), $0.text) }
  }

  /// How soon each function of the verdict was as good as the model's usual activation at its end,
  /// a title and words for each; none where that is not known.
  public var courseTexts: [(title: String, text: String)] {
    (courses ?? []).compactMap { course in
      course.epochsToLevel.map { (title(of: course.arm), $0.phrase) }
    }
  }

  /// What the model's usual activation came to at its end, in nats; nil where that is not known.
  public var level: Double? { (courses ?? []).compactMap(\.epochsToLevel?.level).first }

  /// What a comparison says, in one line, such as `loss −0.0210 nats (−0.0305 to −0.0115), p 0.004
  /// of 5 seeds: better`.
  public func text(of comparison: RaceVerdict.Comparison) -> String {
    guard let difference = comparison.difference else {
      return "no pair of trainings that both ended: not distinguishable"
    }
    func number(_ value: Double) -> String { RaceEvidence.signed(value, digits: 4) }
    var text = "loss \(number(difference)) nats"
    if let low = comparison.low, let high = comparison.high {
      text += " (\(number(low)) to \(number(high)))"
    }
    if let accuracy = comparison.accuracyDifference {
      text += ", accuracy \(RaceEvidence.signed(100 * accuracy, digits: 2)) points"
    }
    if let p = comparison.adjustedP { text += String(format: ", corrected p %.2g", p) }
    text += " of \(comparison.pairs) seeds: by the loss \(comparison.verdict.rawValue)"
    let (own, others) = (comparison.winnerDiverged, comparison.otherDiverged)
    if own + others > 0 { text += " (diverged with \(own) seeds, the other with \(others))" }
    if let seeds = comparison.seedsThatWouldTell {
      text += "; about \(seeds) seeds would tell, of \(verdictImages) images"
    }
    return text
  }

  private static func signed(_ value: Double, digits: Int) -> String {
    let text = String(format: "%.\(digits)f", abs(value))
    return (value < 0 ? "−" : "+") + text
  }
}

extension SearchResult {
  /// Whether its race, or the training with the usual activation, is done.
  public var hasEnd: Bool { evidence != nil || usualActivation != nil }

  /// Takes over what a race has shown: its winner is the answer.
  ///
  /// - Parameter evidence: What it has shown.
  mutating func take(_ evidence: RaceEvidence) {
    self.evidence = evidence
    searchFunction = formula
    guard let arm = evidence.winner, let function = try? PlacedFunction(parsing: arm.function)
    else { return }
    winner = function
    (expression, formula, limits) = (function.formula, function, function.limits)
  }
}
