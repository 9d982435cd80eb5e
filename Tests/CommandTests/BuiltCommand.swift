import Foundation
import TestSupport
import Testing

/// The built `grafs-swift`, run as a user would run it, and what it said.
struct BuiltCommand {
  /// The exit status; of a killed process the signal.
  let status: Int32
  /// Whether a signal ended it.
  let wasKilled: Bool
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String

  /// Standard error, line by line.
  var errorLines: [Substring] { errors.split(separator: "\n", omittingEmptySubsequences: false) }

  /// Runs the command to its end.
  ///
  /// - Parameters:
  ///   - arguments: What stands behind the command's name.
  ///   - folder: The working folder; an empty one if nil.
  ///   - environment: Variables besides the tests' own; `GRAFS_DATA` is set only here.
  /// - Throws: What starting a process throws.
  init(
    _ arguments: [String], in folder: TemporaryFolder? = nil, environment: [String: String] = [:]
  ) throws {
    let running = try RunningCommand(
      Self.path, arguments, in: folder ?? TemporaryFolder(), environment: environment)
    self = try running.end()
  }

  /// Runs a line of a shell, in which `"$0"` is the command.
  init(shell line: String, in folder: TemporaryFolder? = nil) throws {
    let running = try RunningCommand(
      URL(fileURLWithPath: "/bin/sh"), ["-c", line, Self.path.path],
      in: folder ?? TemporaryFolder())
    self = try running.end()
  }

  fileprivate init(_ process: Process, output: URL, errors: URL) throws {
    status = process.terminationStatus
    wasKilled = process.terminationReason == .uncaughtSignal
    self.output = try String(contentsOf: output, encoding: .utf8)
    self.errors = try String(contentsOf: errors, encoding: .utf8)
  }

  /// Where the build put the command: beside the test bundle.
  static var path: URL {
    get throws {
      let arguments = URL(fileURLWithPath: CommandLine.arguments[0])
      let folders = [
        Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent(),
        arguments.deletingLastPathComponent(), URL(fileURLWithPath: ".build/release"),
      ]
      let found = folders.compactMap { $0?.appendingPathComponent("grafs-swift") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      return try #require(found, "grafs-swift is not built beside the tests: \(folders)")
    }
  }
}

/// A command that may still run.
final class RunningCommand {
  private let process = Process()
  // Files, not pipes: nothing has to be read while the command runs.
  private let reports: TemporaryFolder
  /// Kept for as long as the command may need it.
  private let folder: TemporaryFolder

  /// Starts a program.
  init(
    _ program: URL, _ arguments: [String], in folder: TemporaryFolder,
    environment: [String: String] = [:]
  ) throws {
    reports = try TemporaryFolder()
    self.folder = folder
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    var variables = ProcessInfo.processInfo.environment
    variables["GRAFS_DATA"] = nil
    variables["COLUMNS"] = "80"
    // Set in this process by tests of processes; a command must not end with one of its threads.
    variables["GRAFS_SWIFT_PARENT"] = nil
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: file("out"))
    process.standardError = try FileHandle(forWritingTo: file("err"))
    try process.run()
  }

  deinit { kill() }

  private func file(_ name: String) throws -> URL {
    let url = reports.file(name)
    if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
    return url
  }

  /// Whether it has not ended yet.
  var isRunning: Bool { process.isRunning }

  /// Ends it at once, as `kill -9` does.
  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Sends it a signal.
  func send(_ signal: Int32) {
    if process.isRunning { Foundation.kill(process.processIdentifier, signal) }
  }

  /// Waits for its end.
  func end() throws -> BuiltCommand {
    process.waitUntilExit()
    return try BuiltCommand(process, output: file("out"), errors: file("err"))
  }
}
