import Files
import Foundation
import TestSupport
import Testing
import Traces

@Suite("Searches with several seeds")
struct SeedsTests {
  @Test("each seed has a run of its own, the same as alone; finished ones are not repeated")
  func seeds() throws {
    let fixture = try SearchFixture()
    let arguments = ["--seeds", "2", "--seed", "4", "--json"]
    let command = try fixture.search(arguments + ["--jobs", "2"])
    #expect(command.status == 0, "\(command.errors)")
    let alone = try fixture.saved(["--seed", "5"], as: "alone")
    let run = try SavedRun(fixture.folder.file("run/seed-5"))
    #expect(run.trajectory == alone.trajectory)
    #expect(try run.resultWithoutTimes == alone.resultWithoutTimes)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    let functions = try #require(summary["functions"] as? [[String: Any]])
    #expect(functions.compactMap { $0["seeds"] as? [Int] }.flatMap { $0 }.sorted() == [4, 5])

    let file = fixture.folder.file("run/seed-4/result.json").path
    let before = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    let again = try fixture.search(arguments)
    #expect(again.status == 0 && again.output == command.output)
    let after = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    #expect(before == after)

    // One that was stopped goes on from its last checkpoint; here from none, so from the start.
    try FileManager.default.removeItem(at: fixture.folder.file("run/seed-5/result.json"))
    let resumed = try fixture.search(arguments)
    #expect(resumed.status == 0 && resumed.output == command.output, "\(resumed.errors)")
    #expect(try SavedRun(fixture.folder.file("run/seed-5")).trajectory == run.trajectory)

    let other = try fixture.search(arguments + ["--set", "bound=5"])
    #expect(other.status != 0)
    #expect(other.errors.contains("holds runs of another configuration; give --force"))
  }

  @Test("SIGINT stops all searches with checkpoints, and the same command goes on")
  func interrupted() throws {
    let fixture = try SearchFixture()
    let arguments =
      ["search"] + SearchFixture.tiny
      + ["--output", "run", "--epochs", "4", "--seeds", "2", "--jobs", "2"]
    let running = try RunningCommand(BuiltCommand.path, arguments, in: fixture.folder)
    let checkpoints = { (seed: Int) in
      (try? FileManager.default.contentsOfDirectory(
        atPath: fixture.folder.file("run/seed-\(seed)").path))?
        .contains { $0.hasPrefix("checkpoint") } ?? false
    }
    while running.isRunning, !(checkpoints(0) && checkpoints(1)) { usleep(10_000) }
    running.send(SIGINT)
    let stopped = try running.end()
    #expect(stopped.status == 130 && !stopped.wasKilled, "\(stopped.errors)")
    #expect(
      stopped.errors.contains("interrupted; go on with: grafs-swift search"), "\(stopped.errors)")
    for seed in 0..<2 {
      let run = fixture.folder.file("run/seed-\(seed)")
      #expect(
        !FileManager.default.fileExists(atPath: run.appendingPathComponent("result.json").path))
      #expect(
        try TraceFile.read(run.appendingPathComponent("trace.h5")).header.status == .interrupted)
    }
    let wrong = try BuiltCommand(["search", "--resume", "run"], in: fixture.folder)
    #expect(wrong.status != 0 && wrong.errors.contains("holds the runs of several seeds"))
    let resumed = try BuiltCommand(arguments + ["--json"], in: fixture.folder)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let alone = try fixture.saved(["--epochs", "4", "--seed", "1"], as: "alone")
    #expect(try SavedRun(fixture.folder.file("run/seed-1")).trajectory == alone.trajectory)
  }

  @Test("end with their parent, however that ends, and the same command goes on at once")
  func orphans() throws {
    let fixture = try SearchFixture()
    let arguments =
      ["search"] + SearchFixture.tiny
      + ["--output", "run", "--epochs", "40", "--no-compare", "--seeds", "3", "--jobs", "2"]
    let running = try RunningCommand(BuiltCommand.path, arguments, in: fixture.folder)
    let seeds = (0..<2).map { fixture.folder.file("run/seed-\($0)") }
    while running.isRunning, !seeds.allSatisfy({ FolderLock.isTaken($0) == true }) {
      usleep(5_000)
    }
    try #require(running.isRunning, "the searches were over before both could be seen")
    running.kill()
    let end = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < end, seeds.contains(where: { FolderLock.isTaken($0) == true }) {
      usleep(5_000)
    }
    #expect(seeds.allSatisfy { FolderLock.isTaken($0) == false }, "a search outlives its parent")
    let again = try BuiltCommand(arguments, in: fixture.folder)
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test("the same command twice at once is refused")
  func twice() throws {
    let fixture = try SearchFixture()
    let arguments =
      ["search"] + SearchFixture.tiny + ["--output", "run", "--epochs", "400", "--seeds", "2"]
    let running = try RunningCommand(BuiltCommand.path, arguments, in: fixture.folder)
    while running.isRunning, FolderLock.isTaken(fixture.folder.file("run")) != true {
      usleep(5_000)
    }
    let second = try BuiltCommand(arguments, in: fixture.folder)
    #expect(second.status == 1 && second.errors.contains("run: another process works in it"))
    running.kill()
  }

  @Test("options that would have no effect are refused")
  func noEffect() throws {
    let jobs = try SearchFixture().search(["--jobs", "2"])
    #expect(
      jobs.errors
        == "Error: --jobs needs --seeds, which says how many searches there are, a race, or a "
        + "method that trains candidates; leave it out\n")
    let plan = try SearchFixture().search(["--seeds", "2", "--dry-run"])
    #expect(plan.errors == "Error: --dry-run plans one search; leave out --seeds\n")
  }

  @Test("impossible numbers are refused", arguments: ["--seeds", "--jobs"])
  func impossible(option: String) throws {
    let command = try SearchFixture().search([option, "0"])
    #expect(command.status != 0)
    #expect(command.errors == "Error: \(option) is 0, but must be at least 1\n")
  }
}
