import Foundation
import TestSupport
import Testing
import Traces

/// Runs the built command without running a race.
@Suite("A race before it begins")
struct RacePlanCommandTests {
  @Test("a race of too few steps is refused in one line, with a cure that works")
  func tooShort() throws {
    let fixture = try SearchFixture()
    let options = [
      "search", "lenet5", "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images", "64",
      "--batch-size", "8", "--set", "validation-fraction=0.5", "--set", "plugged=0", "--dry-run",
    ]
    let refused = try BuiltCommand(options + ["--set", "race-budget=1"], in: fixture.folder)
    #expect(refused.status == 1 && refused.errors.split(separator: "\n").count == 1)
    let words = try #require(
      refused.errors.firstMatch(of: /'race-budget' is 1.0, but must be ([0-9.]+) or more, so that/))
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

  @Test("a plan says what the race will do; numbers that cannot be are refused")
  func plan() throws {
    let fixture = try SearchFixture()
    let plan = try BuiltCommand(
      ["search", "--dry-run"] + RaceCommandTests.options, in: fixture.folder)
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
        ["search", "--dry-run"] + RaceCommandTests.options + ["--set", setting], in: fixture.folder)
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
    let (short, long) = (try budget("1m"), try budget("1h"))
    #expect(short > 0 && long > 5 * short, "\(short), \(long)")
    for text in ["0h60m", "60 min", "1 Hours", "0.042d", "0H 59M 60S"] {
      #expect(try budget(text) > 5 * short, "\(text)")
    }
    let endless = try BuiltCommand(
      ["search", "--dry-run", "--budget", "360d"] + options, in: fixture.folder)
    #expect(endless.status != 0)
    #expect(endless.errors.contains("360d is more than 10000 times what the search takes"))
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
        ["search", "--dry-run", "--budget", text] + RaceCommandTests.options, in: fixture.folder)
      #expect(
        refused.status != 0 && refused.errors.hasPrefix("Error: --budget: ")
          && refused.errors.contains(line), "\(text): \(refused.errors)")
    }
  }
}
