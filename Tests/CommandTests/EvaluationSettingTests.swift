import Foundation
import TestSupport
import Testing

/// `evaluate --config` and `--set`.
@Suite("Settings of an evaluation")
struct EvaluationSettingTests {
  private let fixture: EvaluationFixture
  private static let earlier = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0/finished/config.yaml")

  init() throws { fixture = try EvaluationFixture() }

  /// The bytes of the weights that were trained, without what the file says about them.
  private func weights(_ arguments: [String], output: String) throws -> Data {
    _ = try fixture.evaluate(["--save-weights", "--quiet", "--output", output] + arguments)
    let file = try #require(
      fixture.jobs(in: output).first { $0.pathExtension == "safetensors" })
    let contents = try Data(contentsOf: file)
    return contents.dropFirst(8 + contents.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) })
  }

  private static let adam = ["optimizer=adam", "learning-rate=0.001"]

  @Test(
    "each changes the weights that are trained",
    arguments: [
      ["momentum=0.5"], ["weight-decay=0.1"], ["schedule=constant"], ["accumulation=2"],
      ["gradient-clip=0.5"], ["warmup-steps=2"], ["lowest-rate=0.5"], ["decay-gains=false"],
      ["activation-rate=3"], adam, ["optimizer=adamw", "learning-rate=0.001"],
      adam + ["beta-mean=0.5"], adam + ["beta-square=0.9"],
    ])
  func effect(settings: [String]) throws {
    func sets(_ settings: [String]) -> [String] { settings.flatMap { ["--set", $0] } }
    let without = settings.count > 2 ? Self.adam : []
    let plain = try weights(["prelu"] + sets(without), output: "plain")
    let changed = try weights(["prelu"] + sets(settings), output: "changed")
    #expect(plain.count == changed.count && plain != changed)
  }

  @Test("come from the preset, then the file, then --set, then options")
  func order() throws {
    try fixture.folder.write(
      Array("epochs: 2\nbatch-size: 16\nseed: 5\nseeds: 2\nnetwork: lenet5\ndata: mnist\n".utf8),
      to: "c.yaml")
    // Without the options that stand in every other test.
    let base = [
      "evaluate", "relu", "--data-dir", SearchFixture.data, "--threads", "1", "--baselines",
      "none", "--json", "--quiet", "--set", "train-images=32", "--config", "c.yaml",
    ]
    func report(_ arguments: [String]) throws -> SavedReport {
      let command = try BuiltCommand(base + arguments, in: fixture.folder)
      #expect(command.status == 0 && command.errors == "", "\(command.errors)")
      return try SavedReport(Data(command.output.utf8))
    }
    let file = try report(["--output", "a"])
    #expect(file.values("seed") == [5, 6] && file.values("epochs") == [2, 2])
    #expect(file.values("network") == ["lenet5", "lenet5"])
    #expect(file.values("dataset") == ["mnist", "mnist"])
    let set = try report(["--output", "b", "--set", "epochs=3", "--set", "seeds=1"])
    #expect(set.values("seed") == [5] && set.values("epochs") == [3])
    let options = try report([
      "--output", "c", "--set", "epochs=3", "--epochs", "1", "--seeds", "1", "--network",
      "resnet20",
    ])
    #expect(options.values("epochs") == [1] && options.values("network") == ["resnet20"])
    let same = try report([
      "--output", "d", "--epochs", "2", "--batch-size", "16", "--seed", "5", "--seeds", "2",
    ])
    #expect(same.outcomes == file.outcomes)
  }

  @Test("of a search are taken as far as evaluations have them, the rest in one line")
  func ofSearch() throws {
    try fixture.folder.write(Array(Data(contentsOf: Self.earlier)), to: "config.yaml")
    let command = try BuiltCommand(
      [
        "evaluate", "relu", "--data-dir", SearchFixture.data, "--threads", "1", "--baselines",
        "none", "--seeds", "1", "--json", "--quiet", "--config", "config.yaml", "--output", "out",
      ], in: fixture.folder)
    #expect(command.status == 0, "\(command.errors)")
    let lines = command.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(command.errors)")
    #expect(
      command.errors.hasPrefix(
        "config.yaml: is a search's; passed over: validation-fraction, cell, operations, method, "),
      "\(command.errors)")
    let report = try SavedReport(Data(command.output.utf8))
    #expect(report.values("network") == ["densenet-10-2"] && report.values("epochs") == [3])
    let same = try fixture.report([
      "relu", "--quiet", "--output", "same", "--network", "densenet-10-2", "--epochs", "3",
      "--train-images", "64", "--set", "gradient-clip=5",
    ])
    #expect(same.outcomes == report.outcomes)
  }

  @Test(
    "in a file that are none, or impossible, are named with the file",
    arguments: [
      ("momntum: 0.5", "there is no setting 'momntum'; did you mean 'momentum'?"),
      ("momentum: 2", "'momentum' is 2.0, but must be from 0 to below 1"),
      ("epochs: many", "'epochs' must be a whole number, not 'many'"),
      (
        "train-images: 129", "'train-images' is 129, but must be from 1 to 128, the training images"
      ),
      // A file without a method is no search's.
      ("cell: chain", "there is no setting 'cell'"),
      // One with a method may have what searches have, and nothing else.
      ("method: drnas\ncel: chain", "there is no setting 'cel'"),
    ])
  func wrong(text: String, expected: String) throws {
    try fixture.folder.write(Array("\(text)\n".utf8), to: "c.yaml")
    let command = try BuiltCommand(
      [
        "evaluate", "relu", "--data-dir", SearchFixture.data, "--set", "batch-size=8",
        "--config", "c.yaml",
      ], in: fixture.folder)
    #expect(command.status != 0 && command.output == "")
    #expect(command.errors.hasPrefix("Error: c.yaml: \(expected)"), "\(command.errors)")
    #expect(command.errors.split(separator: "\n").count == 1)
  }
}
