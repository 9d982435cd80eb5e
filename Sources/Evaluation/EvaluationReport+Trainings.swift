import Activations
import Trials

/// Reports that are made anew, where `evaluation.json` is damaged, of the trainings' own files.
extension EvaluationReport {
  /// What trials of one table have in common.
  private struct Terms: Hashable {
    let place: TrialPlace
    /// The digest of a trial on these terms.
    let digest: String

    init(_ trial: Trial) {
      place = TrialPlace(
        model: trial.model, dataset: trial.dataset, data: trial.data, trainCount: trial.trainCount)
      var common = trial
      common.function = PlacedFunction(.input)
      common.seed = 0
      digest = common.digest
    }
  }

  /// Sums up trainings of which no plan is known.
  ///
  /// The trainings do not say which functions were asked for and which are baselines: what is known
  /// stays what it is, the usual baselines are baselines, and the others were asked for.
  ///
  /// - Parameters:
  ///   - trainings: What was done, in any order; of a network and data set that was used on several
  ///     terms, such as with two recipes, those with most trainings count.
  ///   - known: Functions whose part in the comparison is known.
  package init(_ trainings: [(trial: Trial, result: TrialResult)], known: [Contender]) {
    let tested = trainings.filter { $0.trial.scored == .test }
    let places = Set(tested.map { [$0.trial.model, $0.trial.dataset] })
      .sorted { $0.lexicographicallyPrecedes($1) }
    let reports = places.map { place in
      let own = tested.filter { [$0.trial.model, $0.trial.dataset] == place }
      let groups = Dictionary(grouping: own) { Terms($0.trial) }
      let largest = groups.max {
        ($0.value.count, $0.key.digest) < ($1.value.count, $1.key.digest)
      }
      return Self.table(of: largest?.value ?? [], known: known)
    }
    self.init(
      runs: reports.flatMap(\.runs), summary: reports.flatMap(\.summary),
      isComplete: reports.allSatisfy(\.isComplete))
  }

  /// The table of trainings on the same terms, of which there is at least one.
  private static func table(
    of trainings: [(trial: Trial, result: TrialResult)], known: [Contender]
  ) -> EvaluationReport {
    let first = trainings[0].trial
    var functions: [PlacedFunction] = []
    for training in trainings where !functions.contains(training.trial.function) {
      functions.append(training.trial.function)
    }
    let usual = Baselines.all.compactMap { try? Contender(baseline: $0.name) }
    let contenders = functions.map { function in
      (known + usual).first { $0.function == function } ?? Contender(given: "\(function)", function)
    }
    let plan = EvaluationPlan(
      contenders, at: [Terms(first).place], seeds: Set(trainings.map(\.trial.seed)).sorted(),
      recipe: first.recipe, scoresEveryEpoch: first.scoresEveryEpoch)
    return EvaluationReport(
      plan, results: Dictionary(trainings.map { ($0.trial, $0.result) }) { first, _ in first })
  }
}
