import Activations
import Training
import Foundation
import Networks
import Runs
import TestSupport
import Testing

@Suite("Runs and evaluations of version 0.1.0")
struct EarlierVersionTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0")

  @Test(
    "a run's function is exactly what its search found, within its limits",
    arguments: [
      (
        "finished",
        "add(x + 1.5748120971929778, 1.2405951298614504 * x) within 10 slopes 20"
      ),
      (
        "finished-stages",
        "stage0: relu(x) * exp(x); stage1: elu(x) + (x + 0.9935680166781601); "
          + "stage2: softplus(x) + (x + 1.3911761797861564) within inputs 10 slopes 20"
      ),
    ])
  func functions(run: String, text: String) throws {
    let found = try RequestedFunction(Self.fixtures.appendingPathComponent(run).path)
    #expect(try found.function == PlacedFunction(parsing: text))
  }

  private func plan(
    given: [String], limits: Limits?, baselines: [String], seeds: [UInt64]
  ) throws -> EvaluationPlan {
    var recipe = TrainingRecipe(epochs: 2, batchSize: 8)
    recipe.schedule = .cosine
    return EvaluationPlan(
      functions: Contender.merged(
        given: try given.map { Contender(given: try RequestedFunction($0), limits: limits) },
        baselines: try baselines.map { try Contender(baseline: $0) }),
      tables: [
        .init(
          network: "densenet-10-2", dataset: "fashion-mnist", images: "a4c97c856f7ed8a2",
          trainImages: 64)
      ], seeds: seeds, recipe: recipe, testsEveryEpoch: false)
  }

  private func standing(
    _ folder: String, _ plan: EvaluationPlan
  ) throws -> EvaluationFolder.Standing {
    try EvaluationFolder(path: Self.fixtures.appendingPathComponent(folder).path)
      .standing(of: plan)
  }

  @Test("an evaluation is done where the same functions are asked for")
  func evaluation() throws {
    let given = ["relu", "prelu", "mix(gelu(x), silu(x), -0.539206)"]
    let limits = Limits(outputs: .output(10))
    let plan = try plan(given: given, limits: limits, baselines: ["silu"], seeds: [0, 1])
    let found = try standing("evaluation", plan)
    #expect(plan.jobs.count == 8 && found.results.count == 8)
    #expect(found.damaged.isEmpty && found.foreign.isEmpty)
    #expect(
      Set(found.results.values.map(\.function))
        == ["relu within 10", "prelu within 10", "\(given[2]) within 10", "silu"])
    let free = try self.plan(given: given, limits: nil, baselines: ["silu"], seeds: [0, 1])
    #expect(try standing("evaluation", free).results.count == 2, "those of silu")
  }

  @Test("a run's function that was simplified is another one, its baseline is not")
  func evaluationOfRun() throws {
    let run = Self.fixtures.appendingPathComponent("finished").path
    let plan = try plan(given: [run], limits: nil, baselines: ["relu"], seeds: [0])
    let found = try standing("finished/evaluation", plan)
    #expect(found.results.map(\.value.function) == ["relu"])
    #expect(found.damaged.isEmpty && found.foreign.isEmpty)
  }

  @Test("a file whose contents were changed is damaged")
  func damage() throws {
    let place = try TemporaryFolder()
    let source = Self.fixtures.appendingPathComponent("evaluation/jobs")
    let names = try FileManager.default.contentsOfDirectory(atPath: source.path).sorted()
    for name in names {
      let text = try String(contentsOf: source.appendingPathComponent(name), encoding: .utf8)
      let changed = text.replacingOccurrences(
        of: "\"train_images\" : 64", with: "\"train_images\" : 65")
      #expect(changed != text)
      try place.write(Array(changed.utf8), to: "e/jobs/\(name)")
    }
    let plan = try plan(given: ["relu"], limits: nil, baselines: [], seeds: [0])
    let found = try EvaluationFolder(path: place.file("e").path).standing(of: plan)
    #expect(found.damaged.count == names.count && found.results.isEmpty)
  }
}
