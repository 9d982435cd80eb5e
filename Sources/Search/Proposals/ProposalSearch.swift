import Activations
import Files
import Foundation
import Networks
import Tensors
import Traces
import Trials

/// The driver of a search by proposals: it asks for as many candidates as its width, has them
/// trained, and tells of them in the order of their proposal, until the budget is spent.
///
/// It knows nothing of files: what happened is a `CandidateHistory`, handed to the caller as it
/// grows; results are the runner's and the store's matter, so a training that has been done is not
/// done again.
public struct ProposalSearch {
  /// What decides the result besides the trials' place.
  public let task: SearchTask
  /// What only this kind of search has.
  public let configuration: ProposalConfiguration
  /// The candidates observed so far.
  public private(set) var history: CandidateHistory

  private let problem: ProposalProblem
  private let place: TrialPlace
  private let scored: Range<Int>
  private let metric: Metric
  private var proposer: any Proposer
  /// Rounds of proposals so far.
  private var round = 0
  /// Whether the proposer has said that nothing is left.
  private var isExhausted = false

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - task: The space, the recipe of every training, the seed.
  ///   - configuration: Budget and width.
  ///   - proposer: What proposes.
  ///   - sites: The model's activation sites, of which the scope makes cells.
  ///   - place: Model and examples of every trial.
  ///   - scored: The training examples that judge functions; none of them trains.
  ///   - metric: By what the model's trainings are compared.
  /// - Throws: `ImpossibleValue` if there is no such space.
  public init(
    _ task: SearchTask, _ configuration: ProposalConfiguration, by proposer: ProposerEntry,
    sites: [ActivationSite], at place: TrialPlace, scored: Range<Int>, metric: Metric
  ) throws {
    self.task = task
    self.configuration = configuration
    self.place = place
    self.scored = scored
    self.metric = metric
    history = CandidateHistory(metric: metric.rawValue)
    problem = ProposalProblem(
      space: try task.space(), cells: task.scope.cells(of: sites).names,
      budget: configuration.budget)
    self.proposer = proposer.make(configuration, problem)
  }

  /// Whether the budget is spent, or nothing is left to propose.
  public var isFinished: Bool { isExhausted || history.count >= configuration.budget }

  /// The best candidate observed, the first on ties; nil if every training diverged.
  public var best: CandidateHistory.Row? {
    history.rows.filter { $0.value != nil }.max { first, second in
      guard let left = first.value, let right = second.value else { return false }
      return metric.isHigherBetter
        ? (left, second.number) < (right, first.number)
        : (right, second.number) < (left, first.number)
    }
  }

  /// Searches from where it stands to the end.
  ///
  /// - Parameters:
  ///   - runner: What trains.
  ///   - store: Where results go; those that it has are used.
  ///   - damage: Called with files of the store that hold no result that can be used, before their
  ///     trainings are repeated.
  ///   - report: Is given the search after every round; what it throws ends the search, which
  ///     another call continues.
  /// - Throws: What runner and `report` throw; `RunError` if a training failed.
  public mutating func run(
    by runner: some TrialRunner, in store: TrialStore, damage: (URL) -> Void = { _ in },
    report: (ProposalSearch) throws -> Void
  ) throws {
    while !isFinished {
      // The proposer changes only when the round is over: an interrupted one is repeated.
      var next = proposer
      var stream = RandomStream(seed: task.seed, purpose: "proposals", index: UInt64(round))
      let count = min(configuration.width, configuration.budget - history.count)
      let candidates = next.propose(count, &stream)
      precondition(candidates.count <= count, "propose: \(candidates.count) of \(count)")
      if candidates.isEmpty {
        isExhausted = true
        break
      }
      let trials = try candidates.map { try trial(of: $0) }
      let results = try runner.results(of: trials, in: store, damage: damage)
      for (candidate, (trial, result)) in zip(candidates, zip(trials, results)) {
        next.observe(candidate, result)
        history.append(
          CandidateHistory.Row(
            number: history.count, function: trial.function.text,
            genotypes: candidate.genotypes.map(\.description), digest: trial.digest,
            value: result.value, loss: result.loss, elapsedSeconds: result.elapsedSeconds))
      }
      proposer = next
      round += 1
      try report(self)
    }
  }

  /// The training that judges a candidate.
  private func trial(of candidate: Candidate) throws -> Trial {
    Trial(
      try candidate.function(in: problem.space, cells: problem.cells, bounding: task.bounding),
      at: place, scored: .train(scored), recipe: task.recipe, seed: task.seed)
  }

  // MARK: - Checkpoints

  /// Where the search stands: all that its continuation needs beside the store.
  ///
  /// - Throws: Nothing that a search of this program can cause.
  public func checkpoint() throws(CheckpointMismatch) -> Checkpoint {
    try StateCoder.checkpoint(of: self) { $0.code(&$1) }
  }

  /// Takes up a search where a checkpoint of it stands: it goes on as that one would.
  ///
  /// - Parameter checkpoint: Of a search with equal task, configuration, place and proposer.
  /// - Throws: `CheckpointMismatch` if it is of another search; this one is unchanged then.
  public mutating func restore(_ checkpoint: Checkpoint) throws(CheckpointMismatch) {
    try StateCoder.restore(&self, from: checkpoint) { $0.code(&$1) }
  }

  private mutating func code(_ coder: inout StateCoder) {
    coder.code("round", &round)
    var exhausted = isExhausted ? 1 : 0
    coder.code("exhausted", &exhausted)
    isExhausted = exhausted != 0
    coder.group("history") { history.code(&$0) }
    // Every round has at least one candidate.
    if !(0...history.count).contains(round) || history.count > configuration.budget {
      coder.fail("its \(round) rounds have \(history.count) of \(configuration.budget) candidates")
    }
    coder.group("proposer") { proposer.code(&$0) }
  }
}
