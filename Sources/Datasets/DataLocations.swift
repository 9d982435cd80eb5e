import Files
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
  /// name of one, or if what its files hold tells: MNIST's and Fashion-MNIST's have the same names.
  ///
  /// - Returns: The folder, or `nil` when none holds any of the files.
  /// - Throws: `DatasetError` of problem `missingFolder` when the folder asked for by option is
  ///   not there.
  public func folder(of source: DatasetSource) throws(DatasetError) -> DatasetFolder? {
    if let demanded, !Self.isFolder(demanded) {
      // `stat` again, for the reason.
      var status = stat()
      if stat(demanded, &status) != 0, errno == EACCES {
        throw DatasetError(unreadable: demanded, errno, otherwise: "")
      }
      throw DatasetError(
        .missingFolder(demanded), cure: "give --data-dir the folder that holds the data sets")
    }
    let found = folders.lazy.compactMap { Self.folder(of: source, in: $0) }.first
    if let demanded, found?.path.hasPrefix(Self.trimmed(demanded)) != true {
      try checkPassing(demanded, source)
    }
    return found
  }

  /// Checks that the folder asked for holds nothing of a data set that is taken from elsewhere.
  ///
  /// - Throws: `DatasetError` where it has the files, but they may not be read, or are packed as
  ///   nothing here reads them.
  private func checkPassing(_ demanded: String, _ source: DatasetSource) throws(DatasetError) {
    let place = Self.trimmed(demanded)
    let own = DatasetFolder(path: place, cure: "get it again: \(source.origin)")
    if let refusal = source.refusal(in: own) { throw refusal }
    if let cure = cure(forPacked: source, in: [place]) {
      throw DatasetError(.notFound(title: source.title, searched: [demanded]), cure: cure)
    }
  }

  private static func folder(of source: DatasetSource, in location: String) -> DatasetFolder? {
    let location = trimmed(location)
    let isItself = names(of: location).contains { name in
      source.subfolders.contains { name.hasSuffix("/" + $0) }
    }
    let usual = source.subfolders.map { location + "/" + $0 } + (isItself ? [location] : [])
    func folder(_ path: String) -> DatasetFolder {
      DatasetFolder(path: path, cure: "get it again: \(source.origin)")
    }
    let named = usual.map(folder).first { folder in
      source.files.contains { folder.path(of: $0.name) != nil }
    }
    if let named { return named }
    let own = folder(location)
    return source.isRecognized(in: own) ? own : nil
  }

  /// What a location is called, seen from the root: `.` and links have names too.
  static func names(of location: String) -> [String] {
    let real = realpath(location, nil)
    defer { free(real) }
    return [URL(fileURLWithPath: location).standardizedFileURL.path]
      + (real.map { [String(cString: $0)] } ?? [])
  }

  /// Says that a data set is in none of the folders: which they are, and how to get it; or where it
  /// lies, if that is beside one of them, such as in the folder above that of another data set.
  ///
  /// - Parameter source: The data set.
  /// - Returns: An error of problem `notFound`; of `unreadable` where files of its names may not be
  ///   read.
  public func failure(toFind source: DatasetSource) -> DatasetError {
    for location in folders where location != Self.systemFolder {
      let parent = Self.above(location)
      if let found = Self.folder(of: source, in: parent) {
        return DatasetError(
          .notFound(title: source.title, searched: descriptions),
          cure: "it lies in \(found.path): give --data-dir \(parent)")
      }
    }
    if let error = refusal(toRead: source) { return error }
    let closed = cureForClosedFolder.map { $0 + " " } ?? ""
    return DatasetError(
      .notFound(title: source.title, searched: descriptions),
      cure: cure(forUnusualPlaceOf: source) ?? cure(forPacked: source)
        ?? "\(closed)get it: \(source.origin)")
  }

  /// The folder above a location.
  static func above(_ location: String) -> String {
    let location = trimmed(location)
    let above = FilePath.folder(of: location)
    return [".", ".."].contains((location as NSString).lastPathComponent)
      ? "\(location)/.." : above.isEmpty ? "." : above
  }

  /// The folders for a message, with a remark on those that are not there.
  var descriptions: [String] {
    var known: Set<String> = []
    // The same folder may be named by option, by the environment, and by where people work.
    return folders.filter { known.insert(Self.names(of: $0).last ?? $0).inserted }
      .map { Self.isFolder($0) ? $0 : "\($0) (no such folder)" }
  }

  static func trimmed(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }
}
