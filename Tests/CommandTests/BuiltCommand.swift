import Foundation
import Testing

/// The built `grafs-swift`, run as a user would run it.
struct BuiltCommand {
  let status: Int32
  let output: String
  let errors: String

  /// Where the build put the command: beside the test bundle.
  static var path: URL {
    get throws {
      let candidates = [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()]
        .compactMap { $0 } + [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
      let folders = candidates + [URL(fileURLWithPath: ".build/release")]
      let found = folders.map { $0.appendingPathComponent("grafs-swift") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      return try #require(found, "grafs-swift is not built beside the tests: \(folders)")
    }
  }

  /// Runs the command to its end.
  init(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = try Self.path
    process.arguments = arguments
    // Files, not pipes: nothing has to be read while the command runs.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["out", "err"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: files[0], encoding: .utf8)
    errors = try String(contentsOf: files[1], encoding: .utf8)
  }
}

@Suite("Command")
struct CommandTests {
  @Test("primitives lists 23 unary and 9 binary operations")
  func primitives() throws {
    let run = try BuiltCommand("primitives")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 1 + 23 + 9)
  }
}
