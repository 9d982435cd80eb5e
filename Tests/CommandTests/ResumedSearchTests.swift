import Files
import Foundation
import TestSupport
import Testing
import Traces

@Suite("A search that is resumed")
struct ResumedSearchTests {
  @Test("after 25 kills at random instants ends as if nothing had happened")
  func kills() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    let search = try ResumableSearch()
    var running = try search.start()
    var kills = 0
    var farthest = 0
    var steps: Set<Int> = []
    while kills < 25 {
      func random(below bound: Double) -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return bound * Double(state >> 11) * 0x1p-53
      }
      // One kill in three comes while the process starts; the others some steps later, spread over
      // the run.
      if random(below: 3) > 1 {
        let step = min(farthest + Int(random(below: 3)), 34 * (kills + 1) / 25)
        try search.waits(forStep: step, of: running)
      }
      let pause = UInt32(random(below: 100_000))
      usleep(pause)
      guard running.isRunning else { break }
      running.kill()
      kills += 1
      let comment: Comment = "seed \(seed), kill \(kills) after \(pause) µs"
      // What was once on the disk is never lost.
      let newest = search.checkpoints.last ?? 0
      #expect(newest >= farthest, comment)
      farthest = newest
      steps.insert(newest)
      let trace = search.fixture.folder.file("run/trace.h5")
      if FileManager.default.fileExists(atPath: trace.path) {
        #expect(throws: Never.self, comment) { _ = try TraceFile.read(trace) }
      }
      let hasBegun = FileManager.default.fileExists(
        atPath: search.fixture.folder.file("run/config.yaml").path)
      let threads = 1 + kills % 3
      running = try hasBegun ? search.resumed(threads: threads) : search.start(threads: threads)
    }
    let end = try running.end()
    #expect(end.status == 0, "seed \(seed): \(end.errors)")
    // The kills came at many places, not again and again while the process started.
    #expect(steps.count >= 5, "seed \(seed): kills at steps \(steps.sorted())")
    #expect(kills == 25, "seed \(seed): the search ended after \(kills) kills")
    try search.expectWhole("seed \(seed)")
  }

  @Test(
    "stops cleanly at SIGINT, SIGTERM and SIGHUP, and says how to go on",
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func signals(signal: Int32, status: Int32) throws {
    let search = try ResumableSearch()
    let running = try search.start()
    try search.waits(forStep: 5, of: running)
    running.send(signal)
    let stopped = try running.end()
    #expect(stopped.status == status && !stopped.wasKilled)
    #expect(stopped.output == "")
    #expect(
      stopped.errors == "interrupted; go on with: grafs-swift search --resume run --data-dir sets\n"
    )
    let trace = try TraceFile.read(search.fixture.folder.file("run/trace.h5"))
    #expect(trace.header.status == .interrupted)
    // The trace and the last checkpoint are of one step.
    #expect(try trace.relaxed().steps.count == search.checkpoints.last)
    #expect(search.checkpoints.count == 2)
    let end = try search.resumed(threads: 1).end()
    #expect(end.status == 0 && end.errors == "", "\(end.errors)")
    try search.expectWhole("after signal \(signal)")
    // The command and the time are those of the beginning.
    let header = try SavedRun(search.fixture.folder.file("run")).trace.header
    #expect(header.commandLine == trace.header.commandLine)
    #expect(header.commandLine.contains("--output run") && header.started == trace.header.started)
  }

  @Test("ends at once at a second SIGINT")
  func secondSignal() throws {
    // Steps of seconds: the first signal would wait for the end of one.
    let search = try ResumableSearch(
      configuration: "exact: true\naccumulation: 12\nwarm-start-epochs: 0\n")
    let running = try search.start()
    try search.waits(forStep: 0, of: running)
    usleep(100_000)
    running.send(SIGINT)
    usleep(100_000)
    #expect(running.isRunning, "a step of 24 exact passes was over in 0.2 s")
    running.send(SIGINT)
    let stopped = try running.end()
    #expect(stopped.status == 130 && stopped.errors == "")
    #expect(search.checkpoints == [0])
  }

  /// A search that was interrupted after a few steps, and its checkpoints.
  private func interrupted() throws -> ResumableSearch {
    let search = try ResumableSearch()
    let running = try search.start()
    try search.waits(forStep: 4, of: running)
    running.send(SIGINT)
    try #require(try running.end().status == 130)
    try #require(search.checkpoints.count == 2)
    return search
  }

  @Test("names a damaged checkpoint and uses the one before")
  func damagedCheckpoint() throws {
    let search = try interrupted()
    let steps = search.checkpoints
    var bytes = try Data(contentsOf: search.file(step: steps[1]))
    bytes[bytes.count / 3] ^= 1
    try bytes.write(to: search.file(step: steps[1]))
    let end = try search.resumed().end()
    #expect(end.status == 0)
    #expect(
      end.errors == "run/checkpoint-\(steps[1]).grafs: truncated or damaged, its checksum differs; "
        + "the one after step \(steps[0]) is used\n")
    try search.expectWhole("after a damaged checkpoint")
  }

  @Test("refuses options that differ, and checkpoints of which none can be used")
  func refusals() throws {
    let search = try interrupted()
    let steps = search.checkpoints
    let trace = try Data(contentsOf: search.fixture.folder.file("run/trace.h5"))
    func refusal(_ arguments: [String]) throws -> String {
      let command = try search.resumed(arguments).end()
      #expect(command.status != 0 && !command.wasKilled && command.output == "")
      return command.errors
    }
    func differs(_ names: String) -> String {
      "Error: run/config.yaml: the run has another \(names); leave out what differs, or search "
        + "anew without --resume\n"
    }
    #expect(
      try refusal(["resnet32", "--seed", "9", "--epochs", "3"]) == differs("network, seed"))
    #expect(try refusal(["--exact"]) == differs("exact"))
    #expect(
      try refusal(["--preset", "quick"])
        == differs("train-images, epochs, batch-size, race, checkpoint-seconds"))
    #expect(try refusal(["--force"]).hasPrefix("Error: --force cannot go with --resume"))
    #expect(try refusal(["--output", "b"]).hasPrefix("Error: --output cannot go with --resume"))
    // A setting changed in the file is no better.
    let file = search.fixture.folder.file("run/config.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("epochs: 3", with: "epochs: 4").utf8).write(to: file)
    let lines = try refusal([]).split(separator: "\n")
    #expect(
      lines == steps.reversed().map {
        "run/checkpoint-\($0).grafs: it is of a search with another configuration; it is not used"
      } + [
        "Error: run: none of its 2 checkpoints can be used; search again from the beginning "
          + "with --force"
      ])
    try Data(text.utf8).write(to: file)
    // Nothing was changed by all that; options that agree are fine.
    #expect(search.checkpoints == steps)
    #expect(try Data(contentsOf: search.fixture.folder.file("run/trace.h5")) == trace)
    let agreeing = ResumableSearch.options.filter { $0 != "--quiet" } + ["--output", "run"]
    let end = try search.resumed(Array(agreeing.dropFirst(2))).end()
    #expect(end.status == 0, "\(end.errors)")
    try search.expectWhole("after refusals")
  }

  @Test("says that a finished or diverged search is over")
  func over() throws {
    let search = try ResumableSearch()
    let tiny = SearchFixture.tiny + ["--output", "run", "--force"]
    _ = try BuiltCommand(["search"] + tiny, in: search.fixture.folder)
    let finished = try search.resumed().end()
    #expect(finished.status == 0 && finished.errors == "")
    #expect(
      finished.output == "run: the search has finished, nothing is left to do; see result.json\n")
    _ = try BuiltCommand(["search", "--learning-rate", "1e30"] + tiny, in: search.fixture.folder)
    let diverged = try search.resumed().end()
    #expect(diverged.status != 0 && diverged.output == "")
    #expect(
      diverged.errors
        == "Error: run: the search has diverged, nothing is left to do; see result.json\n")
    try FileManager.default.removeItem(at: search.fixture.folder.file("run"))
    let missing = try search.resumed().end()
    #expect(missing.status != 0)
    #expect(
      missing.errors == "Error: run: holds no run, there is no config.yaml; give the folder of an "
        + "interrupted search with --resume\n")
  }

  @Test("refuses other images, and a folder in which another process searches")
  func othersImagesAndProcesses() throws {
    let search = try interrupted()
    let steps = search.checkpoints
    try StripedImages(seed: 9).write(to: search.fixture.folder, as: "others/fashion-mnist")
    let images = try search.resumed(["--data-dir", "others"]).end()
    #expect(images.status != 0)
    #expect(
      images.errors.contains(
        "run/checkpoint-\(steps[1]).grafs: it is of a search on other images; it is not used\n"))
    #expect(
      images.errors.hasSuffix(
        "checkpoints can be used; give --data-dir the folder of the data that the search began "
          + "with\n"))
    let running = try search.resumed()
    try search.waits(forStep: steps[1] + 1, of: running)
    for command in [
      try search.resumed().end(),
      try BuiltCommand(
        ["search"] + ResumableSearch.options + ["--output", "run", "--force"],
        in: search.fixture.folder),
    ] {
      #expect(command.status != 0 && !command.wasKilled)
      #expect(
        command.errors
          == "Error: run: another process works in it; stop that one, or wait for its end\n")
    }
    let end = try running.end()
    #expect(end.status == 0, "\(end.errors)")
    try search.expectWhole("beside other processes")
  }

  @Test(
    "starts over, and says so, if no checkpoint was ever written, or none is left",
    arguments: [false, true])
  func noCheckpoint(hasTrace: Bool) throws {
    let search = try interrupted()
    if !hasTrace {
      try FileManager.default.removeItem(at: search.fixture.folder.file("run/trace.h5"))
    }
    for step in search.checkpoints {
      try FileManager.default.removeItem(at: search.file(step: step))
    }
    let end = try search.resumed().end()
    #expect(end.status == 0)
    let reason = hasTrace ? "its checkpoints are gone" : "no checkpoint was written yet"
    #expect(end.errors == "run: \(reason), the search starts over\n")
    let run = try SavedRun(search.fixture.folder.file("run"))
    let isSame = try run.trajectory == ResumableSearch.whole.get().run.trajectory
    #expect(isSame)
  }

  @Test("says what is so where the result of a finished one is gone, and keeps a damaged trace")
  func lostResult() throws {
    let fixture = try SearchFixture()
    let whole = try fixture.saved(["--no-compare"])
    let command = [
      "search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet", "--no-compare",
    ]
    let damaged = Array("no trace".utf8)
    for kept in [nil, "trace.h5.damaged", "trace.h5.damaged-2"] {
      try FileManager.default.removeItem(at: fixture.folder.file("run/result.json"))
      if kept != nil { try fixture.folder.write(damaged, to: "run/trace.h5") }
      let end = try BuiltCommand(command, in: fixture.folder)
      let reason =
        kept.map { "checkpoints are gone, and trace.h5 cannot be read, which is kept as \($0)" }
        ?? "result is missing and its checkpoints are gone with it"
      #expect(end.errors == "run: its \(reason); the search is done again\n")
      #expect(end.status == 0)
      let isSame = try SavedRun(fixture.folder.file("run")).trajectory == whole.trajectory
      #expect(isSame)
      guard let kept else { continue }
      #expect(try Data(contentsOf: fixture.folder.file("run/\(kept)")) == Data(damaged))
    }
  }

  @Test("goes on after a full disk")
  func fullDisk() throws {
    let search = try interrupted()
    let steps = search.checkpoints
    // A limit on the size of files, in blocks of 512 bytes, stands for the full disk.
    let end = try BuiltCommand(
      shell:
        "trap '' XFSZ; ulimit -f 1000; exec \"$0\" search --resume run --data-dir sets --quiet",
      in: search.fixture.folder)
    #expect(end.status != 0 && !end.wasKilled)
    #expect(
      end.errors.wholeMatch(
        of:
          #/
          Error:\ .*run/checkpoint-\d+\.grafs:\ cannot\ be\ written\ \(File\ too\ large\);
          \ raise\ the\ limit\ of\ the\ size\ of\ files\ \(ulimit\ -f\),
          \ then\ go\ on\ with\ --resume\ run\n
          /#
      ) != nil, "\(end.errors)")
    #expect(search.checkpoints == steps)
    #expect(
      try TraceFile.read(search.fixture.folder.file("run/trace.h5")).header.status == .failed)
    let resumed = try search.resumed().end()
    #expect(resumed.status == 0 && resumed.errors == "", "\(resumed.errors)")
    try search.expectWhole("after a full disk")
  }
}
