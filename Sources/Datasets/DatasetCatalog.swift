import Suggestions

/// The data sets that commands can name.
public enum DatasetCatalog {
  /// All of them, one line each.
  public static let sources: [DatasetSource] = [
    .fashionMNIST,
    .cifar10,
    .cifar100,
    .cifar100Coarse,
    .svhn,
    .mnist,
    .kmnist,
    .emnist,
    .emnistDigits,
    .emnistLetters,
  ]

  /// The data set for those who name none: Debian's package serves it without a download.
  public static let defaultName = DatasetSource.fashionMNIST.name

  /// The names of all data sets.
  public static var names: [String] { sources.map(\.name) }

  /// The data set called `name`.
  ///
  /// - Throws: `DatasetError` of problem `unknownName`, whose cure suggests the nearest name.
  public static func source(named name: String) throws(DatasetError) -> DatasetSource {
    if let source = sources.first(where: { $0.name == name }) { return source }
    throw DatasetError(.unknownName(name), cure: namesInstead(of: name, known: names))
  }

  /// Reads a whole data set.
  ///
  /// - Parameters:
  ///   - name: One of `names`.
  ///   - locations: Where to search.
  /// - Returns: The data set; nothing is half-read.
  /// - Throws: `DatasetError`, one line that names the file, what was expected and what to do.
  public static func load(
    _ name: String, from locations: DataLocations = DataLocations()
  ) throws(DatasetError) -> ImageDataset {
    try load(source(named: name), from: locations)
  }

  /// Reads a whole data set, whether or not it stands in the table.
  ///
  /// - Parameters:
  ///   - source: What to read.
  ///   - locations: Where to search.
  /// - Returns: The data set; nothing is half-read.
  /// - Throws: `DatasetError`, one line that names the file, what was expected and what to do.
  package static func load(
    _ source: DatasetSource, from locations: DataLocations
  ) throws(DatasetError) -> ImageDataset {
    guard let folder = try locations.folder(of: source) else {
      throw DatasetError(
        .notFound(title: source.title, searched: locations.descriptions),
        cure: "get it: \(source.origin)")
    }
    let images = try source.read(folder)
    return try ImageDataset(
      name: source.name, title: source.title, classNames: source.classNames, train: images.train,
      test: images.test, allowsFlip: source.allowsFlip, folder: folder.path)
  }
}
