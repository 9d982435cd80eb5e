import Foundation
import TestSupport
import Testing

/// An evaluation is a number of trainings; each is done once.
@Suite("Trainings of an evaluation")
struct EvaluationTrainingsTests {
  private let fixture: EvaluationFixture
  /// Four trainings.
  private let four = ["relu", "elu", "--seeds", "2", "--quiet"]

  init() throws { fixture = try EvaluationFixture() }

  @Test("are done once, and more are added")
  func reuse() throws {
    let first = try fixture.report(four)
    let dates = try fixture.dates()
    #expect(dates.count == 4)
    let again = try fixture.evaluate(four + ["--json"])
    #expect(try SavedReport(Data(again.output.utf8)).outcomes == first.outcomes)
    #expect(try fixture.dates() == dates)
    let more = try fixture.report(four + ["--seeds", "3"])
    #expect(more.runs.count == 6 && Set(more.outcomes).isSuperset(of: first.outcomes))
    let later = try fixture.dates()
    #expect(later.count == 6 && later.merging(dates) { $1 } == later)
  }

  @Test("come to the same side by side as one after another, and alone")
  func sideBySide() throws {
    let one = try fixture.report(four)
    let two = try fixture.report(four + ["--jobs", "2", "--output", "two"])
    #expect(one.outcomes == two.outcomes && one.outcomes.count == 4)
    #expect(
      fixture.jobs().map(\.lastPathComponent) == fixture.jobs(in: "two").map(\.lastPathComponent))
    let alone = try fixture.report(["elu", "--seed", "1", "--output", "alone"])
    #expect(one.outcomes.contains(alone.outcomes[0]))
  }

  @Test("keep the trained weights where that is asked for")
  func weights() throws {
    let arguments = ["relu", "prelu", "--quiet"]
    let without = try fixture.report(arguments)
    #expect(fixture.jobs().allSatisfy { $0.pathExtension == "json" })
    let dates = try fixture.dates()
    // Without its weights a training is not done.
    let with = try fixture.report(arguments + ["--save-weights"])
    #expect(with.outcomes == without.outcomes)
    let files = fixture.jobs().filter { $0.pathExtension == "safetensors" }
    #expect(files.count == 2)
    #expect(try dates.allSatisfy { try fixture.dates()[$0.key] != $0.value })
    let all = try fixture.dates()
    _ = try fixture.report(arguments + ["--save-weights"])
    #expect(try fixture.dates() == all, "done once")
    for file in files {
      let contents = try Data(contentsOf: file)
      let size = contents.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let header = try #require(
        try JSONSerialization.jsonObject(with: contents.dropFirst(8).prefix(size))
          as? [String: [String: Any]])
      #expect(header["conv1.weight"]?["shape"] as? [Int] == [16, 1, 3, 3])
      let isTrained = file.lastPathComponent.hasPrefix("prelu")
      #expect((header["layer1.0.act1.weight"] != nil) == isTrained)
      let facts = try #require(header["__metadata__"] as? [String: String])
      #expect(facts["network"] == "resnet20" && facts["dataset"] == "fashion-mnist")
      #expect(facts["seed"] == "0")
    }
    _ = try fixture.report(arguments + ["--save-weights", "--jobs", "2", "--output", "two"])
    for (file, other) in zip(fixture.jobs(), fixture.jobs(in: "two"))
    where file.pathExtension == "safetensors" {
      #expect(try Data(contentsOf: file) == Data(contentsOf: other))
    }
  }

  @Test("go on after a kill", arguments: [1, 2])
  func killed(width: Int) throws {
    let arguments = EvaluationFixture.arguments(
      four + ["--epochs", "4", "--jobs", "\(width)"])
    let running = try RunningCommand(BuiltCommand.path, arguments, in: fixture.folder)
    while running.isRunning, fixture.jobs().isEmpty { usleep(5000) }
    running.kill()
    let partial = try fixture.saved()
    #expect(!partial.isComplete && partial.runs.count < 4)
    let dates = try fixture.dates()
    #expect((1..<4).contains(dates.count))
    let rest = try BuiltCommand(arguments, in: fixture.folder)
    #expect(rest.status == 0, "\(rest.errors)")
    let later = try fixture.dates()
    #expect(later.count == 4 && later.merging(dates) { $1 } == later)
    let whole = try fixture.report(four + ["--epochs", "4", "--output", "whole"])
    #expect(try fixture.saved().outcomes == whole.outcomes)
    let leftovers = try FileManager.default.contentsOfDirectory(
      atPath: fixture.folder.file("out/jobs").path)
    #expect(leftovers.allSatisfy { !$0.hasPrefix(".") })
  }

  @Test(
    "end with SIGINT, which says how to go on, from the step where they stood", arguments: [1, 2])
  func interrupted(width: Int) throws {
    let arguments = EvaluationFixture.arguments(
      ["relu", "prelu", "--epochs", "12", "--test-every-epoch", "--jobs", "\(width)"])
    let running = try RunningCommand(BuiltCommand.path, arguments, in: fixture.folder)
    // A line of progress, or of a worker nothing, tells that steps are taken.
    while running.isRunning,
      !FileManager.default.fileExists(atPath: fixture.folder.file("out/evaluation.json").path)
    {
      usleep(5000)
    }
    usleep(400_000)
    running.send(SIGINT)
    let stopped = try running.end()
    #expect(stopped.status == 130 && !stopped.wasKilled, "\(stopped.errors)")
    #expect(
      stopped.errors.hasSuffix(
        "interrupted; go on with: grafs-swift \(arguments.joined(separator: " "))\n"))
    #expect(stopped.output == "")
    #expect(try !fixture.saved().isComplete)
    let unfinished = fixture.jobs().filter { $0.pathExtension == "unfinished" }
    #expect((1...width).contains(unfinished.count))

    let rest = try BuiltCommand(arguments + ["--jobs", "1"], in: fixture.folder)
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(
      rest.errors.matches(of: /: goes on after step [1-9]/).count == unfinished.count,
      "\(rest.errors)")
    let whole = try fixture.report(
      ["relu", "prelu", "--epochs", "12", "--test-every-epoch", "--output", "whole", "--quiet"])
    #expect(try fixture.saved().outcomes == whole.outcomes)
    #expect(fixture.jobs().allSatisfy { $0.pathExtension == "json" })
  }

  @Test("of another recipe or other images are noticed, and discarded only with --force")
  func changedRecipe() throws {
    _ = try fixture.evaluate(["relu", "elu", "--quiet"])
    let dates = try fixture.dates()
    let changed = try fixture.command(["relu", "--learning-rate", "0.2", "--batch-size", "4"])
    #expect(changed.status != 0 && changed.output == "")
    #expect(
      changed.errors == "Error: out: holds 2 trainings with batch-size 8, not 4, "
        + "learning-rate 0.1, not 0.2; give the same options as then, another --output, or --force "
        + "to discard them\n")
    #expect(try fixture.dates() == dates)

    try StripedImages(seed: 99).write(to: fixture.folder, as: "\(SearchFixture.data)/fashion-mnist")
    let images = try fixture.command(["relu"])
    #expect(
      images.errors.contains("with other examples of fashion-mnist; give"), "\(images.errors)")
    try fixture.folder.write([0], to: "out/jobs/relu.unfinished/checkpoint-1.grafs")
    let forced = try fixture.report(["relu", "--force"])
    #expect(forced.runs.count == 1)
    let later = try fixture.dates()
    #expect(later.count == 1 && Set(later.keys).isDisjoint(with: dates.keys))
  }

  @Test(
    "that are damaged are named and repeated",
    arguments: ["empty", "cut", "digit", "other job's"])
  func damaged(kind: String) throws {
    let first = try fixture.report(four)
    let dates = try fixture.dates()
    let files = fixture.jobs()
    let text = try String(contentsOf: files[1], encoding: .utf8)
    let key = try #require(text.firstMatch(of: /"accuracy" : 0\.[0-9]*/))
    let replacement =
      switch kind {
      case "empty": ""
      case "cut": String(text.dropLast(40))
      case "digit": text.replacingOccurrences(of: key.0, with: "\(key.0)1")
      default: try String(contentsOf: files[2], encoding: .utf8)
      }
    try Data(replacement.utf8).write(to: files[1])
    let command = try fixture.evaluate(four + ["--json"])
    let name = files[1].lastPathComponent
    #expect(
      command.errors == "out/jobs/\(name): is damaged; what it was for is done again\n")
    #expect(try SavedReport(Data(command.output.utf8)).outcomes == first.outcomes)
    let later = try fixture.dates()
    #expect(later.filter { $0.key != name } == dates.filter { $0.key != name })
    #expect(later.count == 4 && later[name] != dates[name])
  }

  @Test("other files in the folder are let alone, and a folder of other things is refused")
  func otherFiles() throws {
    _ = try fixture.evaluate(["relu"])
    try fixture.folder.write(Array("mine".utf8), to: "out/jobs/notes.json")
    _ = try fixture.evaluate(["relu", "--force"])
    #expect(
      try String(contentsOf: fixture.folder.file("out/jobs/notes.json"), encoding: .utf8) == "mine")
    let wrong = try fixture.command(["relu", "--output", "sets"])
    #expect(
      wrong.errors == "Error: sets: holds other files than an evaluation's; "
        + "give another folder with --output\n")
  }

  @Test("are those of one process in a folder")
  func locked() throws {
    let running = try RunningCommand(
      BuiltCommand.path, EvaluationFixture.arguments(four + ["--epochs", "400"]),
      in: fixture.folder)
    let report = fixture.folder.file("out/evaluation.json")
    while running.isRunning, !FileManager.default.fileExists(atPath: report.path) { usleep(5000) }
    let second = try fixture.command(four)
    running.kill()
    #expect(
      second.errors
        == "Error: out: another process works in it; stop that one, or wait for its end\n")
  }
}
