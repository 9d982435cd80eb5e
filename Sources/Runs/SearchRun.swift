import Activations
import Autodiff
import Datasets
import Training
import Files
import Foundation
import Networks
import Reports
import Search
import Tensors
import Traces

/// A search from beginning to end, with all that it leaves behind.
public struct SearchRun {
  private let configuration: RunConfiguration
  private let folder: RunFolder
  private let programVersion: String
  private let commandLine: String
  private let progress: ProgressReport
  private let device: Device

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - configuration: What to do.
  ///   - folder: For what the run leaves behind: an empty one, or that of a run to be resumed.
  ///   - programVersion: For the record.
  ///   - commandLine: For the record.
  ///   - progress: Where to show progress.
  ///   - device: The threads to compute on.
  public init(
    configuration: RunConfiguration, folder: RunFolder, programVersion: String,
    commandLine: String, progress: ProgressReport, device: Device
  ) {
    self.configuration = configuration
    self.folder = folder
    self.programVersion = programVersion
    self.commandLine = commandLine
    self.progress = progress
    self.device = device
  }

  /// Searches, trains the same network with ReLU on the same budget, and writes trace,
  /// configuration, checkpoints and result. The checkpoints are deleted at the end.
  ///
  /// - Parameters:
  ///   - model: With its initial weights.
  ///   - dataset: Its training examples are split; those to test with are not touched.
  ///   - resuming: Whether to go on where the last checkpoint in the folder stands.
  /// - Returns: The result, as written.
  /// - Throws: `Interruption` after SIGINT or SIGTERM, one-line errors if something cannot be
  ///   written, or no checkpoint be used.
  public func search<M: Model>(
    _ model: M, on dataset: any Dataset, resuming: Bool = false
  ) throws -> SearchResult {
    let data = try SearchData(
      model.examples(of: dataset), configuration: configuration.search)
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    let signals = StopSignals()
    let text = ConfigurationFile.text(configuration)
    var search = BilevelSearch(
      configuration.search, model: model, data: data, device: device)
    var comparison = TrainingLoop(
      model, recipe: configuration.search.recipe, batches: data.training, device: device
    ) { _ in Rectifier() }
    var header = header
    var checkpoints = RunCheckpoints(
      in: folder, intervalSeconds: configuration.checkpointSeconds,
      facts: .init(
        configuration: text, images: dataset.trainDigest, started: header.started,
        commandLine: header.commandLine,
        blas: header.blas))
    if resuming {
      try resume(&search, comparison: &comparison, from: &checkpoints, header: &header)
    } else {
      try folder.write(Data(text.utf8), to: folder.configuration)
    }
    try checkpoints.write(search, comparison: comparison)
    let trace = Trace(header: header, configuration: text, trajectory: search.trajectory)
    try announce(search, on: dataset)
    let outcome = try run(&search, trace: trace, signals: signals) { search, isUrgent in
      if isUrgent || checkpoints.isDue {
        try checkpoints.write(search, comparison: comparison)
      }
    }

    var result = SearchResult(
      status: outcome.rawValue, network: configuration.network, dataset: configuration.dataset,
      seed: configuration.search.seed, epochs: configuration.search.recipe.epochs,
      elapsedSeconds: search.elapsedSeconds)
    if outcome == .finished {
      try result.take(search.architecture, limits: configuration.search.limits)
      result.validationAccuracy = search.validationScores.last?.accuracy
      result.bestValidationAccuracy = search.bestValidationAccuracy
      result.relaxedValidationAccuracy = search.relaxedScore?.accuracy
      let isFinite = try run(&comparison, signals: signals) { comparison, isUrgent in
        if isUrgent || checkpoints.isDue {
          try checkpoints.write(search, comparison: comparison)
        }
      }
      result.reluElapsedSeconds = comparison.elapsedSeconds
      if isFinite { result.reluValidationAccuracy = comparison.score(on: data.scoring).accuracy }
      progress.line(
        "ReLU on the same budget: validation accuracy "
          + (result.reluValidationAccuracy.map(SearchResult.percent) ?? "none, it diverged"))
    }
    try folder.write(result.json(), to: folder.result)
    checkpoints.removeAll()
    return result
  }

  /// Takes up the run where its last checkpoint stands.
  private func resume<M: Model>(
    _ search: inout BilevelSearch<M>, comparison: inout TrainingLoop<M>,
    from checkpoints: inout RunCheckpoints, header: inout Trace.Header
  ) throws {
    let found = try checkpoints.restore(&search, comparison: &comparison, progress: progress)
    guard let facts = found else {
      return progress.warning(
        "\(folder.url.relativePath): no checkpoint was written yet, the search starts over")
    }
    header.started = facts.started
    header.commandLine = facts.commandLine
    if facts.blas != header.blas {
      progress.warning(
        "the run began with \(facts.blas) and goes on with \(header.blas): last bits may differ")
    }
    progress.line(
      "resumed after step "
        + (comparison.step == 0
          ? "\(search.trajectory.steps.count)" : "\(comparison.step) of the training with ReLU"))
  }

  /// Searches to the end, and publishes the trace on the way.
  ///
  /// `save` is called after every step, and told whether a checkpoint must be written.
  private func run<M: Model>(
    _ search: inout BilevelSearch<M>, trace: Trace, signals: StopSignals,
    save: (BilevelSearch<M>, _ isUrgent: Bool) throws -> Void
  ) throws -> SearchOutcome {
    var trace = trace
    let publisher = TracePublisher(file: folder.trace)
    try publisher.submit(trace)
    let stepsBefore = (count: search.trajectory.steps.count, seconds: search.elapsedSeconds)
    do {
      let outcome = try search.run { search, state in
        show(
          state, stepsHere: search.trajectory.steps.count - stepsBefore.count,
          seconds: search.elapsedSeconds - stepsBefore.seconds)
        try save(search, state.isEpochEnd)
        if state.isEpochEnd || publisher.isReady {
          trace.trajectory = state.trajectory
          publish(trace, by: publisher, isUrgent: state.isEpochEnd)
        }
        try signals.check()
      }
      trace.trajectory = search.trajectory
      trace.header.status = outcome == .finished ? .finished : .diverged
      try publisher.finish(trace)
      return outcome
    } catch let interruption as Interruption {
      try save(search, true)
      trace.trajectory = search.trajectory
      trace.header.status = .interrupted
      try publisher.finish(trace)
      throw interruption
    } catch {
      trace.header.status = .failed
      try? publisher.finish(trace)
      throw error
    }
  }

  private var threads: String {
    device.threadCount == 1 ? "1 thread" : "\(device.threadCount) threads"
  }

  /// Publishes the trace while the search runs. A failure, such as of a disk that is full for a
  /// while, is told but does not end the search: the whole trace is published again at its end.
  private func publish(_ trace: Trace, by publisher: TracePublisher, isUrgent: Bool) {
    do throws(UnwritableFile) {
      try publisher.submit(trace, isUrgent: isUrgent)
    } catch {
      progress.line("\(error); the search goes on")
    }
  }

  private var header: Trace.Header {
    var header = Trace.Header(seed: configuration.search.seed)
    header.programVersion = programVersion
    header.commandLine = commandLine
    header.network = configuration.network
    header.dataset = configuration.dataset
    header.started = ISO8601DateFormatter().string(from: Date())
    header.machine = "\(Machine.processor), \(threads)"
    header.blas = Machine.blas
    return header
  }

  /// Trains the peer of the result to the end: the same weights, batches and learning rates, with
  /// ReLU.
  ///
  /// `save` is called after every step, and told whether a checkpoint must be written.
  ///
  /// - Returns: Whether all losses were finite.
  private func run<M: Model>(
    _ comparison: inout TrainingLoop<M>, signals: StopSignals,
    save: (TrainingLoop<M>, _ isUrgent: Bool) throws -> Void
  ) throws -> Bool {
    let before = (step: comparison.step, seconds: comparison.elapsedSeconds)
    do {
      return try comparison.run { comparison, state in
        progress.live {
          let images = Double((state.step - before.step) * state.examplesPerStep)
          let rate = images / (comparison.elapsedSeconds - before.seconds)
          return "ReLU for comparison: epoch \(state.epoch), step \(state.step)/\(state.steps), "
            + String(format: "%.0f images/s, loss %.3f", rate, state.score.loss)
        }
        try save(comparison, state.isEpochEnd)
        try signals.check()
      }
    } catch let interruption as Interruption {
      try save(comparison, true)
      throw interruption
    }
  }

  // MARK: - Progress

  private func announce(_ search: BilevelSearch<some Model>, on dataset: any Dataset) throws {
    let name = configuration.network
    let split = try configuration.search.split(of: dataset)
    progress.line(
      "\(name) (\(search.trainer.model.parameterCount) parameters) on \(configuration.dataset): "
        + "\(split.training.count) images train the weights, "
        + "\(split.validation.count) the architecture; \(threads)")
    let epochs = configuration.search.recipe.epochs
    progress.line(
      "epochs 0…\(epochs - 1), \(search.stepsPerEpoch) steps each; "
        + "\(search.architecture.operationsAlive) operations; run: \(folder.url.relativePath)")
    if search.schedule.total == 0 {
      progress.line(
        "no epoch drops operations: the strongest operations are chosen after the last epoch")
    }
  }

  /// Shows where the search stands; rates are of the steps since the process began.
  private func show(_ state: SearchProgress, stepsHere: Int, seconds: Double) {
    guard let row = state.trajectory.steps.last else { return }
    let done = row.step + 1
    let steps = state.epochs * state.stepsPerEpoch
    let rate = String(format: "%.0f images/s", Double(stepsHere * state.examplesPerStep) / seconds)
    let left = ProgressReport.clock(seconds: seconds / Double(stepsHere) * Double(steps - done))
    if state.isEpochEnd, let epoch = state.trajectory.epochs.last,
      let genotype = state.trajectory.genotypes.last
    {
      progress.line(
        String(
          format: "epoch %d  train loss %.3f  validation loss %.3f  accuracy %.2f %%  ",
          epoch.epoch, epoch.trainLoss, epoch.validationLoss, 100 * epoch.validationAccuracy)
          + "operations \(row.operationsAlive)  \(rate)  \(left) left  \(genotype.expression)")
    } else {
      progress.live {
        String(
          format: "epoch %d  step %d/%d  train loss %.3f  validation loss %.3f  ",
          row.epoch, done, steps, row.trainLoss, row.validationLoss)
          + "operations \(row.operationsAlive)  \(rate)  \(left) left"
      }
    }
  }
}
