import Activations
import Evaluation
import Foundation
import TestSupport
import Testing
import Training
import Trials

@Suite("Epochs to a baseline's level")
struct EpochsToLevelTests {
  private func report(
    _ values: [String: [[Double?]]], everyEpoch: Bool = true
  ) throws -> EvaluationReport {
    let place = TrialPlace(model: "resnet20", dataset: "mnist", data: "0", trainCount: 10)
    let plan = EvaluationPlan(
      Contender.merged(
        given: [Contender(given: "tanh", try PlacedFunction(parsing: "tanh"))],
        baselines: try ["relu", "elu"].map { try Contender(baseline: $0) }),
      at: [place], seeds: [0, 1], recipe: TrainingRecipe(epochs: 3, batchSize: 2),
      scoresEveryEpoch: everyEpoch)
    var results: [Trial: TrialResult] = [:]
    for trial in plan.trials {
      var result = TrialResult()
      let curve = try #require(values[plan.name(of: trial)])[Int(trial.seed)]
      result.accuracy = curve.last ?? nil
      result.diverged = result.accuracy == nil
      if everyEpoch { result.valueByEpoch = curve }
      results[trial] = result
    }
    return EvaluationReport(plan, results: results)
  }

  private static let values: [String: [[Double?]]] = [
    "tanh": [[0.25, 0.5, 0.75], [0.25, 0.75, 0.5]], "relu": [[0.1, 0.3, 0.5], [0.1, 0.4, 0.75]],
    "elu": [[0.5, 0.9, 0.875], [0.5, 0.8, 0.9375]],
  ]

  @Test("the first epoch with a mean as good as the baseline's at its end, and never")
  func reach() throws {
    let report = try report(Self.values)
    let row = try #require(report.summary.first { $0.function == "tanh" })
    let reach = row.comparisons.map(\.epochsToLevel)
    // 0.25, 0.625, 0.625 beside 0.625 and 0.90625.
    #expect(reach.map { $0?.level } == [0.625, 0.90625] && reach.map { $0?.epochs } == [2, nil])
    #expect(report.text.contains("Epochs after which the mean was as good as a baseline's"))
    #expect(report.text.contains("relu") && report.text.contains("2 of 3"))
    #expect(report.text.contains("never in 3"))
    let folder = try TemporaryFolder()
    try report.writeCSV(to: folder.file("t.csv").path)
    let lines = try String(contentsOf: folder.file("t.csv"), encoding: .utf8).split(separator: "\n")
    #expect(lines[0].hasSuffix(",metric,level,epochs_to_level"))
    #expect(lines.contains { $0.hasPrefix("tanh,") && $0.hasSuffix(",accuracy,0.625,2.0") })
    #expect(lines.contains { $0.hasPrefix("tanh,") && $0.hasSuffix(",accuracy,0.90625,inf") })
    #expect(try EvaluationReport(json: report.json()) == report)
    let json = try #require(
      try JSONSerialization.jsonObject(with: report.json()) as? [String: Any])
    let rows = try #require(json["summary"] as? [[String: Any]])
    let comparisons = rows.compactMap { $0["comparisons"] as? [[String: Any]] }.joined()
    let last = try #require(comparisons.last?["epochs_to_level"] as? [String: Any])
    #expect(last["epochs"] is NSNull && last["count"] as? Int == 3)
  }

  @Test("trainings that diverged do not count; where all did, or no epoch was scored, nobody knows")
  func unknown() throws {
    var values = Self.values
    values["relu"] = [[0.1, 0.3, 0.5], [0.1, nil, nil]]
    let one = try report(values).summary.first { $0.function == "tanh" }
    #expect(one?.comparisons[0].epochsToLevel?.level == 0.5)
    values["relu"] = [[nil, nil, nil], [0.1, nil, nil]]
    let none = try report(values).summary.first { $0.function == "tanh" }
    #expect(none?.comparisons[0].epochsToLevel == nil && none?.comparisons[1].epochsToLevel != nil)
    let ends = try report(Self.values, everyEpoch: false)
    #expect(ends.summary.allSatisfy { $0.comparisons.allSatisfy { $0.epochsToLevel == nil } })
    #expect(!ends.text.contains("as good as"))
  }
}
