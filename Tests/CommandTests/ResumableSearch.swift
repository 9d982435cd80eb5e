import Files
import Foundation
import TestSupport
import Testing
import Traces

/// A search in a folder, stopped and resumed as a user would.
struct ResumableSearch {
  let fixture: SearchFixture
  /// 36 steps in 3 epochs with drops, and a checkpoint after each of them.
  static let options = [
    "--data-dir", SearchFixture.data, "--config", "c.yaml", "--epochs", "3", "--train-images", "64",
    "--batch-size", "4", "--quiet", "--set", "race=off",
  ]

  init(configuration: String = "checkpoint-seconds: 0\n") throws {
    fixture = try SearchFixture()
    try fixture.folder.write(Array(configuration.utf8), to: "c.yaml")
  }

  /// The run that nobody stops, and how long it takes.
  static let whole = Result {
    let start = ContinuousClock.now
    let search = try ResumableSearch()
    let command = try BuiltCommand(
      ["search", "--threads", "2", "--output", "run"] + options, in: search.fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    return (
      run: try SavedRun(search.fixture.folder.file("run")),
      seconds: (ContinuousClock.now - start) / .seconds(1)
    )
  }

  func start(threads: Int = 2) throws -> RunningCommand {
    try RunningCommand(
      BuiltCommand.path, ["search", "--output", "run", "--threads", "\(threads)"] + Self.options,
      in: fixture.folder)
  }

  func resumed(_ arguments: [String] = [], threads: Int = 2) throws -> RunningCommand {
    try RunningCommand(
      BuiltCommand.path,
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet"]
        + ["--threads", "\(threads)"] + arguments,
      in: fixture.folder)
  }

  /// The steps of the checkpoints, ascending.
  var checkpoints: [Int] { CheckpointFolder(fixture.folder.file("run")).steps }

  func file(step: Int) -> URL {
    CheckpointFolder(fixture.folder.file("run")).file(step: step)
  }

  /// Waits, at most 60 seconds, until a checkpoint of at least so many steps stands.
  func waits(forStep step: Int, of command: RunningCommand) throws {
    let end = ContinuousClock.now + .seconds(60)
    while (checkpoints.last ?? -1) < step {
      try #require(command.isRunning, "the search ended before step \(step)")
      try #require(ContinuousClock.now < end, "no step \(step) within 60 seconds")
      usleep(2_000)
    }
  }

  /// Expects what the run that nobody stopped has left behind.
  func expectWhole(_ comment: Comment) throws {
    let run = try SavedRun(fixture.folder.file("run"))
    let whole = try Self.whole.get().run
    let isSame = run.trajectory == whole.trajectory
    #expect(isSame, comment)
    #expect(try run.resultWithoutTimes == whole.resultWithoutTimes, comment)
    #expect(run.configuration == whole.configuration, comment)
    #expect(run.trace.header.status == .finished, comment)
    let times = run.relaxed.steps.map(\.elapsedSeconds)
    #expect(times == times.sorted() && times.allSatisfy { $0 > 0 }, comment)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: fixture.folder.file("run").path)
    #expect(names.sorted() == ["config.yaml", "result.json", "trace.h5", "trials"], comment)
  }
}
