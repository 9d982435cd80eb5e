import Files
import Foundation
import Reports
import Runs

/// A file for a report or a plot: written as a whole or not at all, and nobody else's replaced.
/// Pipes and devices are written as they stand.
public struct OutputFile: Sendable {
  private let path: String
  private let isReplacing: Bool
  private let option: String

  /// Names the file.
  ///
  /// - Parameters:
  ///   - path: Where it goes.
  ///   - replacing: Whether other files may be replaced than this program's pages by pages and SVG
  ///     by SVG, which say at their beginning what they are. Those of a run never are.
  ///   - option: Which option named it, for the cure of failures.
  public init(_ path: String, replacing: Bool, option: String) {
    self.path = path
    isReplacing = replacing
    self.option = option
  }

  /// How this program's files of a kind begin.
  private enum Beginning {
    static let page = ReportPage.beginning + "grafs-swift "
    static let svg = VectorDrawing.beginning + "grafs-swift "
  }

  /// Writes a page.
  ///
  /// - Parameter html: The contents.
  /// - Returns: A line that says so; nil of a pipe or device, which may be where lines go.
  /// - Throws: `RunError`.
  public func write(page html: String) throws(RunError) -> String? {
    try write(Data(html.utf8), over: Beginning.page)
  }

  /// Writes a drawing as SVG or PNG, as the file's name asks for; into a pipe or device whose name
  /// asks for nothing as SVG.
  ///
  /// - Parameter svg: The drawing.
  /// - Returns: A line that says so; nil of a pipe or device.
  /// - Throws: `RunError` if the name ends otherwise, or there is no converter, too.
  public func write(plot svg: String) throws(RunError) -> String? {
    let ending = (path as NSString).pathExtension.lowercased()
    switch ending {
    case "" where try !target().isFile, "svg":
      return try write(Data(svg.utf8), over: Beginning.svg)
    case "png":
      // Nothing in a PNG says whose it is.
      try check(over: nil)
      let picture: Data
      do {
        picture = try RasterImage.png(of: svg)
      } catch let failure as RunError {
        throw RunError("\(path): \(failure.problem)", cure: failure.cure)
      } catch {
        throw RunError(
          "\(path): cannot be made (\(error))",
          cure: "give the command again")
      }
      return try write(picture, over: nil)
    default:
      throw RunError(
        "\(path): plots are SVG or PNG",
        cure: "give a name that ends in .svg or .png")
    }
  }

  /// Refuses to replace what is not this program's to replace.
  ///
  /// - Parameter beginning: How files begin that may be replaced unasked; nil if none may.
  /// - Throws: `RunError`.
  private func check(over beginning: String?) throws(RunError) {
    let target = try target()
    if target == .folder {
      throw RunError(
        "\(path): is a folder",
        cure: "give a file with \(option)")
    }
    guard case .file(let place) = target, FileManager.default.fileExists(atPath: place) else {
      return
    }
    if RunFolder.hasNameOfRun(place) {
      throw RunError(
        "\(path): belongs to a run and is never replaced", cure: "give another file with \(option)")
    }
    guard !isReplacing else { return }
    guard let beginning, begins(place, with: beginning) else {
      throw RunError(
        "\(path): is not known to be a file that grafs-swift wrote with \(option)",
        cure: "give --force, or another file with \(option)")
    }
  }

  /// Whether the file that is there begins so, or is empty.
  private func begins(_ place: String, with beginning: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: place) else { return false }
    defer { try? handle.close() }
    let bytes = Data(beginning.utf8)
    do {
      // Nil is the end of an empty file.
      let start = try handle.read(upToCount: bytes.count) ?? Data()
      return start.isEmpty || start == bytes
    } catch {
      return false
    }
  }

  private func target() throws(RunError) -> OutputTarget {
    do { return try OutputTarget(of: path) } catch { throw unwritable(error) }
  }

  private func write(_ data: Data, over beginning: String?) throws(RunError) -> String? {
    try check(over: beginning)
    do {
      try data.withUnsafeBytes { try AtomicFile.write($0, to: path) }
    } catch let error as UnwritableFile {
      throw unwritable(error)
    } catch {
      throw RunError(
        "\(path): cannot be written (\(error))",
        cure: "give the command again")
    }
    let size = "\(path)  \(max(1, (data.count + 512) / 1024)) kB"
    return try target().isFile ? size : nil
  }

  private func unwritable(_ error: UnwritableFile) -> RunError {
    RunError(
      UnwritableFile(file: path, reason: error.reason),
      cure: "give a place that may be written to with \(option)")
  }
}
