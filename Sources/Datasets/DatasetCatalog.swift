import Suggestions

/// Data sets that can be asked for by name: a value, to which a program adds its own.
public struct DatasetCatalog: Sendable {
  /// All of them.
  public var sources: [DatasetSource]

  /// Lists data sets.
  public init(_ sources: [DatasetSource]) { self.sources = sources }

  /// The data sets that come with this package, one line each.
  public static let builtIn = DatasetCatalog([
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
  ])

  /// The data set for those who name none: Debian's package serves it without a download.
  public static let defaultName = DatasetSource.fashionMNIST.name

  /// The names of all data sets.
  public var names: [String] { sources.map(\.name) }

  /// The data set called `name`.
  ///
  /// - Throws: `DatasetError` of problem `unknownName`, whose cure suggests the nearest name.
  public func source(named name: String) throws(DatasetError) -> DatasetSource {
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
  public func load(
    _ name: String, from locations: DataLocations = DataLocations()
  ) throws(DatasetError) -> any Dataset {
    try source(named: name).load(from: locations)
  }
}

extension DatasetSource {
  /// Reads the whole data set.
  ///
  /// - Parameter locations: Where to search.
  /// - Returns: The data set; nothing is half-read.
  /// - Throws: `DatasetError`, one line that names the file, what was expected and what to do.
  public func load(from locations: DataLocations) throws(DatasetError) -> any Dataset {
    if isMade { return try read(DatasetFolder(path: "", cure: "")) }
    guard let folder = try locations.folder(of: self) else {
      throw locations.failure(toFind: self)
    }
    return try read(folder)
  }
}
