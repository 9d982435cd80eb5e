import Activations
import Files
import Foundation
import Networks
import Search
import Synchronization
import Tensors
import TestSupport
import Testing
import Traces
import Trials

/// Results made of the trial's digest, without any training; trials are ended in reverse order.
private struct DigestRunner: TrialRunner {
  /// The digests, in the order in which trials were done.
  let done = Diary()

  final class Diary: Sendable {
    let digests = Mutex<[String]>([])
  }

  static func value(of digest: String) -> Double? {
    let number = digest.utf8.reduce(0) { ($0 * 31 + Int($1)) % 997 }
    return number % 5 == 0 ? nil : Double(number) / 997
  }

  func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    for trial in trials.reversed() {
      var result = TrialResult()
      result.accuracy = Self.value(of: trial.digest)
      result.diverged = result.accuracy == nil
      try store.prepare()
      try store.write(result, of: trial)
      done.digests.withLock { $0.append(trial.digest) }
      try report(trial, .done(result))
    }
  }
}

/// Proposes each of three functions once, and notes what it is told.
private struct ThreeProposals: Proposer {
  private var next = 0
  private var observed: [String] = []
  private let problem: ProposalProblem
  /// What was observed, outside of the value.
  let diary: DigestRunner.Diary

  init(_ problem: ProposalProblem, diary: DigestRunner.Diary) {
    self.problem = problem
    self.diary = diary
  }

  mutating func propose(_ count: Int, _ stream: inout RandomStream) -> [Candidate] {
    let names = ["relu", "tanh", "sin"].dropFirst(next).prefix(count)
    next += names.count
    return names.compactMap { name in
      (try? Genotype(parsing: "u0=\(name)")).map { Candidate([$0]) }
    }
  }

  mutating func observe(_ candidate: Candidate, _ outcome: TrialResult) {
    observed.append(candidate.genotypes[0].description)
    diary.digests.withLock { $0 = observed }
  }

  mutating func code(_ coder: inout StateCoder) {
    coder.code("next", &next)
    coder.code("observed", &observed)
  }
}

@Suite("Searches by proposals")
struct ProposalSearchTests {
  private let folder: TemporaryFolder
  private var store: TrialStore { TrialStore(folder.file("trials")) }
  private let place = TrialPlace(model: "m", dataset: "d", data: "0123", trainCount: 8)

  init() throws { folder = try TemporaryFolder() }

  private func search(
    budget: Int = 7, width: Int = 3, by proposer: ProposerEntry = RandomProposals.entry,
    seed: UInt64 = 1, metric: Metric = .accuracy
  ) throws -> ProposalSearch {
    var task = SearchTask()
    task.seed = seed
    if proposer.name == "three" { task.cell = "u0(x)" }
    var configuration = ProposalConfiguration(proposer)
    (configuration.budget, configuration.width) = (budget, width)
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 4)
    return try ProposalSearch(
      task, configuration, by: proposer, sites: sites.all, at: place, scored: 8..<12,
      metric: metric)
  }

  @Test("observes in the order of proposals, whichever ended first, until the budget is spent")
  func order() throws {
    let runner = DigestRunner()
    var search = try search()
    var rounds: [Int] = []
    try search.run(by: runner, in: store) { rounds.append($0.history.count) }
    #expect(rounds == [3, 6, 7] && search.isFinished)
    let rows = search.history.rows
    #expect(rows.map(\.number) == Array(0..<7))
    let done = runner.done.digests.withLock { $0 }
    #expect(
      done == [rows[0...2], rows[3...5], rows[6...6]].flatMap { $0.reversed().map(\.digest) })
    #expect(rows.allSatisfy { $0.value == DigestRunner.value(of: $0.digest) })
    #expect(search.best?.value == rows.compactMap(\.value).max())
    try search.run(by: runner, in: store) { _ in Issue.record("a round after the end") }
  }

  @Test("from any round on, the end is that of a search nobody stopped; nothing is done twice")
  func resumption() throws {
    var whole = try search()
    var stops = [try whole.checkpoint().bytes]
    try whole.run(by: DigestRunner(), in: store) { stops.append(try $0.checkpoint().bytes) }
    for stop in stops {
      let runner = DigestRunner()
      var again = try search()
      try again.restore(Checkpoint(bytes: stop))
      #expect(try again.checkpoint().bytes == stop)
      try again.run(by: runner, in: store) { _ in }
      #expect(again.history == whole.history)
      #expect(runner.done.digests.withLock { $0 } == [], "all results are in the store")
    }
    var other = try search()
    #expect(throws: CheckpointMismatch.self) {
      var checkpoint = try Checkpoint(bytes: stops[1])
      checkpoint.entries["round"] = nil
      try other.restore(checkpoint)
    }
    #expect(other.history.count == 0)
  }

  @Test("another seed proposes others, the same seed the same")
  func seeds() throws {
    func functions(_ seed: UInt64) throws -> [String] {
      var search = try search(seed: seed)
      try search.run(by: DigestRunner(), in: store) { _ in }
      return search.history.rows.map(\.function)
    }
    #expect(try functions(1) == functions(1))
    #expect(try functions(1) != functions(2))
    #expect(try Set(functions(1)).count == 7)
  }

  @Test("a proposer that has nothing left ends the search, and is told of all")
  func exhaustion() throws {
    let diary = DigestRunner.Diary()
    let entry = ProposerEntry(name: "three") { ThreeProposals($0, diary: diary) }
    var search = try search(width: 2, by: entry)
    var stops: [Data] = []
    try search.run(by: DigestRunner(), in: store) { stops.append(try $0.checkpoint().bytes) }
    #expect(search.isFinished && search.history.count == 3)
    #expect(diary.digests.withLock { $0 } == ["u0=relu", "u0=tanh", "u0=sin"])
    var again = try self.search(width: 2, by: entry)
    try again.restore(Checkpoint(bytes: stops[0]))
    try again.run(by: DigestRunner(), in: store) { _ in }
    #expect(again.history == search.history)
    #expect(diary.digests.withLock { $0 } == ["u0=relu", "u0=tanh", "u0=sin"])
  }

  @Test("a loss is better where it is less")
  func loss() throws {
    var history = try search(metric: .loss)
    #expect(history.best == nil && history.history.metric == "loss")
    try history.run(by: LossRunner(), in: store) { _ in }
    let losses = history.history.rows.compactMap(\.value)
    #expect(losses.count == 7 && history.best?.value == losses.min())
  }

  /// Losses instead of accuracies.
  private struct LossRunner: TrialRunner {
    func run(
      _ trials: [Trial], in store: TrialStore,
      report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
    ) throws {
      try store.prepare()
      for (number, trial) in trials.enumerated() {
        var result = TrialResult(metric: .loss)
        result.loss = Double((number * 7 + 3) % 5)
        try store.write(result, of: trial)
        try report(trial, .done(result))
      }
    }
  }

  @Test("a training that failed is an error that says which and how to go on")
  func failure() throws {
    struct FailingRunner: TrialRunner {
      func run(
        _ trials: [Trial], in store: TrialStore,
        report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
      ) throws {
        for trial in trials { try report(trial, .failed("no memory")) }
      }
    }
    var search = try search()
    let error = #expect(throws: RunError.self) {
      try search.run(by: FailingRunner(), in: store) { _ in }
    }
    #expect(error?.description.hasSuffix("(no memory); go on with --resume") == true)
    #expect(search.history.count == 0)
  }

  @Test("a cell that makes no space is an error, of both kinds of search")
  func impossibleSpace() throws {
    var task = SearchTask()
    task.cell = "u0(y)"
    #expect(throws: (any Error).self) {
      _ = try ProposalSearch(
        task, .init(RandomProposals.entry), by: RandomProposals.entry, sites: [], at: place,
        scored: 8..<12, metric: .accuracy)
    }
    var configuration = TinySearch.configuration()
    configuration.cell = "u0(y)"
    #expect(throws: (any Error).self) { _ = try TinySearch.search(configuration) }
  }
}
