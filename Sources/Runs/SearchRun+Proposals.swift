import Activations
import Files
import Networks
import Reports
import Search
import Traces
import Trials

extension SearchRun {
  /// Does a search by proposals: trainings one after another here, or by the workers.
  func search(
    _ model: some Model, _ configuration: ProposalConfiguration, resuming: Bool,
    compares: Bool?, _ signals: StopSignals
  ) throws -> (result: SearchResult, compares: Bool) {
    var search = try ProposalSearch(
      problem.configuration.search.task, configuration,
      by: problem.catalog.proposer(named: configuration.proposer), sites: model.activationSites,
      at: problem.place, scored: problem.split.validation, metric: model.metric)
    let store = TrialStore(folder.trials)
    try store.prepare(isOwn: true)
    var record = try RunRecord(of: self, resuming: resuming, compares: compares)
    if resuming {
      try record.resume(countedBy: "candidate") { checkpoint, _ throws(CheckpointMismatch) in
        try search.restore(checkpoint)
        return search.place
      }
    }
    try record.begin(.proposed(search.history), at: search.place) { _ in try search.checkpoint() }
    announce(configuration, parameters: model.parameterCount)
    var shown = search.history.count
    func note(_ search: ProposalSearch) throws {
      show(search, from: shown, metric: model.metric)
      shown = search.history.count
      try record.note(.proposed(search.history), at: search.place, isUrgent: true) { _ in
        try search.checkpoint()
      }
      try signals.check()
    }
    do {
      if let workers {
        try search.run(by: workers, in: store, damage: warn(of:), report: note)
      } else {
        try search.run(
          by: problem.runner(device: device, progress: progress, signals), in: store,
          damage: warn(of:), report: note)
      }
    } catch let interruption as Interruption {
      try record.interrupt(.proposed(search.history), at: search.place) { _ in
        try search.checkpoint()
      }
      throw interruption
    } catch {
      record.fail(.proposed(search.history))
      throw error
    }
    let status: Trace.Status = search.best == nil ? .diverged : .finished
    try record.end(.proposed(search.history), status)
    var result = result(
      status, elapsedSeconds: search.history.rows.reduce(0) { $0 + $1.elapsedSeconds })
    result.candidates = search.history.count
    if let best = search.best { try result.take(best, metric: model.metric) }
    try record.conclude(result)
    return (result, record.compares)
  }

  private func announce(_ configuration: ProposalConfiguration, parameters: Int) {
    let (run, split) = (problem.configuration, problem.split)
    progress.line(
      "\(run.network) (\(parameters) parameters) on \(problem.datasetPlace): "
        + "\(split.training.count) images train the weights, \(split.validation.count) judge "
        + "functions; \(threads)")
    progress.line(
      "\(configuration.budget) candidates of \(run.search.task.recipe.epochs) epochs each, "
        + "in rounds of \(configuration.width); run: \(folder.url.relativePath)")
  }

  /// Shows the candidates that were observed since.
  private func show(_ search: ProposalSearch, from first: Int, metric: Metric) {
    for row in search.history.rows.dropFirst(first) {
      let value = row.value.map { metric.text($0) } ?? "diverged"
      let formula = (try? PlacedFunction(parsing: row.function).formula) ?? row.function
      progress.line(
        "candidate \(row.number)  validation \(metric.title) \(value)  \(formula)")
    }
    if let best = search.best, let value = best.value {
      progress.line(
        "best of \(search.history.count), of \(search.configuration.budget): candidate "
          + "\(best.number), \(metric.text(value))")
    }
  }
}

extension ProposalSearch {
  /// Where the search stands.
  fileprivate var place: RunCheckpoints.Place { RunCheckpoints.Place(steps: history.count) }
}
