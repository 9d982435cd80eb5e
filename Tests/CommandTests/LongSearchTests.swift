import Files
import Foundation
import TestSupport
import Testing
import Traces

/// A search of many short steps, so that what happened in it is longer than its state.
@Suite("A long search")
struct LongSearchTests {
  /// LeNet-5 with batches of two images, 24 steps an epoch.
  private static let options = [
    "lenet5", "--data-dir", SearchFixture.data, "--train-images", "64", "--batch-size", "2",
    "--epochs", "70", "--set", "checkpoint-seconds=0.05", "--threads", "1", "--no-compare",
    "--quiet",
  ]

  private static let whole = Result {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(["search", "--output", "run"] + options, in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    return try SavedRun(fixture.folder.file("run"))
  }

  /// The parts beside the checkpoints.
  private func parts(in fixture: SearchFixture) -> [String] {
    let path = fixture.folder.file("run").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasPrefix("checkpoint-part-") }.sorted()
  }

  @Test("killed again and again, with parts of its past in files of their own, ends the same")
  func kills() throws {
    let fixture = try SearchFixture()
    var running = try RunningCommand(
      BuiltCommand.path, ["search", "--output", "run"] + Self.options, in: fixture.folder)
    let files = CheckpointFolder(fixture.folder.file("run"))
    var largest = 0
    // Before the first part, after it, and after the second.
    for step in [300, 800, 950, 1_350] {
      let end = ContinuousClock.now + .seconds(120)
      while (files.steps.last ?? -1) < step {
        try #require(running.isRunning && ContinuousClock.now < end, "step \(step)")
        usleep(2_000)
      }
      running.kill()
      let newest = try #require(files.steps.last)
      let size = try Data(contentsOf: files.file(step: newest)).count
      largest = max(largest, size)
      #expect(parts(in: fixture).count >= (step > 1_300 ? 2 : step > 700 ? 1 : 0))
      running = try RunningCommand(
        BuiltCommand.path,
        ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet"]
          + ["--threads", "1"], in: fixture.folder)
    }
    let end = try running.end()
    #expect(end.status == 0 && end.errors == "", "\(end.errors)")
    let run = try SavedRun(fixture.folder.file("run"))
    let whole = try Self.whole.get()
    let isSame = run.trajectory == whole.trajectory
    #expect(isSame)
    #expect(try run.resultWithoutTimes == whole.resultWithoutTimes)
    #expect(run.relaxed.steps.count > 1_400)
    // Steps of 1.6 kB; state and last rows are less than all of them.
    #expect(largest < 2_000_000, "\(largest) bytes")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder.file("run").path).sorted()
        == ["config.yaml", "result.json", "trace.h5"])
  }

  @Test("a damaged part is made anew of the trace; without one, it is named and nothing is lost")
  func damagedPart() throws {
    let fixture = try SearchFixture()
    let running = try RunningCommand(
      BuiltCommand.path, ["search", "--output", "run"] + Self.options, in: fixture.folder)
    let files = CheckpointFolder(fixture.folder.file("run"))
    let end = ContinuousClock.now + .seconds(120)
    let trace = fixture.folder.file("run/trace.h5")
    // The part has the rows of the first 700 steps or so; the trace comes later, but it comes.
    while (try? TraceFile.read(trace).trajectory?.steps.count ?? 0) ?? 0 < 780 {
      try #require(running.isRunning && ContinuousClock.now < end)
      usleep(20_000)
    }
    running.kill()
    let part = fixture.folder.file("run/checkpoint-part-0.grafs")
    var bytes = try Data(contentsOf: part)
    bytes[bytes.count / 2] ^= 8
    try bytes.write(to: part)
    // Of the trace, all is made anew.
    let copy = fixture.folder.file("copy")
    try FileManager.default.copyItem(at: fixture.folder.file("run"), to: copy)
    let mended = try BuiltCommand(
      ["search", "--resume", "copy", "--data-dir", SearchFixture.data, "--quiet"],
      in: fixture.folder)
    #expect(mended.status == 0)
    #expect(
      mended.errors
        == "copy/checkpoint-part-0.grafs: it was missing or damaged, and was made anew "
        + "of the trace\n")
    let isSame = try SavedRun(copy).trajectory == Self.whole.get().trajectory
    #expect(isSame)
    try FileManager.default.removeItem(at: trace)
    let refused = try BuiltCommand(
      ["search", "--resume", "run", "--data-dir", SearchFixture.data], in: fixture.folder)
    #expect(refused.status != 0 && refused.output == "")
    var expected = files.steps.reversed().map { step in
      "run/checkpoint-\(step).grafs: its part checkpoint-part-0.grafs is damaged or another one; "
        + "it is not used\n"
    }
    expected.append(
      "Error: run: none of its \(files.steps.count) checkpoints can be used; search again from "
        + "the beginning with --force\n")
    #expect(refused.errors == expected.joined())
    // A new search takes nothing of the old one along.
    let again = try BuiltCommand(
      ["search", "--output", "run", "--force"] + Self.options
        + ["--epochs", "2", "--set", "race=off"], in: fixture.folder)
    #expect(again.status == 0, "\(again.errors)")
    #expect(parts(in: fixture).isEmpty)
  }
}
