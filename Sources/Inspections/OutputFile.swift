import Foundation
import Reports
import Traces

/// A file for a report or a plot: written as a whole or not at all, and nobody else's replaced.
public struct OutputFile: Sendable {
  private let path: String
  private let isReplacing: Bool
  private let option: String

  /// A file that cannot be written.
  public struct Failure: Error, CustomStringConvertible, Sendable, Hashable {
    /// One line: the file, what is wrong, the cure.
    public let description: String
  }

  /// Names the file.
  ///
  /// - Parameters:
  ///   - path: Where it goes.
  ///   - replacing: Whether whatever stands there may be replaced; if not, only what this program
  ///     wrote may, which pages and SVG say at their beginning.
  ///   - option: Which option named it, for the cure of failures.
  public init(_ path: String, replacing: Bool, option: String) {
    self.path = path
    isReplacing = replacing
    self.option = option
  }

  /// Writes a text.
  ///
  /// - Parameter text: The contents.
  /// - Returns: A line that says so.
  /// - Throws: `Failure`.
  public func write(_ text: String) throws(Failure) -> String {
    try write(Data(text.utf8))
  }

  /// Writes a drawing as SVG or PNG, as the file's name asks for.
  ///
  /// - Parameter svg: The drawing.
  /// - Returns: A line that says so.
  /// - Throws: `Failure` if the name ends otherwise, or there is no converter, too.
  public func write(plot svg: String) throws(Failure) -> String {
    switch (path as NSString).pathExtension.lowercased() {
    case "svg": return try write(svg)
    case "png":
      try check()
      do {
        return try write(RasterImage.png(of: svg))
      } catch let failure as RasterImage.Failure {
        throw Failure(description: "\(path): \(failure.description)")
      } catch {
        throw Failure(description: "\(path): cannot be made (\(error))")
      }
    default:
      throw Failure(
        description: "\(path): plots are SVG or PNG; give a name that ends in .svg or .png")
    }
  }

  private func check() throws(Failure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    if isFolder.boolValue {
      throw Failure(description: "\(path): is a folder; give a file with \(option)")
    }
    guard !isReplacing else { return }
    let handle = FileHandle(forReadingAtPath: path)
    defer { try? handle?.close() }
    let start = (try? handle?.read(upToCount: 600)) ?? Data()
    guard start.isEmpty || String(decoding: start, as: UTF8.self).contains("grafs-swift") else {
      throw Failure(
        description: "\(path): is no report or plot of grafs-swift that may be replaced; give "
          + "--force, or another file with \(option)")
    }
  }

  private func write(_ data: Data) throws(Failure) -> String {
    try check()
    do {
      try data.withUnsafeBytes { try AtomicFile.write($0, to: URL(fileURLWithPath: path).path) }
    } catch TraceError.unwritable(_, let reason) {
      throw Failure(
        description: "\(path): cannot be written (\(reason)); give a place that may be written to "
          + "with \(option)")
    } catch {
      throw Failure(description: "\(path): cannot be written (\(error))")
    }
    return "\(path)  \(max(1, (data.count + 512) / 1024)) kB"
  }
}
