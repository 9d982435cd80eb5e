import Files
import Networks
import Statistics
import Trials

extension EvaluationReport {
  /// Every function at the learning rate that suits it best.
  public struct Rates: Codable, Sendable, Hashable {
    /// How the multiples were chosen, for each function of each table.
    public let choices: [Choice]
    /// Every finished training at a chosen multiple, those at the recipe's own rate too.
    public let runs: [Run]
    /// A row for each function of each table, as of the same recipe.
    public let summary: [Row]
  }

  /// What decided on a function's learning rate.
  public struct Choice: Codable, Sendable, Hashable {
    /// What tables call the function.
    public let function: String
    /// The network's name.
    public let network: String
    /// The data set's name.
    public let dataset: String
    /// The chosen multiple of the recipe's learning rate; nil while trainings are missing.
    @Nullable public var multiple: Double?
    /// Every multiple that is tried, in ascending order.
    public let tried: [Tried]
  }

  /// How a function was trained at a multiple of the learning rate.
  public struct Tried: Codable, Sendable, Hashable {
    /// The multiple.
    public let multiple: Double
    /// The number of finished trainings, those that diverged included.
    public let seeds: Int
    /// How many of them diverged.
    public let diverged: Int
    /// The mean of the others on the validation part: of accuracies, from 0 to 1, or of losses.
    @Nullable public var mean: Double?
  }

  /// A training at a chosen learning rate and the multiple, in the order of the trainings.
  var chosenRuns: [(run: Run, multiple: Double)] {
    guard let rates = learningRates else { return [] }
    return rates.runs.map { run in
      let choice = rates.choices.first {
        [$0.function, $0.network, $0.dataset] == [run.function, run.network, run.dataset]
      }
      return (run, choice?.multiple ?? .nan)
    }
  }

  /// The multiple that was chosen for a row; NaN if none was.
  func multiple(of row: Row) -> Double {
    learningRates?.choices.first {
      [$0.function, $0.network, $0.dataset] == [row.function, row.network, row.dataset]
    }?.multiple ?? .nan
  }
}

extension EvaluationReport.Rates {
  /// Sums up.
  ///
  /// - Parameters:
  ///   - plan: What was to be done.
  ///   - results: What was done.
  init(_ plan: EvaluationPlan, results: [Trial: TrialResult]) {
    var choices: [EvaluationReport.Choice] = []
    var runs: [EvaluationReport.Run] = []
    var summary: [EvaluationReport.Row] = []
    for place in plan.places {
      let multiples = plan.contenders.map { plan.multiple(for: $0, at: place, results) }
      choices += zip(plan.contenders, multiples).map {
        Self.choice($0, $1, at: place, plan, results)
      }
      func trial(_ index: Int, _ seed: UInt64) -> Trial? {
        multiples[index].map {
          plan.trial(of: plan.contenders[index], at: place, seed: seed, multiple: $0)
        }
      }
      runs += plan.seeds.flatMap { seed in
        plan.contenders.indices.compactMap { index in
          trial(index, seed).flatMap { trial in
            results[trial].map {
              EvaluationReport.Run(plan.contenders[index].name, trial, $0)
            }
          }
        }
      }
      let trainings = plan.contenders.indices.map { index in
        plan.seeds.map { trial(index, $0).flatMap { results[$0] } }
      }
      summary += EvaluationTable(plan.contenders, at: place, trainings: trainings).rows
    }
    self.init(choices: choices, runs: runs, summary: summary)
  }

  private static func choice(
    _ contender: Contender, _ multiple: Double?, at place: TrialPlace, _ plan: EvaluationPlan,
    _ results: [Trial: TrialResult]
  ) -> EvaluationReport.Choice {
    let tried = zip(plan.multiples.all, plan.deciding(contender, at: place, results))
    return EvaluationReport.Choice(
      function: contender.name, network: place.model, dataset: place.dataset, multiple: multiple,
      tried: tried.map { multiple, trainings in
        let done = trainings.compactMap { $0 }
        return EvaluationReport.Tried(
          multiple: multiple, seeds: done.count, diverged: done.count { $0.diverged },
          mean: Sample(done.compactMap(\.value)).mean)
      })
  }

  /// Those of tables that are not among some.
  func outside(_ tables: Set<[String]>) -> EvaluationReport.Rates {
    EvaluationReport.Rates(
      choices: choices.filter { !tables.contains([$0.network, $0.dataset]) },
      runs: runs.filter { !tables.contains([$0.network, $0.dataset]) },
      summary: summary.filter { !tables.contains([$0.network, $0.dataset]) })
  }

  /// These tables, and others behind them.
  func followed(by other: EvaluationReport.Rates) -> EvaluationReport.Rates {
    EvaluationReport.Rates(
      choices: choices + other.choices, runs: runs + other.runs, summary: summary + other.summary)
  }
}
