import Foundation

/// Data sets that are known by what their files hold, whatever the folder is called.
extension DatasetSource {
  /// Whether a folder holds this data set and can hold no other.
  ///
  /// All files are there, and either no other data set's files have such names, or the smallest of
  /// those with a published MD5 has it: labels, of which little is read.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Whether that is so; files that cannot be read tell nothing.
  func isRecognized(in folder: DatasetFolder) -> Bool {
    guard isWhole(in: folder) else { return false }
    guard hasNamesOfOthers else { return true }
    guard let telling, let file = try? folder.open(telling.name),
      let bytes = try? file.read(telling.bytes)
    else { return false }
    var sum = MD5()
    sum.add(bytes)
    return sum.hexadecimal == telling.digest
  }

  /// What keeps a folder from being recognized that holds files of such names: that the one which
  /// tells may not be read.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: An error that names the file; nil if it may be read, or not all files are there.
  func refusal(in folder: DatasetFolder) -> DatasetError? {
    guard isWhole(in: folder), hasNamesOfOthers, let telling,
      let path = folder.path(of: telling.name), access(path, R_OK) != 0, errno == EACCES
    else { return nil }
    return DatasetError(unreadable: path, EACCES, otherwise: folder.cure)
  }

  /// The file whose MD5 tells which data set it is of: the smallest with a published one.
  private var telling: PublishedFile? {
    files.filter { $0.digest != nil }.min { $0.bytes < $1.bytes }
  }

  /// Whether all files are in a folder, of this or another data set; nothing is known to be in one
  /// that may not be entered.
  func isWhole(in folder: DatasetFolder) -> Bool {
    !files.isEmpty && access(folder.path, X_OK) == 0
      && files.allSatisfy { folder.path(of: $0.name) != nil }
  }

  /// Whether another data set, which people keep in other folders, has files of the same names.
  private var hasNamesOfOthers: Bool {
    let names = Set(files.map(\.name))
    return DatasetCatalog.builtIn.sources.contains {
      $0.subfolders != subfolders && !names.isDisjoint(with: $0.files.map(\.name))
    }
  }
}

extension DataLocations {
  /// Where a data set lies that was not found: in a folder, in one beside it or in one within it,
  /// under a name that nobody expects.
  ///
  /// - Parameter source: The data set.
  /// - Returns: What to do; nil if nothing was recognized.
  func cure(forUnusualPlaceOf source: DatasetSource) -> String? {
    for path in unusualPlaces where source.isRecognized(in: DatasetFolder(path: path, cure: "")) {
      return "it lies in \(path): give --data-dir \(path)"
    }
    let places = ownFolders
    let usual = DatasetCatalog.builtIn.sources.flatMap(\.subfolders)
    for path in places where source.isWhole(in: DatasetFolder(path: path, cure: "")) {
      let folder = DatasetFolder(path: path, cure: "")
      let isNamed = Self.names(of: path).contains { name in
        usual.contains { name.hasSuffix("/" + $0) }
      }
      let isOther = DatasetCatalog.builtIn.sources.contains { $0.isRecognized(in: folder) }
      guard !isNamed, !isOther, let name = source.subfolders.first else { continue }
      return "\(path) has files of such names, as other data sets have: if it is \(source.title), "
        + "call the folder '\(name)', or make a link of that name to it"
    }
    return nil
  }

  /// What keeps a data set from being recognized in one of the folders or within it, under a name
  /// that nobody expects. Those beside it are other people's business.
  ///
  /// - Parameter source: The data set, which no folder is known to hold.
  /// - Returns: An error that names a file that may not be read; nil if there is none, or the data
  ///   set is recognized in another folder.
  func refusal(toRead source: DatasetSource) -> DatasetError? {
    func folder(_ path: String) -> DatasetFolder {
      DatasetFolder(path: path, cure: "get it again: \(source.origin)")
    }
    if unusualPlaces.contains(where: { source.isRecognized(in: folder($0)) }) { return nil }
    let own = ownFolders + ownFolders.flatMap { Self.folders(in: $0) }.prefix(Self.mostFolders)
    return own.lazy.map(folder).compactMap { source.refusal(in: $0) }.first
  }

  /// What to do about a folder in one of the locations that may not be entered; nil if there is
  /// none.
  var cureForClosedFolder: String? {
    let within = ownFolders.flatMap { Self.folders(in: $0) }
    return within.first { access($0, X_OK) != 0 && errno == EACCES }.map {
      "there is no permission to enter \($0): if it lies there, give yourself the right, with "
        + "chmod; else"
    }
  }

  /// The locations without the system's.
  private var ownFolders: [String] {
    folders.filter { $0 != Self.systemFolder }.map(Self.trimmed)
  }

  /// Where a data set may lie under a name that nobody expects: the locations, then the folders in
  /// them and beside them.
  private var unusualPlaces: [String] {
    let others = ownFolders.flatMap { Self.folders(in: $0) + Self.folders(in: Self.above($0)) }
    return ownFolders + others.prefix(Self.mostFolders)
  }

  /// How to unpack a data set that lies in one of the folders as nothing here reads it: its files
  /// packed otherwise than by gzip, or all of them in the archive that its authors publish.
  ///
  /// - Parameters:
  ///   - source: The data set.
  ///   - places: Where to look; nil for all folders.
  /// - Returns: What to do; nil if there is nothing of it.
  func cure(forPacked source: DatasetSource, in places: [String]? = nil) -> String? {
    let archive = source.origin.firstMatch(of: /[A-Za-z0-9_.-]+\.(?:tar\.gz|tgz|zip)\b/)
      .map { String($0.0) }
    for place in places ?? folders.map(Self.trimmed) {
      for path in source.subfolders.map({ "\(place)/\($0)" }) + [place] {
        let folder = DatasetFolder(path: path, cure: "")
        for file in source.files {
          if let packed = folder.packed(file.name) {
            return "its files lie in \(path), packed otherwise than by gzip, which alone is read; "
              + packed.cure
          }
        }
        if let archive, Self.isFile("\(path)/\(archive)") {
          let unpack =
            archive.hasSuffix(".zip")
            ? "unzip \(path)/\(archive) -d \(path)" : "tar xzf \(path)/\(archive) -C \(path)"
          return "its archive is there, unpack it: \(unpack)"
        }
      }
    }
    return nil
  }

  /// More folders than people keep beside each other.
  private static let mostFolders = 200

  private static func folders(in place: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    let paths = names.filter { !$0.hasPrefix(".") }.sorted().map {
      place == "." ? $0 : "\(place)/\($0)"
    }
    return paths.prefix(mostFolders).filter(isFolder)
  }
}
