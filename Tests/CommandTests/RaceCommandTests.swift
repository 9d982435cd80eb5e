import Foundation
import TestSupport
import Testing
import Traces

/// A tiny search that ends in a race of a few tiny trainings.
@Suite("A search that ends in a race")
struct RaceCommandTests {
  private static let options = [
    "lenet5", "--data-dir", SearchFixture.data, "--epochs", "2", "--train-images", "64",
    "--batch-size", "8", "--quiet", "--set", "race-arms=9", "--set", "race-rungs=32 64",
    "--set", "race-seeds=2", "--set", "validation-fraction=0.5",
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

  @Test("a race of too few steps is refused in one line, with a cure that works")
  func tooShort() throws {
    let fixture = try SearchFixture()
    let options = [
      "search", "lenet5", "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images", "64",
      "--batch-size", "8", "--set", "validation-fraction=0.5", "--dry-run",
    ]
    let refused = try BuiltCommand(options, in: fixture.folder)
    #expect(refused.status == 1 && refused.errors.split(separator: "\n").count == 1)
    let words = try #require(
      refused.errors.firstMatch(of: /'race-budget' is 2.0, but must be ([0-9.]+) or more, so that/))
    let plan = try BuiltCommand(
      options + ["--set", "race-budget=\(words.1)"], in: fixture.folder)
    #expect(plan.status == 0, "\(plan.errors)")
    let without = try BuiltCommand(options + ["--set", "race=off"], in: fixture.folder)
    #expect(without.status == 0, "\(without.errors)")
  }

  @Test("the file of a run of version 0.1.0 has no race; one that somebody wrote has the preset's")
  func earlierFile() throws {
    let fixture = try SearchFixture()
    let earlier = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/version-0.1.0/finished/config.yaml").path
    try fixture.folder.write(Array("batch-size: 4\n".utf8), to: "own.yaml")
    for (file, race) in [(earlier, "off"), ("own.yaml", "on")] {
      let plan = try BuiltCommand(
        ["search", "lenet5", "--config", file, "--data-dir", SearchFixture.data, "--dry-run"]
          + ["--train-images", "64", "--set", "race-budget=500"], in: fixture.folder)
      #expect(plan.output.contains("\nrace: \(race)\n"), "\(plan.errors)")
    }
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

  @Test("a plan says what the race will do; numbers that cannot be are refused")
  func plan() throws {
    let fixture = try SearchFixture()
    let plan = try BuiltCommand(["search", "--dry-run"] + Self.options, in: fixture.folder)
    #expect(
      plan.status == 0 && plan.output.contains("race: 9 × 32"), "\(plan.output)\(plan.errors)")
    for (setting, part) in [
      ("race=maybe", "race"), ("race-arms=1", "race-arms"), ("race-rungs=20 10", "race-rungs"),
      ("race-usual=relo", "race-usual"), ("judging-fraction=1", "judging-fraction"),
      ("judging-fraction=0.999", "judging-fraction"), ("race-seeds=1", "race-seeds"),
      ("race-budget=0", "race-budget"), ("race-budget=1e300", "race-budget"),
      ("race-rungs=9223372036854775807", "race-rungs"), ("race-rungs=24 40", "race-rungs"),
      ("race-verdict-images=9223372036854775807", "race-verdict-images"),
      ("race-usual=stage0:relu(x);stage1:x", "race-usual"), ("race-with=relo(x)", "race-with"),
      ("race-with=stage0:relu(x);stage7:x", "race-with"), ("race-verdict-images=24", "at least 32"),
    ] {
      let refused = try BuiltCommand(
        ["search", "--dry-run"] + Self.options + ["--set", setting], in: fixture.folder)
      #expect(refused.status != 0 && refused.errorLines.count == 2, "\(setting): \(refused.errors)")
      #expect(refused.errors.contains(part), "\(setting): \(refused.errors)")
    }
  }

  @Test("--budget makes a number of a time, a longer one of a longer time")
  func budget() throws {
    let fixture = try SearchFixture()
    let options = [
      "lenet5", "--data-dir", SearchFixture.data, "--epochs", "2", "--train-images", "64",
      "--batch-size", "8", "--set", "validation-fraction=0.5",
    ]
    func budget(_ time: String) throws -> Double {
      let plan = try BuiltCommand(
        ["search", "--dry-run", "--json", "--budget", time] + options, in: fixture.folder)
      try #require(plan.status == 0, "\(plan.errors)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any])
      let settings = try #require(json["configuration"] as? [String: String])
      return try #require(settings["race-budget"].flatMap { Double($0) })
    }
    // Steps are measured on a machine that does other things meanwhile.
    let (short, long) = (try budget("2m"), try budget("1h"))
    #expect(short > 0 && long > 5 * short, "\(short), \(long)")
    for text in ["1h30m", "90 min", "1.5 Hours", "0.25d", "1H 2M 3S"] {
      #expect(try budget(text) > 3 * short, "\(text)")
    }
    for (text, line) in [
      ("0", "'0' has no unit; give numbers with a unit"), ("soon", "'soon' is no time; give"),
      ("90", "has no unit"), ("1:30", "is no time"), ("30m1h", "is no time"),
      ("5m5m", "is no time"),
      ("2h-5m", "is no time"), ("1ms", "is no time"), ("", "is no time"),
      ("0m", "'0m' leaves no time; give more than 0"), ("-3m", "'-3m' leaves no time"),
      ("1e99h", "'1e99h' is more than a year; give at most 366d"),
      ("999999h", "is more than a year"), ("1e9s", "is more than a year"),
    ] {
      let refused = try BuiltCommand(
        ["search", "--dry-run", "--budget", text] + Self.options, in: fixture.folder)
      #expect(
        refused.status != 0 && refused.errors.hasPrefix("Error: --budget: ")
          && refused.errors.contains(line), "\(text): \(refused.errors)")
    }
  }
}
