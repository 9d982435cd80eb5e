import Datasets
import Reports
import Tensors

/// Does trials one after another in this process.
public struct TrialsInProcess: TrialRunner {
  private let catalog: TrialCatalog
  private let locations: DataLocations
  private let loaded: (any Dataset)?
  private let device: Device
  private let savesWeights: Bool
  private let progress: ProgressReport
  private let check: () throws -> Void

  /// Prepares a runner.
  ///
  /// - Parameters:
  ///   - catalog: The models and data sets that trials may name.
  ///   - locations: Where the data sets lie.
  ///   - loaded: A data set that has been read already, which is not read again.
  ///   - device: What to compute on.
  ///   - savesWeights: Whether trained weights are kept.
  ///   - progress: Where to show progress.
  ///   - check: Is called after every step, such as for signals that came before the trials began;
  ///     what it throws ends them.
  public init(
    catalog: TrialCatalog, locations: DataLocations, loaded: (any Dataset)? = nil, device: Device,
    savesWeights: Bool = false, progress: ProgressReport,
    check: @escaping () throws -> Void = {}
  ) {
    self.catalog = catalog
    self.locations = locations
    self.loaded = loaded
    self.device = device
    self.savesWeights = savesWeights
    self.progress = progress
    self.check = check
  }

  /// Does trials; the first that cannot be done ends all.
  public func run(
    _ trials: [Trial], in store: TrialStore,
    report: @escaping @Sendable (Trial, TrialOutcome) throws -> Void
  ) throws {
    try store.prepare()
    let signals = StopSignals()
    var dataset = LatestDataset(catalog.datasets, from: locations, loaded: loaded)
    let check = {
      try self.check()
      try signals.check()
    }
    for trial in trials {
      try check()
      let result = try trial.run(
        on: dataset.examples(of: trial),
        .init(
          catalog: catalog, device: device, store: store, savesWeights: savesWeights,
          progress: progress, check: check))
      try store.write(result, of: trial)
      try report(trial, .done(result))
    }
  }
}
