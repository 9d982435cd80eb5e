import Datasets

/// The data set that was read last: it is not read again for as long as trials of it follow each
/// other.
struct LatestDataset {
  private let datasets: DatasetCatalog
  private let locations: DataLocations
  private var latest: (name: String, examples: any Dataset)?

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - datasets: The data sets that trials may name.
  ///   - locations: Where they lie.
  ///   - loaded: One that has been read already.
  init(
    _ datasets: DatasetCatalog, from locations: DataLocations, loaded: (any Dataset)? = nil
  ) {
    self.datasets = datasets
    self.locations = locations
    latest = loaded.map { ($0.name, $0) }
  }

  /// The examples of a trial's data set.
  ///
  /// - Throws: `DatasetError` if it cannot be read.
  mutating func examples(of trial: Trial) throws(DatasetError) -> any Dataset {
    if let latest, latest.name == trial.dataset { return latest.examples }
    // The one before may be as large as memory.
    latest = nil
    let examples = try datasets.load(trial.dataset, from: locations)
    latest = (trial.dataset, examples)
    return examples
  }
}
