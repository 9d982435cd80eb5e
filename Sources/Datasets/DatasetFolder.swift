import Foundation

/// The folder in which a data set was found.
public struct DatasetFolder: Sendable {
  /// The folder's path.
  public let path: String
  /// What to do when one of its files is damaged.
  let cure: String

  /// Opens the file `name`, or `name.gz` if only that is there.
  ///
  /// - Throws: `DatasetError` when there is neither, or it cannot be opened.
  func open(_ name: String) throws(DatasetError) -> DataFile {
    try DataFile(self.path(of: name) ?? path + "/" + name, cure: cure)
  }

  /// The path of `name` or `name.gz`, whichever is there, readable or not.
  func path(of name: String) -> String? {
    let plain = path + "/" + name
    return [plain, plain + ".gz"].first { path in
      var status = stat()
      // Only these two mean that nothing is there; opening reports any other failure.
      return stat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }
  }
}
