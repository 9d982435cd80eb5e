import Activations
import Foundation
import Runs
import Search
import Testing
import Traces
import Trials

@Suite("Runs of random search")
struct ProposalRunTests {
  private let small: SmallRun

  init() throws { small = try SmallRun() }

  private func candidates(_ name: String) throws -> [CandidateHistory.Row] {
    try #require(try TraceFile.read(small.folder(name).trace).candidates).rows
  }

  /// Apart from times.
  private func found(_ name: String) throws -> [[String]] {
    try candidates(name).map {
      ["\($0.number)", $0.function, $0.genotype, $0.digest, "\(String(describing: $0.value))"]
    }
  }

  @Test("finds the best of its candidates, each of which is a trial in the run's folder")
  func best() throws {
    let result = try small.search(SmallRun.random(), as: "run")
    let rows = try candidates("run")
    #expect(rows.map(\.number) == Array(0..<5) && result.candidates == 5)
    let values = rows.compactMap(\.value)
    #expect(result.status == "finished" && result.validationAccuracy == values.max())
    let best = try #require(rows.first { $0.value == values.max() })
    #expect(result.formula?.text == best.function && result.genotype == best.genotype)
    #expect(result.limits == Limits(outputs: .output(10)))
    let digests = try TrialStore(small.folder("run").trials).entries().compactMap {
      if case .finished(_, let trial, _) = $0 { trial.digest } else { nil }
    }
    #expect(Set(digests) == Set(rows.map(\.digest)))
    let header = try TraceFile.read(small.folder("run").trace).header
    #expect(header.status == .finished && header.usualActivation == "relu")
    // What evaluate and export would take.
    #expect(try RequestedFunction(small.folder("run").url.path).function == result.formula)
  }

  @Test("the same again gives the same; another width has other rounds")
  func rounds() throws {
    _ = try small.search(SmallRun.random(), as: "first")
    _ = try small.search(SmallRun.random(), as: "second")
    _ = try small.search(SmallRun.random(width: 3), as: "wider")
    let (first, wider) = try (found("first"), found("wider"))
    #expect(try found("second") == first)
    // The first round has the same random numbers; the second begins one candidate later.
    #expect(wider[..<2] == first[..<2] && wider[3][1...] == first[2][1...])
    #expect(wider != first)
  }

  @Test("each cell of a scope has a function of its own")
  func scope() throws {
    var configuration = try SmallRun.random(budget: 2)
    configuration.search.task.scope = .stage
    let result = try small.search(configuration, as: "stages")
    #expect(
      result.genotype == nil && result.functions?.map(\.cell) == ["stage0", "stage1", "stage2"])
    #expect(try candidates("stages").allSatisfy { $0.genotypes.count == 3 })
  }

  @Test("the comparison is one more trial; candidates that were trained are not trained again")
  func comparison() throws {
    let configuration = try SmallRun.random(budget: 2)
    let alone = try small.search(configuration, as: "run")
    let store = TrialStore(small.folder("run").trials)
    let before = try dates(in: store.url)
    let compared = try small.run(configuration, in: small.folder("run")).compare(alone)
    #expect(compared.usualActivation == "relu" && compared.usualValidationAccuracy != nil)
    #expect(try store.entries().count == 3)
    // From the beginning: the same trials, which are all there.
    try small.folder("run").prepare(replacing: true)
    let again = try small.run(configuration, in: small.folder("run")).search()
    #expect(again == compared)
    let after = try dates(in: store.url)
    #expect(before.allSatisfy { after[$0.key] == $0.value })
  }

  private func dates(in folder: URL) throws -> [String: Date] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let file = folder.appendingPathComponent(name).path
        let facts = try FileManager.default.attributesOfItem(atPath: file)
        return (name, try #require(facts[.modificationDate] as? Date))
      })
  }

  @Test("where every training diverges, the search has diverged")
  func diverged() throws {
    var configuration = try SmallRun.random(budget: 2)
    configuration.search.task.recipe.learningRate = 1e39
    configuration.search.task.recipe.gradientClip = nil
    let result = try small.search(configuration, as: "run", compares: true)
    #expect(result.status == "diverged" && result.expression == nil)
    #expect(result.usualActivation == nil && result.candidates == 2)
    #expect(try TraceFile.read(small.folder("run").trace).header.status == .diverged)
  }

  @Test("a plan is budget times training")
  func plan() throws {
    let few = try SmallRun.random(budget: 2)
    let plan = try SearchPlan(
      small.run(few, in: small.folder("x")).problem, device: .init(threads: 1))
    #expect(plan.trainings == 2 && plan.relaxed == nil && plan.steps == 6)
    #expect(plan.members == 23 * 23 * 9)
    #expect(plan.estimatedSeconds > 0 && plan.configuration["budget"] == "2")
    #expect(plan.configuration["shrinking"] == nil)
    #expect(plan.description.contains("2 candidates of 1 function, 6 steps each\n"))
  }
}
