import Activations
import Evaluation
import Foundation
import Networks
import TestSupport
import Testing
import Training
import Trials

@Suite("The report of an evaluation")
struct EvaluationReportTests {
  /// Accuracies of a function, one for each seed; nil of a training that diverged.
  private typealias Accuracies = [String: [Double?]]

  private static let place = TrialPlace(
    model: "resnet20", dataset: "mnist", data: "0", trainCount: 10)

  private func report(
    given: [String], baselines: [String], _ accuracies: Accuracies, seeds: UInt64 = 3,
    leavingOut: Int = 0, place: TrialPlace = place, metric: Metric = .accuracy
  ) throws -> EvaluationReport {
    let plan = EvaluationPlan(
      Contender.merged(
        given: try given.map { Contender(given: $0, try PlacedFunction(parsing: $0)) },
        baselines: try baselines.map { try Contender(baseline: $0) }),
      at: [place], seeds: Array(0..<seeds), recipe: TrainingRecipe(epochs: 1, batchSize: 2))
    var results: [Trial: TrialResult] = [:]
    for trial in plan.trials.dropLast(leavingOut) {
      var result = TrialResult(metric: metric)
      let value = try #require(accuracies[plan.name(of: trial)])[Int(trial.seed)]
      switch metric {
      case .accuracy: result.accuracy = value
      case .loss: result.loss = value
      }
      result.diverged = value == nil
      result.elapsedSeconds = 1
      results[trial] = result
    }
    return EvaluationReport(plan, results: results)
  }

  private func row(_ function: String, of report: EvaluationReport) throws -> EvaluationReport.Row {
    try #require(report.summary.first { $0.function == function })
  }

  private static let relu = [0.5, 0.6, 0.7]

  @Test("tests differences pair by pair, and corrects for their number")
  func comparisons() throws {
    let report = try report(
      given: ["tanh"], baselines: ["relu", "elu"],
      [
        "relu": Self.relu, "tanh": [0.51, 0.62, 0.73],
        "elu": [0.51 - 0.1, 0.62 - 0.1001, 0.73 - 0.0999],
      ])
    #expect(report.isComplete && report.runs.count == 9 && report.diverged.isEmpty)
    #expect(report.summary.map(\.function) == ["tanh", "relu", "elu"])
    let row = try row("tanh", of: report)
    #expect(row.comparisons.map(\.baseline) == ["relu", "elu"])
    let (first, second) = (row.comparisons[0], row.comparisons[1])
    #expect(first.seeds == 3 && first.paired)
    // ν = 2: p = 1 − t / √(2 + t²), here with t = 2√3; the second t is 1000√3.
    let p = 1 - 12.0.squareRoot() / 14.0.squareRoot()
    let tiny = 1 - 3e6.squareRoot() / (3e6 + 2).squareRoot()
    #expect(abs(try #require(first.difference) - 0.02) < 1e-12)
    #expect(abs(try #require(first.p) - p) < 1e-9)
    #expect(abs(try #require(second.p) - tiny) < 1e-11)
    #expect(first.pAdjusted == first.p && second.pAdjusted == second.p.map { 2 * $0 })
    #expect(first.verdict == .notDistinguishable && second.verdict == .better)
    // 4.302653 is the quantile of ν = 2 in printed tables.
    let interval = try #require(first.interval)
    #expect(abs(interval[1] - 0.02 - 4.302653 * 0.01 / 3.0.squareRoot()) < 1e-8)
    #expect(abs(interval[0] + interval[1] - 0.04) < 1e-12)
    #expect(try self.row("relu", of: report).comparisons.isEmpty)
  }

  @Test("a lower mean that is not chance is worse")
  func worse() throws {
    let report = try report(
      given: ["tanh"], baselines: ["relu"], ["relu": Self.relu, "tanh": [0.3, 0.401, 0.499]])
    #expect(try row("tanh", of: report).comparisons[0].verdict == .worse)
    #expect(report.summary.map(\.function) == ["relu", "tanh"])
  }

  @Test("one seed, and differences that are all equal, are no test")
  func untested() throws {
    let one = try report(
      given: ["tanh"], baselines: ["relu"], ["relu": [0.5], "tanh": [0.9]], seeds: 1)
    let equal = try report(
      given: ["tanh"], baselines: ["relu"], ["relu": Self.relu, "tanh": [0.6, 0.7, 0.8]])
    for report in [one, equal] {
      let comparison = try row("tanh", of: report).comparisons[0]
      #expect(comparison.p == nil && comparison.pAdjusted == nil && comparison.interval == nil)
      #expect(comparison.verdict == .notDistinguishable && comparison.difference != nil)
      #expect(report.text.contains("differences are not tested"))
    }
    let json = try #require(
      try JSONSerialization.jsonObject(with: one.json()) as? [String: Any])
    let row = try #require((json["summary"] as? [[String: Any]])?.first)
    #expect(row["standard_deviation"] is NSNull)
    let comparison = try #require((row["comparisons"] as? [[String: Any]])?.first)
    for key in ["interval", "p", "p_adjusted"] { #expect(comparison[key] is NSNull) }
  }

  @Test("seeds that diverged are counted, and whoever diverges more often is not better")
  func diverged() throws {
    let accuracies: Accuracies = [
      "relu": [0.5, 0.501, 0.502, 0.503], "tanh": [nil, 0.9, 0.9015, 0.902],
      "elu": [nil, nil, nil, nil],
    ]
    let report = try report(
      given: ["tanh", "elu"], baselines: ["relu"], accuracies, seeds: 4)
    #expect(report.diverged == ["tanh", "elu"])
    let row = try row("tanh", of: report)
    #expect(row.seeds == 4 && row.diverged == 1)
    let comparison = row.comparisons[0]
    #expect(comparison.seeds == 3 && comparison.paired)
    #expect(try #require(comparison.pAdjusted) < 0.001)
    #expect(comparison.verdict == .notDistinguishable)
    let lost = try self.row("elu", of: report)
    #expect(lost.mean == nil && lost.comparisons[0].difference == nil)
    #expect(report.summary.map(\.function) == ["tanh", "relu", "elu"])
    #expect(report.text.contains("4, 1 diverged"))
    // The other way round the baseline's failure is nothing that speaks for it.
    let reversed = try self.report(given: ["relu"], baselines: ["tanh"], accuracies, seeds: 4)
    #expect(try self.row("relu", of: reversed).comparisons[0].verdict == .notDistinguishable)
  }

  @Test("seeds that no longer make pairs are compared without them")
  func unpaired() throws {
    let report = try report(
      given: ["tanh"], baselines: ["relu"],
      ["relu": [0.5, 0.51, nil, nil], "tanh": [nil, nil, 0.9, 0.91]], seeds: 4)
    let comparison = try row("tanh", of: report).comparisons[0]
    #expect(!comparison.paired && comparison.seeds == 2)
    #expect(comparison.verdict == .better)
  }

  @Test("nothing is tested before all trainings of a table are done")
  func incomplete() throws {
    let report = try report(
      given: ["tanh"], baselines: ["relu"], ["relu": Self.relu, "tanh": [0.3, 0.401, 0.499]],
      leavingOut: 1)
    #expect(!report.isComplete && report.runs.count == 5)
    #expect(report.summary.allSatisfy { $0.comparisons.isEmpty })
    #expect(report.text.contains("not complete"))
  }

  @Test("the text fits a terminal of 80 columns")
  func text() throws {
    let formula = "sigmoid(gelu(x)) * gelu(x)"
    let report = try report(
      given: [formula], baselines: ["relu", "leaky_relu"],
      [
        formula: [0.9231, 0.9212, 0.9255], "relu": [0.9101, 0.9089, 0.9122],
        "leaky_relu": [0.9201, 0.9213, 0.9222],
      ])
    // Intervals and p are those of SciPy's ttest_rel, p 0.00054 times 2.
    #expect(
      report.text == """
        resnet20 on mnist

        function                    seeds  test accuracy, %  median  of each seed
        sigmoid(gelu(x)) * gelu(x)  3      92.33 ± 0.22      92.31   92.31 92.12 92.55
        leaky_relu                  3      92.12 ± 0.11      92.13   92.01 92.13 92.22
        relu                        3      91.04 ± 0.17      91.01   91.01 90.89 91.22

        Differences in percentage points, with 95 % intervals; p of two-sided t tests,
        after Holm's correction for 2 comparisons.

        sigmoid(gelu(x)) * gelu(x)
          baseline    difference  interval        p       pairs  verdict
          relu        +1.29       +1.16 to +1.41  0.0011  3      better
          leaky_relu  +0.21       -0.26 to +0.67  0.1976  3      not distinguishable

        """)
    #expect(report.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let long = "max(\(formula), tanh(x) + sigmoid(gelu(x)) * silu(x))"
    let seeds = 8
    let wide = try self.report(
      given: [long], baselines: ["relu"],
      [
        long: (0..<seeds).map { 0.9 + Double($0 * $0) / 1000 },
        "relu": (0..<seeds).map { 0.9 + Double($0) / 1e3 },
      ],
      seeds: UInt64(seeds))
    let lines = wide.text.split(separator: "\n")
    // The formula has a line of its own, whole, and is cut in the table.
    #expect(lines.filter { $0.count > 80 }.isEmpty || lines.filter { $0.count > 80 } == [long[...]])
    #expect(lines.contains(long[...]) && lines.contains { $0.contains("…  ") })
  }

  @Test("of models that are compared by the loss, the lower one is better, and shown as perplexity")
  func losses() throws {
    let report = try report(
      given: ["tanh", "elu"], baselines: ["relu"],
      ["relu": [1.5, 1.6, 1.7], "tanh": [1.3, 1.401, 1.499], "elu": [1.7, 1.801, 1.899]],
      metric: .loss)
    #expect(report.summary.map(\.function) == ["tanh", "relu", "elu"])
    #expect(try row("tanh", of: report).comparisons[0].verdict == .better)
    #expect(try row("elu", of: report).comparisons[0].verdict == .worse)
    // e^1.4 = 4.0552, whose deviation is that times 0.0995 to first order.
    #expect(
      report.text.hasPrefix(
        """
        resnet20 on mnist

        function  seeds  test perplexity  median  of each seed
        tanh      3      4.06 ± 0.40      4.06    3.67 4.06 4.48
        relu      3      4.95 ± 0.50      4.95    4.48 4.95 5.47
        elu       3      6.05 ± 0.60      6.06    5.47 6.06 6.68

        Differences in nats (− is better), with 95 % intervals; p of two-sided t tests,
        """), "\(report.text)")
    #expect(report.text.contains("  relu      -0.2000     -0.20"), "\(report.text)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: report.json()) as? [String: Any])
    let rows = try #require(json["summary"] as? [[String: Any]])
    #expect(rows.allSatisfy { $0["metric"] as? String == "loss" })
    #expect(try EvaluationReport(json: report.json()) == report)
  }

  @Test("a function that is a baseline too is trained once")
  func merged() throws {
    let functions = Contender.merged(
      given: try ["x * sigmoid(x)", "tanh(x)", "silu"].map {
        Contender(given: $0, try PlacedFunction(parsing: $0))
      },
      baselines: try ["relu", "silu"].map { try Contender(baseline: $0) })
    #expect(functions.map(\.name) == ["x * sigmoid(x)", "tanh(x)", "relu"])
    #expect(functions.map(\.isBaseline) == [true, false, true])
    #expect(functions.map(\.isGiven) == [true, true, false])
  }

  @Test("in a folder, tables of other networks and data stay, those of the same are replaced")
  func tablesOfOneFolder() throws {
    let place = try TemporaryFolder()
    let folder = EvaluationFolder(path: place.file("evaluation").path)
    let lock = try folder.lock()
    func saved() throws -> (rows: [String], runs: Int, isComplete: Bool?) {
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.report)) as? [String: Any])
      let rows = try #require(json["summary"] as? [[String: Any]])
      return (
        rows.map { "\($0["function"] ?? "") \($0["network"] ?? "") \($0["mean"] ?? "")" },
        (json["runs"] as? [Any])?.count ?? 0, json["is_complete"] as? Bool
      )
    }
    let larger = TrialPlace(model: "resnet32", dataset: "mnist", data: "0", trainCount: 10)
    let accuracies: Accuracies = ["relu": [0.25, 0.25], "tanh": [0.5, 0.5]]
    try folder.write(report(given: ["tanh"], baselines: ["relu"], accuracies, seeds: 2))
    try folder.write(
      report(given: [], baselines: ["relu"], accuracies, seeds: 2, leavingOut: 1, place: larger))
    var found = try saved()
    #expect(found.rows == ["relu resnet32 0.25", "tanh resnet20 0.5", "relu resnet20 0.25"])
    #expect(found.runs == 5 && found.isComplete == false)
    try folder.write(
      report(given: [], baselines: ["relu"], accuracies, seeds: 1, place: larger))
    found = try saved()
    #expect(found.rows == ["relu resnet32 0.25", "tanh resnet20 0.5", "relu resnet20 0.25"])
    #expect(found.runs == 5 && found.isComplete == true)
    try folder.write(report(given: [], baselines: ["tanh"], accuracies, seeds: 1))
    found = try saved()
    #expect(found.rows == ["tanh resnet20 0.5", "relu resnet32 0.25"])
    #expect(found.runs == 2 && found.isComplete == true)
    withExtendedLifetime((place, lock)) {}
  }
}
