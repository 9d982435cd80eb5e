import Foundation
import TestSupport
import Testing

/// Standard output and error that others close.
@Suite("Streams")
struct StreamTests {
  @Test("a reader that has seen enough is no accident", arguments: ["primitives", "search --help"])
  func closedPipe(arguments: String) throws {
    let run = try BuiltCommand(shell: "\"$0\" \(arguments) | head -n 1")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors == "")
    let none = try BuiltCommand(shell: "\"$0\" \(arguments) | true")
    #expect(none.status == 0)
    #expect(none.output == "")
    #expect(none.errors == "")
  }

  @Test(
    "a full disk under standard output is a failure of one line",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: ["primitives", "data", "export silu --to c"])
  func fullDisk(arguments: String) throws {
    let run = try BuiltCommand(shell: "\"$0\" \(arguments) > /dev/full")
    #expect(run.status == 1)
    #expect(
      run.errors == "Error: standard output: cannot be written (No space left on device); "
        + "make room, or send it elsewhere\n")
  }

  @Test("a search goes on where standard error is closed")
  func closedErrors() throws {
    let fixture = try SearchFixture()
    let options = SearchFixture.tiny.filter { $0 != "--quiet" }.joined(separator: " ")
    let run = try BuiltCommand(
      shell: "\"$0\" search \(options) --output run 2>&-", in: fixture.folder)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("outcome              finished\n"))
    _ = try SavedRun(fixture.folder.file("run"))
  }

  @Test("a search goes on where the reader of standard error has left", arguments: [0, 1])
  func readErrors(lines: Int) throws {
    let fixture = try SearchFixture()
    let options = SearchFixture.tiny.filter { $0 != "--quiet" }.joined(separator: " ")
    let run = try BuiltCommand(
      shell: "{ \"$0\" search \(options) --output run; echo $? > status; } 2>&1 >/dev/null "
        + "| head -n \(lines)", in: fixture.folder)
    #expect(run.output.split(separator: "\n").count == lines)
    #expect(try String(contentsOf: fixture.folder.file("status"), encoding: .utf8) == "0\n")
    #expect(try SavedRun(fixture.folder.file("run")).trace.header.status == .finished)
  }

  @Test("who follows a run without a reader ends, as others do")
  func followed() throws {
    let fixture = try SearchFixture()
    _ = try fixture.saved([])
    let run = try BuiltCommand(
      shell: "{ sleep 1; \"$0\" inspect run --follow; echo $? > status; } | true",
      in: fixture.folder)
    #expect(run.errors == "")
    #expect(try String(contentsOf: fixture.folder.file("status"), encoding: .utf8) == "141\n")
  }
}
