import Foundation
import TestSupport
import Testing

/// Where commands write: links, pipes, devices, and places where nothing can be written.
@Suite("Output")
struct OutputTests {
  private let fixture: SearchFixture

  init() throws {
    fixture = try SearchFixture()
    _ = try fixture.saved(["--no-compare"])
  }

  /// Every command that writes a file where an option says, without the file.
  static let writers = [
    "inspect run --report", "inspect run --plot", "export silu --to c --output",
    "evaluate silu --baselines none --network lenet5 --data-dir sets --train-images 16 "
      + "--batch-size 8 --epochs 1 --seeds 1 --threads 1 --quiet --output evaluation --csv",
    "evaluate silu --baselines none --network lenet5 --data-dir sets --train-images 16 "
      + "--batch-size 8 --epochs 1 --seeds 1 --threads 1 --quiet --output evaluation --hdf5",
  ]

  private func shell(_ line: String) throws -> BuiltCommand {
    try BuiltCommand(shell: "timeout -s KILL 60 \(line)", in: fixture.folder)
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: fixture.folder.file(name))
  }

  @Test("goes into pipes, named ones too, as into files", arguments: writers)
  func pipes(writer: String) throws {
    // The plot's name says what it shall be.
    let file = "file.svg"
    try #require(mkfifo(fixture.folder.file("pipe.svg").path, 0o600) == 0)
    for line in [
      "\"$0\" \(writer) \(file) > lines",
      "sh -c '\"$0\" \(writer) /dev/stdout | cat > standard' \"$0\"",
      "sh -c 'cat pipe.svg > named & \"$0\" \(writer) pipe.svg > rest; wait' \"$0\"",
      "\"$0\" \(writer) /dev/fd/7 7> open > rest",
    ] {
      let run = try shell(line)
      #expect(run.status == 0 && run.errors == "", "\(line): \(run.errors)")
    }
    let whole = try bytes(file)
    #expect(!whole.isEmpty)
    // Alone, without the report of an evaluation.
    #expect(try bytes("standard") == whole)
    #expect(try bytes("named") == whole)
    #expect(try bytes("open") == whole)
    var status = stat()
    try #require(lstat(fixture.folder.file("pipe.svg").path, &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFIFO)
    #expect(try !fixture.folder.names.contains { $0.hasSuffix(".partial") })
  }

  @Test(
    "to standard output stands there alone, by whichever name",
    arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
  func standardOutput(name: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: fixture.folder.file("link").path, withDestinationPath: "/dev/stdout")
    let writer = try #require(Self.writers.first { $0.hasSuffix("--csv") })
    for end in ["> table", "| cat > table"] {
      let run = try shell("sh -c '\"$0\" \(writer) \(name) \(end)' \"$0\"")
      #expect(run.status == 0 && run.errors == "", "\(end): \(run.errors)")
      let table = String(decoding: try bytes("table"), as: UTF8.self)
      #expect(table.hasPrefix("function,") && !table.contains("results: "), "\(end): \(table)")
    }
  }

  @Test("goes through links, which stay", arguments: writers)
  func links(writer: String) throws {
    let files = FileManager.default
    try fixture.folder.write([], to: "there/a.svg")
    for (link, target) in [("link.svg", "second.svg"), ("second.svg", "there/a.svg")] {
      try files.createSymbolicLink(
        atPath: fixture.folder.file(link).path, withDestinationPath: target)
    }
    let force = writer.hasPrefix("export") ? "--force" : ""
    let run = try shell("\"$0\" \(writer) link.svg \(force)")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try !bytes("there/a.svg").isEmpty)
    for (link, target) in [("link.svg", "second.svg"), ("second.svg", "there/a.svg")] {
      let found = try files.destinationOfSymbolicLink(atPath: fixture.folder.file(link).path)
      #expect(found == target)
    }
  }

  @Test("a link to a run's file keeps that from being replaced", arguments: writers)
  func linksToRuns(writer: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: fixture.folder.file("page.svg").path, withDestinationPath: "run/trace.h5")
    let before = try bytes("run/trace.h5")
    let force = writer.hasPrefix("evaluate") ? "" : "--force"
    let run = try shell("\"$0\" \(writer) page.svg \(force)")
    #expect(run.status == 1 && run.errorLines.count == 2, "\(run.errors)")
    #expect(try bytes("run/trace.h5") == before)
  }

  @Test("to a full device or a socket is one line", arguments: writers)
  func failures(writer: String) throws {
    let run = try shell("\"$0\" \(writer) /dev/full")
    #expect(run.status == 1 && run.errorLines.count == 2)
    #expect(run.errors.contains("/dev/full"), "\(run.errors)")
    #expect(run.errors.contains("No space left on device"), "\(run.errors)")
    let none = try shell("\"$0\" \(writer) ''")
    #expect(none.status == 1 && none.errorLines.count == 2, "\(none.errors)")
    let null = try shell("\"$0\" \(writer) /dev/null")
    #expect(null.status == 0 && null.errors == "")
    var status = stat()
    try #require(stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
    #expect(!FileManager.default.fileExists(atPath: "/dev/null-runs"))
  }

  @Test("a table replaces tables of evaluations alone", arguments: writers.suffix(2))
  func tables(writer: String) throws {
    let isCSV = writer.hasSuffix("--csv")
    let (own, other) = isCSV ? ("a.csv", "a.h5") : ("a.h5", "a.csv")
    for _ in 0..<2 { #expect(try shell("\"$0\" \(writer) \(own)").status == 0) }
    let maker = try #require(Self.writers.suffix(2).first { $0 != writer })
    #expect(try shell("\"$0\" \(maker) \(other)").status == 0)
    try fixture.folder.write(Array("age,height\n3,1.2\n".utf8), to: "mine.csv")
    try fixture.folder.write(Array("age,height\n3,1.2\n".utf8), to: "t-runs.csv")
    try fixture.folder.write(Array("epochs: 1\n".utf8), to: "c.yaml")
    try fixture.folder.write(Array(bytes("run/trace.h5")), to: "copy.h5")
    let labels = "sets/fashion-mnist/train-labels-idx1-ubyte"
    for input in ["mine.csv", "c.yaml", "copy.h5", other, labels] + (isCSV ? ["t.csv"] : []) {
      let file = input == "t.csv" ? "t-runs.csv" : input
      let before = try bytes(file)
      let run = try shell("\"$0\" \(writer) \(input) --config c.yaml")
      #expect(run.status == 1 && run.errorLines.count == 2, "\(run.errors)")
      #expect(
        run.errors.contains("\(file) is there already, and is no table of an evaluation; remove"),
        "\(run.errors)")
      #expect(try bytes(file) == before)
    }
  }

  @Test("the trace that is inspected is not replaced, not even with --force")
  func inspected() throws {
    for name in ["copy.h5", "copy.svg"] {
      try fixture.folder.write(Array(bytes("run/trace.h5")), to: name)
      try FileManager.default.createSymbolicLink(
        atPath: fixture.folder.file("link-\(name)").path, withDestinationPath: name)
      let before = try bytes(name)
      for (option, output) in [("--report", "./\(name)"), ("--plot", "link-\(name)")] {
        let run = try shell("\"$0\" inspect \(name) \(option) \(output) --force")
        #expect(run.status == 1 && run.errorLines.count == 2, "\(run.errors)")
        #expect(run.errors.contains("\(option): \(output) is the trace that is inspected"))
        #expect(try bytes(name) == before)
      }
    }
  }

  /// Folders that cannot be, as `prepare` makes them, and what is said.
  static let places = [
    ("notes.txt", "notes.txt: is a file"), ("notes.txt/run", "Not a directory"),
    ("lost", "lost: is a link that leads nowhere"), ("lost/run", "a link that leads nowhere"),
    ("''", "--output: names no folder"), ("circle", "Too many levels of symbolic links"),
    ("/proc/grafs/run", "No such file or directory"), ("/dev/null", "/dev/null: is a file"),
  ]

  @Test("to a folder that cannot be is refused by plans too", arguments: places)
  func folders(name: String, expected: String) throws {
    try fixture.folder.write([1], to: "notes.txt")
    for (link, target) in [("lost", "nowhere"), ("circle", "circle")] {
      try FileManager.default.createSymbolicLink(
        atPath: fixture.folder.file(link).path, withDestinationPath: target)
    }
    let names = try fixture.folder.names
    let training = SearchFixture.training.joined(separator: " ")
    let tiny = SearchFixture.tiny.joined(separator: " ")
    for command in [
      "search lenet5 \(tiny)", "search lenet5 \(tiny) --seeds 2", "search lenet5 \(tiny) --dry-run",
      "evaluate silu --network lenet5 \(training)",
      "evaluate silu --network lenet5 \(training) --dry-run",
    ] {
      let run = try shell("\"$0\" \(command) --output \(name)")
      #expect(run.status == 1 && run.output == "" && run.errorLines.count == 2, "\(run.errors)")
      #expect(run.errors.contains(expected) && run.errors.contains("--output"), "\(run.errors)")
      #expect(try fixture.folder.names == names)
    }
  }
}
