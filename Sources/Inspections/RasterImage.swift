import Files
import Foundation
import Processes

/// PNG of an SVG, made by `rsvg-convert`.
enum RasterImage {
  /// Converts a drawing, with three times its pixels in each direction.
  ///
  /// - Parameters:
  ///   - svg: The drawing.
  ///   - environment: Whose `PATH` is searched.
  /// - Returns: The contents of a PNG file.
  /// - Throws: `RunError` without the converter, or if it fails.
  static func png(
    of svg: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Data {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let found = folders.map { ($0 as NSString).appendingPathComponent("rsvg-convert") }
      .first(where: FileManager.default.isExecutableFile)
    guard let found else {
      throw RunError(
        "PNG needs rsvg-convert, which was not found",
        cure: "install it (Debian: apt install librsvg2-bin), or give a name that ends in .svg")
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("grafs-swift-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, target) = (
      folder.appendingPathComponent("plot.svg"), folder.appendingPathComponent("plot.png")
    )
    try Data(svg.utf8).write(to: source)
    let process = try ChildProcess(
      URL(fileURLWithPath: found), ["--zoom", "3", "--output", target.path, source.path],
      output: .descriptor(STDERR_FILENO))
    guard process.wait() == 0, let data = try? Data(contentsOf: target), !data.isEmpty
    else {
      throw RunError(
        "rsvg-convert has failed",
        cure: "give a name that ends in .svg")
    }
    return data
  }
}
