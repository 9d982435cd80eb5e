import Foundation

/// The folder in which a data set was found.
public struct DatasetFolder: Sendable {
  /// The folder's path.
  public let path: String
  /// What to do when one of its files is damaged.
  let cure: String

  /// Opens the file `name`, packed or not.
  ///
  /// - Throws: `DatasetError` when there is neither, or it cannot be opened.
  func open(_ name: String) throws(DatasetError) -> DataFile {
    guard let found = self.path(of: name) else {
      if let packed = packed(name) { throw packed }
      throw DatasetError(.missingFile(path + "/" + name), cure: cure)
    }
    return try DataFile(found, cure: cure)
  }

  /// Says that the file `name` is there, but packed as nothing here unpacks it; nil if it is not.
  func packed(_ name: String) -> DatasetError? {
    for spelling in Self.names(of: name) {
      for packing in Packing.all {
        let path = "\(self.path)/\(spelling)\(packing.ending)"
        if DataLocations.isFile(path) { return packing.error(for: path) }
      }
    }
    return nil
  }

  /// The path of the file `name`, packed or not, by whichever of the names that people know it by
  /// it is there, readable or not.
  func path(of name: String) -> String? {
    var folder: String?
    for spelling in Self.spellings(of: name) {
      let path = "\(self.path)/\(spelling)"
      var status = stat()
      if stat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { return path }
        folder = folder ?? path
      } else if errno != ENOENT && errno != ENOTDIR {
        // Only these two mean that nothing is there; opening reports any other failure.
        return path
      }
    }
    return folder
  }

  /// The names of a file: some programs unpack MNIST's with a dot, `train-images.idx3-ubyte`, or
  /// each into a folder of its own name.
  private static func spellings(of name: String) -> [String] {
    let names = names(of: name)
    let within = names.flatMap { folder in names.map { "\(folder)/\($0)" } }
    return (names + within).flatMap { [$0, $0 + ".gz"] }
  }

  /// The names of a file, unpacked.
  private static func names(of name: String) -> [String] {
    let dotted = name.replacingOccurrences(of: "-idx", with: ".idx")
    return dotted == name ? [name] : [name, dotted]
  }
}
