import Foundation
import TestSupport
import Testing
import Traces

/// A tiny search that ends in a race of a few tiny trainings.
@Suite("A search that ends in a race")
struct RaceCommandTests {
  static let options = [
    "lenet5", "--data-dir", SearchFixture.data, "--epochs", "2", "--train-images", "64",
    "--batch-size", "8", "--quiet", "--set", "race-arms=9", "--set", "race-rungs=32 64",
    "--set", "race-seeds=2", "--set", "validation-fraction=0.5", "--set", "plugged=4",
  ]

  private static let whole = Result {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(
      ["search", "--output", "run", "--threads", "1"] + options, in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    return (output: command.output, run: try SavedRun(fixture.folder.file("run")))
  }

  @Test("its winner is the answer, with what was compared; the trace has every training")
  func answer() throws {
    let (output, run) = try Self.whole.get()
    let race = try #require(run.trace.race)
    // Seven usual functions, the one found, and a neighbor of it.
    #expect(race.arms.count == 9)
    let chosen = race.trainings.filter { $0.part == .validation }
    #expect(chosen.map(\.rung) == Array(repeating: 0, count: 9) + [1, 1, 1, 1])
    let winner = try #require(race.winner)
    #expect(run.result("winner") == race.arms[winner].function)
    #expect(run.result("formula") == race.arms[winner].function)
    #expect(run.result("search_function") != nil)
    let judged = race.judged(usual: 0)
    #expect(race.trainings.count { $0.part == .judging } == 2 * judged.count)
    let json = try #require(
      try JSONSerialization.jsonObject(with: run.result) as? [String: Any])
    let evidence = try #require(json["evidence"] as? [String: Any])
    #expect((evidence["arms"] as? [Any])?.count == 9)
    if let arm = evidence["search_arm"] as? Int {
      #expect(race.arms[arm].function == run.result("search_function") || arm < 7)
    } else {
      #expect(!race.arms.contains { $0.origin == .search } && output.contains("did not start"))
    }
    let verdict = try #require(evidence["verdict"] as? [String: Any])
    #expect(verdict["winner"] as? Int == winner)
    // 64 images after 32 that validate: each training of the verdict passes twice through 32.
    let courses = try #require(evidence["courses"] as? [[String: Any]])
    #expect(courses.map { $0["arm"] as? Int } == judged)
    for course in courses {
      let losses = try #require(course["losses"] as? [[Double]])
      #expect(losses.map(\.count) == [2, 2])
      let arm = try #require(course["arm"] as? Int)
      let ended = race.trainings.filter { $0.part == .judging && $0.arm == arm }
      // Foundation's reader of JSON may be off by the last bit.
      for (found, expected) in zip(losses, ended) {
        let (last, loss) = (try #require(found.last), try #require(expected.loss))
        #expect(losses.count == ended.count && abs(last - loss) <= 1e-12 * abs(loss))
      }
      let accuracies = try #require(course["accuracies"] as? [[Double]])
      #expect(accuracies.map(\.last) == ended.map(\.value))
    }
    let costs = try #require(evidence["costs"] as? [[String: Any]])
    #expect(Set(costs.compactMap { $0["function"] as? String }).isSuperset(of: ["relu(x)"]))
    for cost in costs {
      let forward = try #require(cost["forward_nanoseconds"] as? Double)
      let training = try #require(cost["training_nanoseconds"] as? Double)
      #expect(forward > 0 && training > forward && training < 10_000)
    }
    #expect(output.contains("cost of ReLU ") && output.contains(" %)\n"))
    #expect(output.contains("winner of") && output.contains("9 functions"))
    #expect(output.contains("beside ") && output.contains("of 2 seeds"))
    #expect(json["usual_activation"] == nil)
  }

  @Test("killed in the race, again and again, it ends the same, whatever the jobs and threads")
  func kills() throws {
    let whole = try Self.whole.get().run
    let fixture = try SearchFixture()
    var running = try RunningCommand(
      BuiltCommand.path, ["search", "--output", "run", "--threads", "2"] + Self.options,
      in: fixture.folder)
    let trials = fixture.folder.file("run/trials")
    func done() -> Int {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: trials.path)) ?? []
      return names.count { $0.hasSuffix(".json") }
    }
    for count in [1, 5, 9] {
      let end = ContinuousClock.now + .seconds(120)
      while done() < count {
        guard running.isRunning, ContinuousClock.now < end else { break }
        usleep(500)
      }
      running.kill()
      running = try RunningCommand(
        BuiltCommand.path,
        ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet"]
          + ["--threads", "2", "--jobs", "2"], in: fixture.folder)
    }
    let end = try running.end()
    #expect(end.status == 0, "\(end.errors)")
    let run = try SavedRun(fixture.folder.file("run"))
    let (found, expected) = (try #require(run.trace.race), try #require(whole.trace.race))
    #expect(found.arms == expected.arms)
    #expect(found.trainings.map(\.loss) == expected.trainings.map(\.loss))
    #expect(found.trainings.map(\.digest) == expected.trainings.map(\.digest))
    #expect(run.result("winner") == whole.result("winner"))
  }

  @Test("another command finds the winner")
  func winner() throws {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(
      ["search", "--output", "run", "--threads", "1"] + Self.options, in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    let exported = try BuiltCommand(["export", "run", "--to", "json"], in: fixture.folder)
    #expect(exported.status == 0, "\(exported.errors)")
    let run = try SavedRun(fixture.folder.file("run"))
    let expression = try #require(run.result("expression"))
    #expect(
      exported.output.contains(expression.replacingOccurrences(of: "/", with: "\\/"))
        || exported.output.contains(expression))
    let inspected = try BuiltCommand(["inspect", "run"], in: fixture.folder)
    #expect(inspected.status == 0 && inspected.output.contains("race of 9 → 4 functions"))
  }

  @Test("a race that was not run to its end is said wherever its function is taken")
  func open() throws {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(
      ["search", "--output", "run", "--threads", "1", "--no-compare"] + Self.options,
      in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    let remark = "its race has not been run to the end"
    let inspected = try BuiltCommand(["inspect", "run", "--json"], in: fixture.folder)
    #expect(inspected.status == 0 && inspected.output.contains(remark))
    let exported = try BuiltCommand(["export", "run", "--to", "text"], in: fixture.folder)
    #expect(exported.status == 0 && exported.errors.contains("run: \(remark)"))
    let resumed = try BuiltCommand(
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet", "--compare"],
      in: fixture.folder)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let run = try SavedRun(fixture.folder.file("run"))
    #expect(run.result("winner") != nil && run.trace.race != nil)
    let again = try BuiltCommand(["export", "run", "--to", "text"], in: fixture.folder)
    #expect(again.status == 0 && again.errors == "")
  }

  @Test("functions of other runs start, as config.yaml then says without those runs")
  func given() throws {
    let fixture = try SearchFixture()
    let first = try BuiltCommand(
      ["search", "--output", "first", "--threads", "1", "--no-compare", "--seed", "3"]
        + Self.options, in: fixture.folder)
    try #require(first.status == 0, "\(first.errors)")
    let found = try #require(try SavedRun(fixture.folder.file("first")).result("formula"))
    let options = Self.options + ["--threads", "1"]
    let second = try BuiltCommand(
      ["search", "--output", "run", "--race-with", "first", "--race-with", "sin(x) * x"]
        + options, in: fixture.folder)
    try #require(second.status == 0, "\(second.errors)")
    let run = try SavedRun(fixture.folder.file("run"))
    let given = try #require(run.trace.race).arms.filter { $0.origin == .given }
    #expect(given.map(\.function).contains("sin(x) * x"))
    #expect(run.trace.race?.arms.contains { $0.function == found } == true)
    #expect(run.setting("race-with")?.hasPrefix(found) == true)
    try FileManager.default.removeItem(at: fixture.folder.file("first"))
    let again = try BuiltCommand(
      ["search", "--config", "run/config.yaml", "--output", "again", "--threads", "1", "--quiet"]
        + ["--data-dir", SearchFixture.data], in: fixture.folder)
    try #require(again.status == 0, "\(again.errors)")
    let repeated = try SavedRun(fixture.folder.file("again"))
    #expect(repeated.trace.race?.arms == run.trace.race?.arms)
    #expect(repeated.trace.race?.trainings.map(\.loss) == run.trace.race?.trainings.map(\.loss))
    let wrong = try BuiltCommand(
      ["search", "--dry-run", "--race-with", "no/run"] + options, in: fixture.folder)
    #expect(
      wrong.errors
        == "Error: --race-with: no/run: there is no such folder; give a run's folder or a formula\n"
    )
    let idle = try BuiltCommand(
      ["search", "--dry-run", "--race-with", "sin(x)", "--set", "race=off"] + options,
      in: fixture.folder)
    #expect(idle.errors.hasPrefix("Error: --race-with is of a search with a race; "))
  }

  @Test("the result of another run is noticed")
  func otherRun() throws {
    let fixture = try SearchFixture()
    for seed in ["0", "7"] {
      _ = try fixture.saved(["--seed", seed, "--no-compare"], as: "seed\(seed)")
    }
    try FileManager.default.removeItem(at: fixture.folder.file("seed0/result.json"))
    try FileManager.default.copyItem(
      at: fixture.folder.file("seed7/result.json"), to: fixture.folder.file("seed0/result.json"))
    let exported = try BuiltCommand(["export", "seed0", "--to", "text"], in: fixture.folder)
    #expect(exported.status == 1 && exported.output == "")
    #expect(exported.errors.contains("result.json: is of another run, of seed 7, not 0"))
  }

  @Test("without one, images are parted as before, and the usual activation is trained")
  func off() throws {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(
      ["search", "--output", "run", "--threads", "1", "--set", "race=off"] + Self.options,
      in: fixture.folder)
    #expect(command.status == 0, "\(command.errors)")
    let run = try SavedRun(fixture.folder.file("run"))
    #expect(run.trace.race == nil && run.result("usual_activation") == "relu")
  }
}
