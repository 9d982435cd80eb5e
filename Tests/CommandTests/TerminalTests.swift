import Foundation
import TestSupport
import Testing

/// What reaches a terminal: no line that a text from outside has broken, no escape sequence where
/// none is wanted.
@Suite("Terminals")
struct TerminalTests {
  private static let nasty = "\u{1B}[31mred\n\u{9B}2J\u{202E}\u{2028}x"

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "\n" || ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
    }
  }

  /// Arguments, each with a text that would command a terminal.
  static let arguments: [[String]] = [
    ["export", "stage0:\(nasty)", "--to", "text"], ["export", "relu", "--to", nasty],
    ["export", "relu", "--to", "c", "--output", "no/\(nasty)"], ["inspect", nasty],
    ["inspect", "sets", "--csv", nasty], ["evaluate", "relu", "--network", nasty],
    ["evaluate", "runs/\(nasty)"], ["evaluate", "relu", "--baselines", nasty],
    ["search", nasty], ["search", "--data", nasty], ["search", "--data-dir", nasty],
    ["search", "--set", "\(nasty)=3"], ["search", "--set", "epochs=\(nasty)"],
    ["search", "--config", nasty], ["search", "--epochs", nasty], ["search", "--\(nasty)"],
    ["search", "--preset", nasty], ["search", "--method", nasty], ["search", "--resume", nasty],
    ["search", "a", nasty], ["data", nasty], ["data", "--data-dir", nasty], [nasty],
    ["help", nasty], ["bench", "--rounds", nasty], ["primitives", nasty],
  ]

  @Test("an argument cannot break the line that names it", arguments: arguments)
  func inArguments(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try BuiltCommand(arguments, in: folder)
    #expect(run.status != 0 && run.output == "")
    #expect(run.errorLines.count == 2 && run.errors.hasPrefix("Error: "), "\(run.errors)")
    #expect(isHarmless(run.errors), "\(run.errors)")
    #expect(try folder.names == [])
  }

  @Test(
    "nor can a configuration file",
    arguments: [
      "\"\\e[31mred\\n\": 3\n", "epochs: \"\\e[31mred\\nblue\"\n", "network: \"\\e[2Jx\"\n",
      "\u{1B}[2J", "a: [\n\u{1B}", "operations: [\"\\e[31m\", relu]\n", "data: \"a\\nb\"\n",
    ])
  func inConfigurations(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(text.utf8), to: "c\u{1B}.yaml")
    let run = try BuiltCommand(["search", "--config", "c\u{1B}.yaml"], in: folder)
    #expect(run.status == 1 && run.output == "")
    #expect(run.errorLines.count == 2 && isHarmless(run.errors), "\(run.errors)")
  }

  @Test("a folder's name is harmless in progress, results and the line that goes on")
  func inNames() throws {
    let fixture = try SearchFixture()
    let name = "a\u{1B}[31m\nb"
    try FileManager.default.moveItem(
      at: fixture.folder.file("sets"), to: fixture.folder.file(name))
    let tiny = SearchFixture.tiny.filter { $0 != "--quiet" }.map { $0 == "sets" ? name : $0 }
    let run = try BuiltCommand(
      ["search", "lenet5"] + tiny + ["--output", "run\u{1B}[2J"], in: fixture.folder)
    #expect(run.status == 0 && run.errors.contains("a�[31m�b"), "\(run.errors)")
    #expect(isHarmless(run.errors) && isHarmless(run.output))
    let data = try BuiltCommand(["data", "--data-dir", name], in: fixture.folder)
    #expect(data.status == 0 && isHarmless(data.output))
    let seen = try BuiltCommand(["inspect", "run\u{1B}[2J"], in: fixture.folder)
    #expect(seen.status == 0 && isHarmless(seen.output))
  }

  /// What a command writes on a terminal.
  private func seen(
    _ line: String, in folder: TemporaryFolder, _ variables: String
  ) throws -> String {
    let command = try BuiltCommand.path.path
    let run = try BuiltCommand(
      shell: "env -u NO_COLOR \(variables) script -qec \"\(command) \(line)\" /dev/null", in: folder
    )
    #expect(run.status == 0, "\(run.output)")
    return run.output
  }

  @Test(
    "escape sequences are for terminals that know them, and users who want them",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"),
      "script (bsdutils) makes terminals for this test"))
  func escapes() throws {
    let fixture = try SearchFixture()
    let tiny = SearchFixture.tiny.filter { $0 != "--quiet" }.joined(separator: " ")
    for (number, (variables, isColored)) in [
      ("TERM=xterm", true), ("TERM=dumb", false), ("TERM=", false), ("TERM=xterm NO_COLOR=", true),
      ("TERM=xterm NO_COLOR=1", false), ("TERM=xterm NO_COLOR=0", false),
    ].enumerated() {
      for line in [
        "search lenet5 \(tiny) --no-compare --epochs 3 --output run\(number)",
        "inspect run\(number)", "inspect run\(number) --follow", "data --data-dir sets",
        "search --resume run\(number) --no-compare",
      ] {
        let text = try seen(line, in: fixture.folder, variables)
        let hasEscapes = text.contains("\u{1B}")
        let isPlain = line.hasPrefix("data") || line.hasPrefix("search --resume")
        #expect(hasEscapes == (isColored && !isPlain), "\(variables) \(line): \(text)")
      }
    }
  }
}
