import Foundation
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
  @Test(
    "is the committed text, whole",
    arguments: [
      ("grafs-swift", []), ("search", ["search"]), ("inspect", ["inspect"]),
      ("evaluate", ["evaluate"]), ("export", ["export"]), ("primitives", ["primitives"]),
      ("data", ["data"]), ("bench", ["bench"]),
    ])
  func text(name: String, command: [String]) throws {
    let folder = try #require(Bundle.module.url(forResource: "Help", withExtension: nil))
    let expected = try String(
      contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    for arguments in [command + ["--help"], command + ["-h"], ["help"] + command] {
      let run = try BuiltCommand(arguments)
      #expect(run.status == 0)
      #expect(run.errors == "")
      // `help` lists no `--help`.
      let isWhole = arguments.first != "help" || command.isEmpty
      if isWhole { #expect(run.output == expected) }
    }
    #expect(expected.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(expected.contains("EXAMPLES\n"))
  }

  @Test("no command at all gives the same as --help")
  func noCommand() throws {
    let run = try BuiltCommand([])
    #expect(run.status == 0)
    #expect(try run.output == BuiltCommand(["--help"]).output)
  }

  @Test("--version is a version")
  func version() throws {
    let run = try BuiltCommand(["--version"])
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    #expect(run.errors == "")
  }

  @Test(
    "that cannot be written is one line",
    arguments: ["--help", "--version", "help search", "search --help", ""])
  func fullDevice(arguments: String) throws {
    let run = try BuiltCommand(shell: "\"$0\" \(arguments) > /dev/full")
    #expect(run.status == 1 && run.errorLines.count == 2, "\(run.status): \(run.errors)")
    #expect(run.errors.hasPrefix("Error: standard output: cannot be written (No space left"))
  }
}
