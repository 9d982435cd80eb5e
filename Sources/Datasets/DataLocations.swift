import Foundation

/// The folders that may hold data sets, in the order in which they are searched.
public struct DataLocations: Sendable, Equatable {
  /// The folders, as the user named them; the first that has the data set serves.
  public let folders: [String]
  /// The folder asked for by option, which must be there.
  private let demanded: String?

  /// The folder's name in the environment.
  public static let variable = "GRAFS_DATA"
  /// Where Debian's packages put data sets.
  public static let systemFolder = "/usr/share/datasets"

  /// The usual places: `--data-dir`, then `GRAFS_DATA`, then `data` in the working folder, then
  /// `/usr/share/datasets`.
  ///
  /// - Parameters:
  ///   - option: The value of `--data-dir`, if given.
  ///   - environment: The process's environment, where an empty `GRAFS_DATA` counts as none.
  public init(
    option: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let variable = environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
    demanded = option
    folders = [option, variable, "data", Self.systemFolder].compactMap { $0 }
  }

  /// These folders and no others.
  public init(folders: [String]) {
    demanded = nil
    self.folders = folders
  }

  /// The first folder that holds any file of `source`.
  ///
  /// In each location the source's sub-folders are tried, and the location itself if it bears the
  /// name of one. Files alone do not tell: MNIST's and Fashion-MNIST's have the same names.
  ///
  /// - Returns: The folder, or `nil` when none holds any of the files.
  /// - Throws: `DatasetError` of problem `missingFolder` when the folder asked for by option is
  ///   not there.
  public func folder(of source: DatasetSource) throws(DatasetError) -> DatasetFolder? {
    if let demanded, !Self.isFolder(demanded) {
      throw DatasetError(
        .missingFolder(demanded), cure: "give --data-dir the folder that holds the data sets")
    }
    for location in folders {
      let itself = source.subfolders.filter { ("/" + Self.trimmed(location)).hasSuffix("/" + $0) }
      let candidates =
        source.subfolders.map { Self.trimmed(location) + "/" + $0 }
        + (itself.isEmpty ? [] : [Self.trimmed(location)])
      for path in candidates {
        let folder = DatasetFolder(path: path, cure: "get it again: \(source.origin)")
        if source.files.contains(where: { folder.path(of: $0.name) != nil }) { return folder }
      }
    }
    return nil
  }

  /// The folders for a message, with a remark on those that are not there.
  var descriptions: [String] {
    folders.map { Self.isFolder($0) ? $0 : "\($0) (no such folder)" }
  }

  private static func trimmed(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }
}
