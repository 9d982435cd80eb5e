import Activations
import Evaluation
import Foundation
import Reports
import Runs
import Traces

/// What a search's trace says, computed once: text, JSON, tables, page and plots all read it.
public struct Inspection: Sendable {
  /// Where the trace lies, as it was named.
  public let path: String
  /// How the run stands.
  public let standing: RunStanding
  /// The trace itself.
  public let trace: Trace
  /// What the run left as its result, if it has come to its end.
  public let result: SearchResult?
  /// How functions compare on test images, if that was measured.
  public let evaluation: EvaluationReport?
  /// What could not be read beside the trace: a line each.
  public let remarks: [String]
  /// What happened in a relaxed search; of another kind nothing.
  public let trajectory: Trajectory
  /// What happened in a search by proposals; nil of another kind.
  public let candidates: CandidateInspection?
  /// The activation that the model usually has; nil if nobody knows.
  public let usual: Baseline?
  /// What happened in each slot of a relaxed search.
  public let slots: [SlotInspection]
  /// The functions and their curves; those of cells that were equal all along are one.
  public let functions: [FunctionInspection]

  /// Computes what is shown.
  ///
  /// - Parameters:
  ///   - trace: What happened.
  ///   - path: Where the trace lies.
  ///   - standing: How the run stands.
  ///   - result: The run's result, if there is one.
  ///   - evaluation: The scores on test images, if there are any.
  ///   - remarks: What could not be read beside the trace.
  public init(
    _ trace: Trace, path: String, standing: RunStanding, result: SearchResult? = nil,
    evaluation: EvaluationReport? = nil, remarks: [String] = []
  ) {
    self.trace = trace
    self.path = path
    self.standing = standing
    self.result = result
    self.evaluation = evaluation
    self.remarks = remarks
    let trajectory = trace.trajectory ?? Trajectory(slots: [])
    let candidates = trace.candidates.map(CandidateInspection.init)
    self.trajectory = trajectory
    self.candidates = candidates
    usual = Baselines.baseline(named: result?.usualActivation ?? trace.header.usualActivation)
    slots = trajectory.histories.map { SlotInspection($0, of: trajectory) }
    let searched =
      candidates.map { FunctionInspection.all(of: $0.leaders) }
      ?? FunctionInspection.all(of: trajectory)
    let winner = result?.evidence == nil ? nil : result?.winner
    functions = (winner.map(FunctionInspection.winner) ?? []) + searched
  }

  /// The settings of `config.yaml`, in their order.
  public var settings: [(name: String, value: String)] {
    trace.configuration.split(separator: "\n").compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (String(line[..<colon]), value)
    }
  }

  /// A setting's value, if the configuration has it.
  public func setting(_ name: String) -> String? {
    settings.first { $0.name == name }?.value
  }

  /// The function found, or the strongest or best so far, exactly where result or trace say it so;
  /// nil before the end of the first epoch, and before there is a candidate.
  public var function: PlacedFunction? {
    result?.formula ?? trajectory.genotypes.last?.placedFunction
      ?? candidates?.best?.placedFunction
  }

  /// The function found, or the strongest or best so far; of several `stage0: …; stage1: …`.
  public var expression: String? {
    result?.expression ?? trajectory.genotypes.last?.expression ?? candidates?.best?.formula
  }

  /// The operation of every slot, such as `u0=gelu u1=relu`; nil where there is no function.
  public var genotype: String? {
    if let genotype = result?.genotype ?? candidates?.best?.genotype { return genotype }
    return trajectory.genotypes.last.map { last in
      zip(slots, last.operations).map { "\($0.name)=\($1)" }.joined(separator: " ")
    }
  }

  /// How many epochs the search was to have.
  public var plannedEpochs: Int? {
    setting("epochs").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// How many candidates the search was to have.
  public var budget: Int? { setting("budget").flatMap { Int($0) } }

  /// The kind of search, for sentences.
  var kind: String { candidates == nil ? "a relaxed search" : "a search by proposals" }

  /// What there is a function after: an epoch of a relaxed search, or a candidate.
  var unit: String { candidates == nil ? "epoch" : "candidate" }

  /// Seconds of searching up to the last row; of proposals the sum over the trainings.
  public var elapsedSeconds: Double {
    if let candidates { return candidates.rows.reduce(0) { $0 + $1.elapsedSeconds } }
    let last = [
      trajectory.steps.last?.elapsedSeconds, trajectory.epochs.last?.elapsedSeconds,
    ]
    return last.compactMap { $0 }.filter(\.isFinite).max() ?? 0
  }

  /// Seconds until the end at the rate so far; nil if that is not known.
  public var secondsLeft: Double? {
    let steps = trajectory.steps
    if standing == .running, let candidates, let budget, !candidates.rows.isEmpty {
      let done = candidates.rows.count
      return elapsedSeconds / Double(done) * max(0, Double(budget) - Double(done))
    }
    guard standing == .running, let planned = plannedEpochs, let last = steps.last else {
      return nil
    }
    let first = steps.prefix { $0.epoch == 0 }.count
    guard first < steps.count else { return nil }
    // In floating point: what a file says may be no number of steps that anybody can take.
    let (done, all) = (Double(last.step) + 1, Double(planned) * Double(first))
    let left = last.elapsedSeconds / done * max(0, all - done)
    return left.isFinite ? left : nil
  }

  /// The first step of each phase but the first, and of the first if it is a warm start.
  public var phaseChanges: [(step: Int, phase: Trajectory.Phase)] {
    let steps = trajectory.steps
    return steps.indices.dropFirst().filter { steps[$0].phase != steps[$0 - 1].phase }
      .map { (steps[$0].step, steps[$0].phase) }
  }
}
