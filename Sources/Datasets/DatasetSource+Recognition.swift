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
    let smallest = files.filter { $0.digest != nil }.min { $0.bytes < $1.bytes }
    guard hasNamesOfOthers else { return true }
    guard let smallest, let file = try? folder.open(smallest.name),
      let bytes = try? file.read(smallest.bytes)
    else { return false }
    var sum = MD5()
    sum.add(bytes)
    return sum.hexadecimal == smallest.digest
  }

  /// Whether all files are in a folder, of this or another data set.
  func isWhole(in folder: DatasetFolder) -> Bool {
    !files.isEmpty && files.allSatisfy { folder.path(of: $0.name) != nil }
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
    let places = folders.filter { $0 != Self.systemFolder }.map(Self.trimmed)
    let others = places.flatMap { Self.folders(in: $0) + Self.folders(in: Self.above($0)) }
    for path in places + others.prefix(Self.mostFolders)
    where source.isRecognized(in: DatasetFolder(path: path, cure: "")) {
      return "it lies in \(path): give --data-dir \(path)"
    }
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

  /// How to unpack a data set that lies in one of the folders as nothing here reads it: its files
  /// packed otherwise than by gzip, or all of them in the archive that its authors publish.
  ///
  /// - Parameter source: The data set.
  /// - Returns: What to do; nil if there is nothing of it.
  func cure(forPacked source: DatasetSource) -> String? {
    let archive = source.origin.firstMatch(of: /[A-Za-z0-9_.-]+\.(?:tar\.gz|tgz|zip)\b/)
      .map { String($0.0) }
    for place in folders.map(Self.trimmed) {
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
