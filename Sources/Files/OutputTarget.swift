import Foundation

/// Where the bytes go that are written to a path: to a file behind all links, or into a pipe or
/// device as it stands, which is never read, replaced or synced.
package enum OutputTarget: Sendable, Hashable {
  /// A file, there or not, which is replaced as a whole: the path behind all links.
  case file(String)
  /// A folder, to which nothing can be written.
  case folder
  /// A pipe, terminal or character device, by the path that opens it.
  case stream(String)
  /// An open file of this process, such as `/dev/stdout`: opened by its path once more, a file
  /// would be written from its beginning, over what is there already.
  case descriptor(Int32)

  /// As many links as the system itself follows.
  private static let mostLinks = 40

  /// Follows links to the end.
  ///
  /// - Parameter path: As the user gave it.
  /// - Throws: `UnwritableFile` where nothing can be written: an empty name, a disk, a socket,
  ///   links in a circle, or what the system says.
  package init(of path: String) throws(UnwritableFile) {
    guard !path.isEmpty else { throw UnwritableFile(file: path, reason: "it names no file") }
    var place = path
    for _ in 0..<Self.mostLinks {
      if let number = Self.descriptor(place) {
        self = .descriptor(number)
        return
      }
      var status = stat()
      guard lstat(place, &status) == 0 else {
        guard errno == ENOENT, !place.hasSuffix("/") else { throw .system(path) }
        self = .file(place)
        return
      }
      if status.st_mode & S_IFMT != S_IFLNK {
        self = try Self.target(place, status, named: path)
        return
      }
      // Links such as those of another process's open files lead where no path does.
      var behind = stat()
      if stat(place, &behind) == 0, [S_IFIFO, S_IFCHR].contains(behind.st_mode & S_IFMT) {
        if let number = Self.descriptor(behindLink: place) {
          self = .descriptor(number)
        } else {
          self = .stream(place)
        }
        return
      }
      place = try Self.target(ofLink: place, named: path)
    }
    errno = ELOOP
    throw .system(path)
  }

  /// What stands at a path that is no link.
  private static func target(
    _ place: String, _ status: stat, named path: String
  ) throws(UnwritableFile) -> OutputTarget {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(place)
    case S_IFDIR: return .folder
    case S_IFIFO, S_IFCHR: return .stream(place)
    case S_IFBLK: throw UnwritableFile(file: path, reason: "it is a disk")
    case S_IFSOCK: throw UnwritableFile(file: path, reason: "it is a socket")
    default: throw UnwritableFile(file: path, reason: "it is no file")
    }
  }

  private static func target(
    ofLink place: String, named path: String
  ) throws(UnwritableFile) -> String {
    do {
      let target = try FileManager.default.destinationOfSymbolicLink(atPath: place)
      if target.hasPrefix("/") { return target }
      let folder = FilePath.folder(of: place)
      // Not by NSString, which would take `..` out of paths as if no folder were a link.
      return folder.isEmpty ? target : folder + "/" + target
    } catch {
      throw UnwritableFile(file: path, reason: error.reason)
    }
  }

  /// The number of an open file of this process to which a link leads, if it does, as `/dev/stdout`
  /// where that is a pipe.
  private static func descriptor(behindLink link: String) -> Int32? {
    var place = link
    for _ in 0..<mostLinks {
      guard let next = try? target(ofLink: place, named: link) else { return nil }
      if let number = descriptor(next) { return number }
      place = next
    }
    return nil
  }

  /// The number of an open file of this process, if a path names one as `/proc/self/fd/1` does.
  private static func descriptor(_ place: String) -> Int32? {
    let name = (place as NSString).lastPathComponent
    guard let number = Int32(name), number >= 0,
      let folder = realpath(FilePath.folder(of: place), nil)
    else { return nil }
    defer { free(folder) }
    return String(cString: folder) == "/proc/\(getpid())/fd" ? number : nil
  }

  /// Whether it is a file that can be replaced.
  package var isFile: Bool { if case .file = self { true } else { false } }

  /// Makes sure, as far as can be seen without writing, that bytes can be written.
  ///
  /// - Parameter path: As the user gave it.
  /// - Throws: `UnwritableFile` if they cannot.
  package func check(for path: String) throws(UnwritableFile) {
    switch self {
    case .folder:
      throw UnwritableFile(file: path, reason: "it is a folder")
    case .descriptor(let number):
      let flags = fcntl(number, F_GETFL)
      guard flags >= 0 else { throw .system(path) }
      if flags & O_ACCMODE == O_RDONLY {
        throw UnwritableFile(file: path, reason: "it is open for reading")
      }
    case .stream(let place):
      guard access(place, W_OK) == 0 else { throw .system(path) }
    case .file(let place):
      let folder = FilePath.folder(of: place)
      guard access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0 else { throw .system(path) }
      guard access(place, W_OK) == 0 || errno == ENOENT else { throw .system(path) }
    }
  }
}

extension UnwritableFile {
  /// The error that `errno` stands for.
  static func system(_ path: String) -> UnwritableFile {
    UnwritableFile(file: path, reason: String(cString: strerror(errno)))
  }
}
