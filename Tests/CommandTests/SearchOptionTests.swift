import Foundation
import TestSupport
import Testing
import Traces

@Suite("Options of search")
struct SearchOptionTests {
  @Test("each has its effect", arguments: OptionCase.options + OptionCase.settings)
  func effect(of option: OptionCase) throws {
    let fixture = try SearchFixture()
    try fixture.folder.write(Array(option.file.utf8), to: "c.yaml")
    let run = try fixture.saved(option.arguments)
    try option.effect(run, SavedRun.tiny.get())
  }

  @Test("each is tested")
  func completeness() throws {
    let help = try BuiltCommand(["search", "--help"]).output
    let names = help.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) }
    let elsewhere = [
      "--data-dir", "--output", "--exact", "--force", "--json", "--quiet", "--resume", "--version",
      "--dry-run", "--seeds", "--jobs", "--compare", "--budget", "--race-with",
    ]
    let tested = OptionCase.options.flatMap { $0.arguments.filter { $0.hasPrefix("--") } }
    #expect(names.count == 27)
    #expect(Set(names) == Set(tested + elsewhere))
  }

  @Test("--exact evaluates cells without the curve")
  func exact() throws {
    let fixture = try SearchFixture()
    // One step on two images: the exact path is slow.
    let step = ["--train-images", "4", "--batch-size", "2", "--validation-fraction", "0.5"]
    let curve = try fixture.saved(step, as: "curve").relaxed
    let run = try fixture.saved(step + ["--exact"], as: "exact")
    let exact = run.relaxed
    #expect(run.setting("exact") == "true")
    // Interpolation moves values by at most 1e−4 of their size; 19 cells in a row carry that on.
    let (loss, other) = (exact.steps[0].validationLoss, curve.steps[0].validationLoss)
    #expect(loss != other)
    #expect(abs(loss - other) < 0.02 * loss, "\(loss) and \(other)")
    // The warm start does not use cells.
    #expect(exact.steps[0].trainLoss == curve.steps[0].trainLoss)
  }

  @Test("--dry-run tells the plan and leaves nothing")
  func dryRun() throws {
    let fixture = try SearchFixture()
    let arguments = ["--epochs", "6", "--dry-run", "--set", "scope=stage"]
    let text = try fixture.search(arguments)
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("scope: stage\n") && text.output.contains("MB of memory"))
    let command = try fixture.search(arguments + ["--json"])
    let plan = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    let schedule = try #require(plan["drop_schedule"] as? [[String: Int]])
    // As the test of the schedule has it: 312 drops over four epochs from the third on.
    #expect(schedule.map { $0["epoch"] } == [2, 3, 4, 5])
    #expect(schedule.compactMap { $0["drops"] }.reduce(0, +) == 3 * 104)
    #expect(schedule.last?["remaining"] == 18)
    #expect(plan["parameters"] as? Int == 269_434)
    #expect(plan["architecture_weights"] as? Int == 330)
    #expect((plan["estimated_seconds"] as? Double ?? 0) > 0)
    #expect((plan["configuration"] as? [String: String])?["scope"] == "stage")
    #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("run").path))
  }

  @Test("--data-dir, GRAFS_DATA and data are searched in this order")
  func dataFolders() throws {
    let fixture = try SearchFixture()
    let folders = ["option", "variable", "data"]
    for (seed, name) in folders.enumerated() {
      try StripedImages(trainCount: 32, seed: UInt64(100 + seed))
        .write(to: fixture.folder, as: "\(name)/fashion-mnist")
    }
    func losses(_ arguments: [String], _ environment: [String: String] = [:]) throws -> [Float] {
      let tiny = Array(SearchFixture.tiny.dropFirst(2))
      let command = try BuiltCommand(
        ["search"] + tiny + ["--output", "run", "--force"] + arguments, in: fixture.folder,
        environment: environment)
      try #require(command.status == 0, "\(command.errors)")
      return try SavedRun(fixture.folder.file("run")).trainLosses
    }
    let found = try folders.map { try losses(["--data-dir", $0]) }
    #expect(Set(found).count == 3)
    let variable = ["GRAFS_DATA": "variable"]
    #expect(try losses(["--data-dir", "option"], variable) == found[0])
    #expect(try losses([], variable) == found[1])
    #expect(try losses([]) == found[2])
  }

  @Test("--output names the folder; without it the name is made up")
  func output() throws {
    let fixture = try SearchFixture()
    _ = try fixture.saved([], as: "here/and/there")
    #expect(try fixture.folder.names == ["here", "sets"])
    let command = try BuiltCommand(["search"] + SearchFixture.tiny, in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: fixture.folder.file("runs").path)
    try #require(names.count == 1)
    #expect(names[0].wholeMatch(of: /resnet20-fashion-mnist-\d{8}-\d{6}/) != nil)
    #expect(command.output.contains("runs/\(names[0])/trace.h5"))
    _ = try SavedRun(fixture.folder.file("runs/\(names[0])"))
  }

  @Test("--force replaces a run, and leaves other files")
  func force() throws {
    let fixture = try SearchFixture()
    let first = try fixture.saved(["--seed", "1"])
    try fixture.folder.write([1], to: "run/notes.txt")
    let refused = try fixture.search(["--seed", "2"])
    #expect(refused.status != 0)
    #expect(
      refused.errors == "Error: run: holds an earlier run; give --force to replace it, "
        + "or another --output\n")
    #expect(try SavedRun(fixture.folder.file("run")).trace == first.trace)
    let second = try fixture.saved(["--seed", "2", "--force"])
    #expect(second.trace.header.seed == 2)
    #expect(FileManager.default.fileExists(atPath: fixture.folder.file("run/notes.txt").path))
  }

  @Test("--quiet says nothing before the summary, --json prints result.json")
  func quietAndJSON() throws {
    let fixture = try SearchFixture()
    let quiet = try fixture.search(["--json"])
    #expect(quiet.status == 0)
    #expect(quiet.errors == "")
    let result = try String(contentsOf: fixture.folder.file("run/result.json"), encoding: .utf8)
    #expect(quiet.output == result)
    let loud = SearchFixture.tiny.filter { $0 != "--quiet" }
    let other = try BuiltCommand(
      ["search"] + loud + ["--output", "other"], in: fixture.folder)
    #expect(other.errors.contains("epoch 0  train loss "))
    #expect(other.output.hasPrefix("outcome  "))
  }
}
