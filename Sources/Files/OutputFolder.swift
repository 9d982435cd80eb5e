import Foundation

/// A folder for what a command leaves behind, checked before there is any work.
package enum OutputFolder {
  /// Makes sure that a folder is there and can be written to, or that it can be made; leaves
  /// nothing.
  ///
  /// - Parameter folder: The folder.
  /// - Throws: `RunError` that names it and what stands in the way.
  package static func check(_ folder: URL) throws(RunError) {
    let name = folder.relativePath
    var place = folder.path
    var status = stat()
    while lstat(place, &status) != 0 {
      let code = errno
      let above = FilePath.folder(of: place)
      guard code == ENOENT, above != place else { throw unwritable(name, code) }
      place = above.isEmpty ? "." : above
    }
    guard stat(place, &status) == 0 else {
      if errno != ENOENT { throw unwritable(name, errno) }
      throw RunError(
        "\(name): \(place == folder.path ? "is" : "lies behind") a link that leads nowhere",
        cure: "give another folder with --output")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      if place != folder.path { throw unwritable(name, ENOTDIR) }
      throw RunError("\(name): is a file", cure: "give another folder with --output")
    }
    // Tried, since not all that file systems and their permissions say is true of the superuser.
    let trial = place + "/\(AtomicFile.temporaryName)"
    guard mkdir(trial, 0o700) == 0 || errno == EEXIST else { throw unwritable(name, errno) }
    rmdir(trial)
  }

  /// Refuses a name that is none, which would mean the working folder.
  ///
  /// - Parameters:
  ///   - path: As the user gave it; nil if no folder was named.
  ///   - option: Which option names it.
  /// - Throws: `RunError` if the name is empty.
  package static func checkName(_ path: String?, option: String) throws(RunError) {
    if path == "" {
      throw RunError("\(option): names no folder", cure: "give one, such as \(option) runs/first")
    }
  }

  /// Says that Foundation could not make a folder, or not remove what is in it.
  package static func unwritable(_ folder: URL, _ error: any Error) -> RunError {
    unwritable(folder.relativePath, reason: error.reason)
  }

  private static func unwritable(_ name: String, _ code: Int32) -> RunError {
    unwritable(name, reason: String(cString: strerror(code)))
  }

  private static func unwritable(_ name: String, reason: String) -> RunError {
    RunError(
      "\(name): cannot be made or emptied (\(reason))",
      cure: UnwritableFile(file: name, reason: reason)
        .cure(otherwise: "give a writable folder with --output"))
  }
}
