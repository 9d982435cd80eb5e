import Activations
import Evaluation
import Foundation
import TestSupport
import Testing
import Training
import Trials

@Suite("Evaluations of version 0.1.0")
struct EarlierVersionTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0")

  private func plan(
    given: [String], limits: Limits? = nil, baselines: [String], seeds: [UInt64],
    savesWeights: Bool = false
  ) throws -> EvaluationPlan {
    var recipe = TrainingRecipe(epochs: 2, batchSize: 8)
    recipe.schedule = .cosine
    let contenders = try given.map { text in
      let function = try PlacedFunction(parsing: text)
      return Contender(given: text, limits.map(function.within) ?? function)
    }
    return EvaluationPlan(
      Contender.merged(
        given: contenders, baselines: try baselines.map { try Contender(baseline: $0) }),
      at: [
        TrialPlace(
          model: "densenet-10-2", dataset: "fashion-mnist", data: "a4c97c856f7ed8a2",
          trainCount: 64)
      ], seeds: seeds, recipe: recipe, savesWeights: savesWeights)
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
    #expect(plan.trials.count == 8 && found.results.count == 8)
    #expect(found.damaged.isEmpty && found.foreign.isEmpty)
    #expect(Set(found.results.keys) == Set(plan.trials))
    let mix = try #require(plan.trials.first { "\($0.function)".hasPrefix("mix") && $0.seed == 0 })
    var expected = TrialResult()
    expected.accuracy = 1
    expected.loss = 0.4656779170036316
    expected.trainAccuracy = 0.96875
    expected.elapsedSeconds = 0.049560006000000004
    #expect(found.results[mix] == expected)
    let free = try self.plan(given: given, baselines: ["silu"], seeds: [0, 1])
    #expect(try standing("evaluation", free).results.count == 2, "those of silu")
  }

  @Test("a run's function that was simplified is another one, its baseline is not")
  func evaluationOfRun() throws {
    // What its search found, exactly.
    let run = "add(x + 1.5748120971929778, 1.2405951298614504 * x) within 10 slopes 20"
    let plan = try plan(given: [run], baselines: ["relu"], seeds: [0])
    let found = try standing("finished/evaluation", plan)
    #expect(found.results.keys.map { "\($0.function)" } == ["relu(x)"])
    #expect(found.damaged.isEmpty && found.foreign.isEmpty)
  }

  /// The evaluation's files in a folder of their own, perhaps changed.
  private func copied(_ change: (String) -> String = { $0 }) throws -> (TemporaryFolder, [String]) {
    let place = try TemporaryFolder()
    let source = Self.fixtures.appendingPathComponent("evaluation/jobs")
    let names = try FileManager.default.contentsOfDirectory(atPath: source.path).sorted()
    for name in names {
      let text = try String(contentsOf: source.appendingPathComponent(name), encoding: .utf8)
      try place.write(Array(change(text).utf8), to: "e/jobs/\(name)")
    }
    return (place, names)
  }

  @Test("a training without weights is not done where they are wanted, one with weights is")
  func weights() throws {
    let (place, names) = try copied()
    let plan = try plan(given: ["silu"], baselines: [], seeds: [0, 1], savesWeights: true)
    let folder = EvaluationFolder(path: place.file("e").path)
    #expect(try folder.standing(of: plan).results.isEmpty)
    let name = try #require(names.first { $0.hasPrefix("silu") && $0.contains("seed1") })
    try place.write([0], to: "e/jobs/\(name.dropLast(5)).safetensors")
    #expect(try folder.standing(of: plan).results.keys.map(\.seed) == [1])
  }

  @Test("a file whose contents were changed, or that bears another's name, is damaged")
  func damage() throws {
    let plan = try plan(given: ["relu"], baselines: [], seeds: [0])
    let (place, names) = try copied {
      $0.replacingOccurrences(of: "\"train_images\" : 64", with: "\"train_images\" : 65")
    }
    let found = try EvaluationFolder(path: place.file("e").path).standing(of: plan)
    #expect(found.damaged.count == names.count && found.results.isEmpty)

    let (other, _) = try copied()
    let files = names.map { other.file("e/jobs/\($0)") }
    try Data(contentsOf: files[0]).write(to: files[1])
    let damaged = try EvaluationFolder(path: other.file("e").path).standing(of: plan).damaged
    #expect(damaged.map(\.lastPathComponent) == [names[1]])
    withExtendedLifetime((place, other)) {}
  }
}
