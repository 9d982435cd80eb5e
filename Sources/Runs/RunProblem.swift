import Datasets
import Networks
import Reports
import Search
import Tensors
import Trials

/// What a configuration names, found: the model with its initial weights, and the examples.
public struct RunProblem {
  /// What is to be done.
  public let configuration: RunConfiguration
  /// Where models, data sets and searches come from.
  public let catalog: Catalog
  /// The model, with its initial weights.
  public let model: any Model
  /// The examples; those to test with are not touched.
  public let dataset: any Dataset
  /// Which training examples train the weights, and which judge functions.
  public let split: TrainingSplit
  /// Where the data sets lie.
  let locations: DataLocations

  /// Looks for model and examples, and checks that the search could begin with them.
  ///
  /// - Parameters:
  ///   - configuration: What is to be done.
  ///   - catalog: Where models, data sets and searches come from.
  ///   - locations: Where the data sets lie.
  /// - Throws: `ImpossibleValue` if a setting cannot be with so many examples, `RunError` or
  ///   `DatasetError` if there is no such model or data set, `ModelMismatch`
  ///   or `DatasetError` if the model does not take it, or it is too small; one line each.
  public init(
    _ configuration: RunConfiguration, from catalog: Catalog, locations: DataLocations
  ) throws {
    let task = configuration.search.task
    self.configuration = configuration
    self.catalog = catalog
    self.locations = locations
    let entry = try catalog.trials.model(named: configuration.network)
    dataset = try catalog.trials.datasets.load(configuration.dataset, from: locations)
    model = try entry.make(for: dataset.shape, seed: task.seed)
    try task.validate(on: dataset)
    split = try task.split(of: dataset)
    try Self.check(model, on: dataset, task: task)
  }

  private static func check(
    _ model: some Model, on dataset: any Dataset, task: SearchTask
  ) throws {
    _ = try SearchData(model.examples(of: dataset), task: task)
  }

  /// The data set's name, and the folder in which it was found.
  var datasetPlace: String {
    configuration.dataset + ((dataset as? ImageDataset)?.folder.map { " (\($0))" } ?? "")
  }

  /// Model and examples of every training of the run.
  var place: TrialPlace {
    TrialPlace(
      model: configuration.network, dataset: configuration.dataset, data: dataset.digest,
      trainCount: split.training.count)
  }

  /// Does trainings one after another in this process.
  ///
  /// - Parameters:
  ///   - device: What to compute on.
  ///   - progress: Where to show progress.
  ///   - signals: Of the whole run.
  /// - Returns: A runner that stops at signals that came at any time of the run.
  func runner(
    device: Device, progress: ProgressReport, _ signals: StopSignals
  ) -> TrialsInProcess {
    TrialsInProcess(
      catalog: catalog.trials, locations: locations, loaded: dataset, device: device,
      progress: progress, check: { try signals.check() })
  }
}
