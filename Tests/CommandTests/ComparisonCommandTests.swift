import Files
import Foundation
import TestSupport
import Testing
import Traces

@Suite("The comparison after a search")
struct ComparisonCommandTests {
  @Test(
    "killed or told to stop in the comparison it is finished, and --resume does only that",
    arguments: [SIGKILL, SIGINT, SIGTERM])
  func comparison(signal: Int32) throws {
    let search = try ResumableSearch()
    let running = try search.start()
    let file = search.fixture.folder.file("run/result.json")
    let end = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: file.path) {
      try #require(running.isRunning && ContinuousClock.now < end)
      usleep(1_000)
    }
    running.send(signal)
    let stopped = try running.end()
    #expect(stopped.output == "")
    if signal == SIGKILL {
      #expect(stopped.wasKilled)
    } else {
      #expect(stopped.status == 128 + signal && !stopped.wasKilled)
      #expect(stopped.errors.hasPrefix("interrupted; go on with: grafs-swift search --resume run"))
    }
    let before = try SavedRun(search.fixture.folder.file("run"))
    #expect(before.trace.header.status == .finished && before.result("genotype") != nil)
    #expect(before.result("usual_activation") == nil)
    // As a search it is over: what it found can be used.
    let shown = try BuiltCommand(["inspect", "run"], in: search.fixture.folder)
    #expect(shown.output.contains("  finished\n"))
    let alone = try search.resumed(["--no-compare"]).end()
    #expect(
      alone.output == "run: the search has finished, nothing is left to do; see result.json\n")
    let resumed = try search.resumed().end()
    #expect(resumed.status == 0 && resumed.errors == "", "\(resumed.errors)")
    #expect(resumed.output.contains("with ReLU on the same budget"))
    // Times included: no step of the search was taken again.
    let again = try SavedRun(search.fixture.folder.file("run"))
    let isSame = again.trace == before.trace
    #expect(isSame)
    try search.expectWhole("after signal \(signal) in the comparison")
  }

  @Test("what a search was told of it, --resume remembers, unless it is told otherwise")
  func remembered() throws {
    for (resumption, isCompared) in [([], false), (["--compare"], true)] {
      let search = try ResumableSearch()
      let running = try RunningCommand(
        BuiltCommand.path,
        ["search", "--output", "run", "--threads", "2", "--no-compare"] + ResumableSearch.options,
        in: search.fixture.folder)
      try search.waits(forStep: 4, of: running)
      running.kill()
      // A second kill: what was remembered is remembered again.
      let again = try search.resumed()
      try search.waits(forStep: 8, of: again)
      again.kill()
      let end = try search.resumed(resumption).end()
      #expect(end.status == 0 && end.errors == "", "\(end.errors)")
      let run = try SavedRun(search.fixture.folder.file("run"))
      #expect((run.result("usual_activation") != nil) == isCompared)
    }
  }

  @Test("version 0.1.0, stopped in it, left no result: all commands say to go on")
  func earlier() throws {
    let place = try TemporaryFolder()
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/version-0.1.0/stopped-in-relu")
    try FileManager.default.copyItem(at: fixtures, to: place.file("run"))
    let shown = try BuiltCommand(["inspect", "run"], in: place)
    #expect(shown.status == 0 && shown.output.contains("  interrupted\n"))
    #expect(shown.output.contains("grafs-swift search --resume run\n"))
    let code = try BuiltCommand(["export", "run", "--to", "text"], in: place)
    #expect(
      code.errors
        == "Error: run: its search has not ended; go on with grafs-swift search --resume run\n")
    let followed = try BuiltCommand(["inspect", "run", "--follow"], in: place)
    #expect(followed.status != 0 && followed.errors.contains("search --resume run\n"))
  }

  @Test("without the comparison, --compare adds it later")
  func laterComparison() throws {
    let fixture = try SearchFixture()
    let run = try fixture.saved(["--no-compare"])
    #expect(run.result("usual_activation") == nil)
    #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("run/trials").path))
    let later = try BuiltCommand(
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet", "--json"],
      in: fixture.folder)
    #expect(later.status == 0, "\(later.errors)")
    let compared = try SavedRun(fixture.folder.file("run"))
    #expect(later.output == String(decoding: compared.result, as: UTF8.self))
    #expect(try compared.resultWithoutTimes == SavedRun.tiny.get().resultWithoutTimes)
  }
}
