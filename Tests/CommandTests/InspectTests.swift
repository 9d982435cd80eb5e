import Foundation
import TestSupport
import Testing
import Traces

@Suite("inspect")
struct InspectTests {
  private let fixture: SearchFixture

  init() throws {
    fixture = try SearchFixture()
    _ = try fixture.saved([])
  }

  private func inspect(_ arguments: String...) throws -> BuiltCommand {
    try BuiltCommand(["inspect"] + arguments, in: fixture.folder)
  }

  @Test("of a run, its trace, or a copy of it shows what happened, in 80 columns")
  func text() throws {
    try FileManager.default.copyItem(
      at: fixture.folder.file("run/trace.h5"), to: fixture.folder.file("copy.h5"))
    for path in ["run", "run/", "run/trace.h5", "copy.h5"] {
      let run = try inspect(path)
      #expect(run.status == 0 && run.errors == "")
      for part in ["resnet20 on fashion-mnist, seed 0", "finished", "over 3 steps", "b1", "epoch "]
      {
        #expect(run.output.contains(part), "\(part) is missing in\n\(run.output)")
      }
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      // Not a terminal: no color.
      #expect(!run.output.contains("\u{1B}"))
    }
  }

  @Test("--json is JSON of what result.json and trace.h5 say")
  func json() throws {
    let run = try inspect("run", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let json = try #require(object)
    let saved = try SavedRun(fixture.folder.file("run"))
    #expect(json["expression"] as? String == saved.result("expression"))
    #expect(json["steps"] as? Int == 3)
    #expect((json["slots"] as? [Any])?.count == saved.relaxed.slots.count)
    #expect((json["drops"] as? [Any])?.count == saved.relaxed.drops.count)
  }

  @Test(
    "--csv prints a table",
    arguments: [
      ("steps", 4), ("epochs", 2), ("slots", 111), ("alpha", 4), ("weights", 4), ("mask", 4),
      ("concentration", 4), ("beta", 4), ("genotype", 2), ("curve", 258),
    ])
  func csv(table: String, lines: Int) throws {
    let run = try inspect("run", "--csv", table)
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output.split(separator: "\n").count == lines)
  }

  @Test("--report and --plot write files, and replace only their own")
  func files() throws {
    let run = try inspect("run", "--report", "page.html", "--plot", "curve.svg")
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output.wholeMatch(of: /page\.html  \d+ kB\ncurve\.svg  \d+ kB\n/) != nil)
    let page = try String(contentsOf: fixture.folder.file("page.html"), encoding: .utf8)
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    let curve = try Data(contentsOf: fixture.folder.file("curve.svg"))
    #expect(try inspect("run", "--report", "page.html").status == 0)
    #expect(try inspect("run", "--plot", "curve.svg", "--plot-of", "weights").status == 0)
    #expect(try Data(contentsOf: fixture.folder.file("curve.svg")) != curve)
    try fixture.folder.write(Array("<p>mine</p>".utf8), to: "mine.html")
    let refused = try inspect("run", "--report", "mine.html")
    #expect(refused.status != 0 && refused.errorLines.count == 2 && refused.output == "")
    #expect(refused.errors.contains("mine.html: ") && refused.errors.contains("--force"))
    #expect(try inspect("run", "--report", "mine.html", "--force").status == 0)
    #expect(try fixture.folder.names.contains { $0.hasSuffix(".partial") } == false)
  }

  @Test("--plot of PNG asks rsvg-convert, or says how to get it")
  func raster() throws {
    let none = try BuiltCommand(
      ["inspect", "run", "--plot", "a.png"], in: fixture.folder, environment: ["PATH": "nowhere"])
    #expect(none.status != 0 && none.errorLines.count == 2)
    #expect(none.errors.contains("a.png: PNG needs rsvg-convert"))
    #expect(none.errors.contains("librsvg2-bin"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert") else {
      return print("rsvg-convert is not installed (apt install librsvg2-bin): no PNG is tested")
    }
    #expect(try inspect("run", "--plot", "a.png", "--plot-of", "losses").status == 0)
    let bytes = try Data(contentsOf: fixture.folder.file("a.png"))
    #expect(bytes.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    // Width and height in its header: three times 460 × 250.
    #expect([UInt8](bytes[16..<24]) == [0, 0, 0x05, 0x64, 0, 0, 0x02, 0xEE])
  }

  @Test(
    "what cannot be shown gives one line that names it and the cure",
    arguments: [
      BadInput("nowhere", "nowhere: there is no such file or folder", "trace.h5"),
      BadInput("sets", "sets: holds no run, there is no trace.h5"),
      BadInput("seeds", "seeds: holds the runs of 2 seeds", "seeds/seed-0"),
      BadInput("run/config.yml", "run/config.yml: not an HDF5 file"),
      BadInput("empty/trace.h5", "empty/trace.h5: not an HDF5 file"),
      BadInput("cut", "cut/trace.h5: truncated or damaged"),
      BadInput("run --csv weigths", "there is no table 'weigths'; did you mean 'weights'?"),
      BadInput("run --plot a.svg --plot-of los", "no plot 'los'; did you mean 'losses'?"),
      BadInput("run --plot a.pdf", "a.pdf: plots are SVG or PNG"),
      BadInput("run --report nowhere/a.html", "nowhere/a.html: cannot be written", "--report"),
      BadInput(
        "run --report run/trace.h5 --force", "run/trace.h5 is the trace that is inspected",
        "--report"),
      BadInput("run --report a.svg --plot ./a.svg", "--report and --plot name the same file"),
      BadInput("run --report sets", "sets: is a folder"),
      BadInput("run --json --csv steps", "--json and --csv cannot go together"),
      BadInput("run --follow --json", "--json and --follow cannot go together"),
      BadInput("run --follow --report a.html", "--follow cannot go with --report"),
      BadInput("run --plot-of curve", "--plot-of needs --plot"),
      BadInput("run --force", "--force needs --report or --plot"),
    ])
  func refusal(input: BadInput) throws {
    let whole = try Data(contentsOf: fixture.folder.file("run/trace.h5"))
    try fixture.folder.write([UInt8](whole.prefix(whole.count / 2)), to: "cut/trace.h5")
    try fixture.folder.write([], to: "empty/trace.h5")
    try fixture.folder.write(Array("epochs: 3\n".utf8), to: "run/config.yml")
    for seed in 0..<2 { try fixture.folder.write([], to: "seeds/seed-\(seed)/trace.h5") }
    let run = try BuiltCommand(["inspect"] + input.arguments, in: fixture.folder)
    #expect(run.status != 0 && !run.wasKilled && run.output == "")
    #expect(run.errorLines.count == 2 && run.errors.hasPrefix("Error: "), "\(run.errors)")
    for text in input.expected { #expect(run.errors.contains(text), "\(run.errors)") }
  }

  @Test("a file without a name is refused", arguments: ["--report", "--plot"])
  func noName(option: String) throws {
    let run = try inspect("run", option, "")
    #expect(run.status == 1 && run.output == "" && run.errorLines.count == 2)
    #expect(run.errors.hasPrefix("Error: \(option): names no file; give one, such as "))
  }

  @Test("PNG that cannot be written says so once")
  func unwritableRaster() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert") else {
      return print("rsvg-convert is not installed (apt install librsvg2-bin): no PNG is tested")
    }
    let run = try inspect("run", "--plot", "nowhere/a.png")
    #expect(run.status == 1 && run.errorLines.count == 2)
    #expect(run.errors.hasPrefix("Error: nowhere/a.png: cannot be written (No such file"))
    #expect(run.errors.matches(of: /nowhere\/a\.png/).count == 1)
  }

  @Test("--follow of a copy of an unfinished search is refused at once")
  func followedCopy() throws {
    let trace = try TraceFile.read(fixture.folder.file("run/trace.h5"))
    var header = trace.header
    header.status = .running
    try TraceFile.publish(
      Trace(header: header, configuration: trace.configuration, record: trace.record),
      to: fixture.folder.file("copy.h5"))
    let follower = try RunningCommand(
      BuiltCommand.path, ["inspect", "copy.h5", "--follow"], in: fixture.folder)
    let end = ContinuousClock.now + .seconds(20)
    while follower.isRunning, ContinuousClock.now < end { usleep(50_000) }
    if follower.isRunning { follower.kill() }
    let run = try follower.end()
    #expect(run.status == 1 && run.output == "" && run.errorLines.count == 2)
    #expect(run.errors.hasPrefix("Error: copy.h5: is a copy of the trace of an unfinished search"))
  }

  @Test("--follow shows every epoch and ends with the run; a killed one is called so")
  func follow() throws {
    let search = try RunningCommand(
      BuiltCommand.path,
      ["search"] + SearchFixture.tiny + ["--output", "long", "--epochs", "2000"],
      in: fixture.folder)
    let trace = fixture.folder.file("long/trace.h5")
    func epochs() -> Int { (try? TraceFile.read(trace))?.trajectory?.epochs.count ?? 0 }
    func waitForEpoch(after last: Int) throws {
      let end = ContinuousClock.now + .seconds(60)
      while epochs() <= last {
        try #require(ContinuousClock.now < end && search.isRunning)
        usleep(50_000)
      }
    }
    try waitForEpoch(after: 0)
    #expect(try inspect("long").output.contains("  running\n"))
    let follower = try RunningCommand(
      BuiltCommand.path, ["inspect", "long", "--follow"], in: fixture.folder)
    try waitForEpoch(after: epochs() + 1)
    #expect(follower.isRunning)
    search.kill()
    let shown = try follower.end()
    let lines = shown.output.split(separator: "\n")
    #expect(lines.count >= 2 && lines.last == "killed")
    // Every epoch once, in order.
    let numbers = lines.dropLast().map { $0.split(separator: " ")[1] }
    #expect(numbers == lines.dropLast().indices.map { Substring("\($0)") })
    #expect(shown.status == 1 && shown.errorLines.count == 2)
    #expect(shown.errors.contains("long: ") && shown.errors.contains("search --resume long"))
    let killed = try inspect("long")
    #expect(killed.status == 0 && killed.output.contains("killed, it stopped without a word\n"))
    let finished = try inspect("run", "--follow")
    #expect(finished.status == 0 && finished.output.contains("\nfinished: "))
  }
}
