import Foundation
import TestSupport
import Testing
import Traces

/// An option of `search`, and what it changes in a run of 3 steps.
struct OptionCase: CustomTestStringConvertible, Sendable {
  let arguments: [String]
  /// Lines of the configuration file given with `--config`.
  var file = ""
  /// What is expected of the run, beside the same run without the option.
  let effect: @Sendable (_ run: SavedRun, _ plain: SavedRun) throws -> Void

  var testDescription: String {
    arguments.joined(separator: " ") + (file.isEmpty ? "" : " [\(file)]")
  }

  /// Options that reach a trace.
  static let options: [OptionCase] = [
    OptionCase(arguments: ["--preset", "standard"]) { run, _ in
      #expect(run.setting("architecture-learning-rate") == "0.003")
      #expect(run.trace.trajectory.steps.allSatisfy { $0.architectureLearningRate == 3e-3 })
    },
    OptionCase(arguments: ["--preset", "paper", "--epochs", "2"]) { run, _ in
      // Two batches a step, the same learning rate to the end.
      #expect(run.trace.trajectory.steps.map(\.learningRate) == [0.1, 0.1])
      #expect(run.trace.trajectory.steps.allSatisfy { $0.architectureLearningRate == 6e-4 })
    },
    OptionCase(arguments: ["--epochs", "2"]) { run, plain in
      #expect(run.trace.trajectory.epochs.count == 2)
      #expect(run.trace.trajectory.steps.count == 2 * plain.trace.trajectory.steps.count)
      #expect(run.result("epochs") == "2")
    },
    OptionCase(arguments: ["--batch-size", "4"]) { run, _ in
      #expect(run.trace.trajectory.steps.count == 6)
    },
    OptionCase(arguments: ["--seed", "5"]) { run, plain in
      #expect(run.trace.header.seed == 5)
      #expect(run.result("seed") == "5")
      // Weights, batches and architecture all begin elsewhere.
      #expect(run.trainLosses[0] != plain.trainLosses[0])
      #expect(
        run.trace.trajectory.histories[0][0].alpha != plain.trace.trajectory.histories[0][0].alpha)
    },
    OptionCase(arguments: ["--train-images", "64"]) { run, _ in
      #expect(run.trace.trajectory.steps.count == 6)
    },
    OptionCase(arguments: ["--validation-fraction", "0.5"]) { run, _ in
      #expect(run.trace.trajectory.steps.count == 2)
    },
    OptionCase(arguments: ["--learning-rate", "0.05"]) { run, plain in
      #expect(run.trace.trajectory.steps[0].learningRate == 0.05)
      #expect(run.trainLosses[0] == plain.trainLosses[0])
      #expect(run.trainLosses[1] != plain.trainLosses[1])
    },
    OptionCase(arguments: ["--architecture-learning-rate", "0.5"]) { run, plain in
      // Adam's first step is as long as the learning rate, in every direction.
      func moved(_ run: SavedRun) -> Float {
        run.trace.trajectory.histories[0][0].alpha.map(abs).max() ?? 0
      }
      #expect(abs(moved(run) - 0.5) < 1e-3 && abs(moved(plain) - 0.01) < 1e-4)
      #expect(run.trace.trajectory.steps[0].architectureLearningRate == 0.5)
    },
    OptionCase(arguments: ["--data", "mnist"]) { run, plain in
      #expect(run.trace.header.dataset == "mnist")
      #expect(run.result("dataset") == "mnist")
      #expect(run.trainLosses[0] != plain.trainLosses[0])
    },
    OptionCase(arguments: ["--threads", "3"]) { run, plain in
      #expect(run.trace.header.machine.hasSuffix(", 3 threads"))
      let isSame = run.trajectory == plain.trajectory
      #expect(isSame)
    },
    OptionCase(arguments: ["--config", "c.yaml", "--epochs", "2"], file: "epochs: 3\nseed: 7\n") {
      run, _ in
      #expect(run.trace.header.seed == 7)
      // What the command line says counts more.
      #expect(run.trace.trajectory.epochs.count == 2)
    },
    OptionCase(arguments: ["--method", "darts"]) { run, plain in
      #expect(run.setting("method") == "darts")
      // α begins at 1e−3 · N(0, 1), and the weights are its softmax.
      let state = run.trace.trajectory.histories[0][0]
      let powers = state.alpha.map { exp($0) }
      let sum = powers.reduce(0, +)
      #expect(state.concentration.allSatisfy { $0 == 0 })
      #expect(
        mismatch(
          state.weights.map(Double.init), powers.map { Double($0 / sum) }, absolute: 1e-6) == nil)
      #expect(
        run.trace.trajectory.steps[0].validationLoss
          != plain.trace.trajectory.steps[0].validationLoss)
    },
    OptionCase(arguments: ["--set", "seed=5", "--set", "bound=0.5", "--seed", "6"]) { run, _ in
      #expect(run.setting("bound") == "0.5")
      // An option of its own counts more.
      #expect(run.trace.header.seed == 6)
    },
    OptionCase(arguments: ["resnet32"]) { run, _ in
      #expect(run.trace.header.network == "resnet32")
      #expect(run.result("network") == "resnet32")
    },
  ]

  private static func file(
    _ line: String, _ arguments: String...,
    effect: @escaping @Sendable (_ run: SavedRun, _ plain: SavedRun) throws -> Void
  ) -> OptionCase {
    OptionCase(arguments: ["--config", "c.yaml"] + arguments, file: line, effect: effect)
  }

  /// Settings that only a file can change.
  static let settings: [OptionCase] = [
    file("network: resnet32") { run, _ in #expect(run.trace.header.network == "resnet32") },
    file("data: mnist") { run, _ in #expect(run.trace.header.dataset == "mnist") },
    file("accumulation: 3") { run, _ in #expect(run.trace.trajectory.steps.count == 1) },
    file("schedule: constant") { run, plain in
      #expect(run.trace.trajectory.steps.map(\.learningRate) == [0.1, 0.1, 0.1])
      #expect(plain.trace.trajectory.steps[2].learningRate < 0.05)
    },
    file("momentum: 0") { run, plain in
      // The first step has no velocity yet.
      #expect(run.trainLosses[..<2] == plain.trainLosses[..<2])
      #expect(run.trainLosses[2] != plain.trainLosses[2])
    },
    file("weight-decay: 0.5") { run, plain in
      #expect(run.trainLosses[0] == plain.trainLosses[0])
      #expect(run.trainLosses[1] != plain.trainLosses[1])
    },
    file("gradient-clip: 0.01") { run, plain in
      #expect(run.trainLosses[0] == plain.trainLosses[0])
      #expect(run.trainLosses[1] != plain.trainLosses[1])
    },
    file("slope-bound: 0.01") { run, plain in
      let (steps, others) = (run.trace.trajectory.steps, plain.trace.trajectory.steps)
      #expect(steps[0].validationLoss == others[0].validationLoss)
      #expect(steps[1].validationLoss != others[1].validationLoss)
    },
    file("architecture-weight-decay: 1") { run, plain in
      // The weights warm up with ReLU, whatever the architecture does.
      #expect(run.trainLosses == plain.trainLosses)
      #expect(
        run.trace.trajectory.histories[0][2].alpha != plain.trace.trajectory.histories[0][2].alpha)
    },
    file("warm-start-epochs: 0") { run, plain in
      #expect(run.trace.trajectory.steps.allSatisfy { $0.phase == .search })
      #expect(plain.trace.trajectory.steps.allSatisfy { $0.phase == .warmStart })
      #expect(run.trainLosses[0] != plain.trainLosses[0])
    },
    file("shrinking-start: 1", "--epochs", "2") { run, _ in
      // Without it: at the end, step 6.
      #expect(run.trace.trajectory.drops.first?.step == 3)
      #expect(run.trace.trajectory.steps.last?.operationsAlive == 6)
    },
    file("method: darts-second-order", "--set", "warm-start-epochs=0") { run, _ in
      #expect(run.setting("method") == "darts-second-order")
      // What it computes is tested in the library.
      #expect(run.trace.trajectory.steps.allSatisfy { $0.validationLoss.isFinite })
    },
    file("cell: chain") { run, _ in
      #expect(run.setting("cell") == "chain")
      #expect(run.trace.trajectory.slots.map(\.name) != ["u0", "u1", "b0", "u2", "u3", "b1"])
    },
    file("operations: ramachandran") { run, _ in
      #expect(run.trace.trajectory.slots.map(\.operations.count) == [25, 25, 10, 25, 25, 10])
    },
    file("bounding: input") { run, plain in
      #expect(
        run.trace.trajectory.steps[0].validationLoss
          != plain.trace.trajectory.steps[0].validationLoss)
    },
    file("sampling: per-step") { run, plain in
      #expect(
        run.trace.trajectory.steps[0].validationLoss
          != plain.trace.trajectory.steps[0].validationLoss)
    },
    file("scope: stage") { run, _ in
      #expect(run.trace.trajectory.slots.count == 18)
      #expect(run.trace.trajectory.slots[17].name == "stage2_b1")
      #expect(run.result("expression")?.contains("; stage2: ") == true)
      #expect(run.trace.trajectory.curve.functions == ["stage0", "stage1", "stage2"])
    },
    file("scalars: per-channel") { run, plain in
      #expect(
        run.trace.trajectory.steps[0].validationLoss
          != plain.trace.trajectory.steps[0].validationLoss)
      // β starts from N(1, 0.25²), of which the mean over 688 channels is recorded.
      let means = run.trace.trajectory.histories[0][0].scalars
      #expect(!means.isEmpty && means.allSatisfy { abs($0 - 1) < 0.06 }, "\(means)")
    },
    file("divergence-weight: 100") { run, plain in
      #expect(
        run.trace.trajectory.histories[0][2].alpha != plain.trace.trajectory.histories[0][2].alpha)
    },
    file("architecture-start: 1", "--epochs", "2") { run, _ in
      let steps = run.trace.trajectory.steps
      #expect(steps.map(\.validationLoss.isNaN) == steps.map { $0.epoch == 0 })
    },
    file("warm-start-activation: tanh") { run, plain in
      #expect(run.trainLosses[0] != plain.trainLosses[0])
    },
    file("shrinking: stages 1:2", "--epochs", "2") { run, _ in
      #expect(run.trace.trajectory.steps.last?.operationsAlive == 12)
    },
    file("shrinking-end: 3", "--epochs", "5") { run, _ in
      #expect(run.trace.trajectory.steps.last { $0.epoch == 2 }?.operationsAlive == 6)
    },
    file("discretization: mean-weight") { run, _ in
      // What it decides is tested in the library.
      #expect(run.setting("discretization") == "mean-weight")
    },
    file("bound: 0.5") { run, plain in
      #expect(
        run.trace.trajectory.steps[0].validationLoss
          != plain.trace.trajectory.steps[0].validationLoss)
    },
  ]
}

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
      "--dry-run", "--seeds", "--jobs",
    ]
    let tested = OptionCase.options.flatMap { $0.arguments.filter { $0.hasPrefix("--") } }
    #expect(names.count == 24)
    #expect(Set(names) == Set(tested + elsewhere))
  }

  @Test("--exact evaluates cells without the curve")
  func exact() throws {
    let fixture = try SearchFixture()
    // One step on two images: the exact path is slow.
    let step = ["--train-images", "4", "--batch-size", "2", "--validation-fraction", "0.5"]
    let curve = try fixture.saved(step, as: "curve").trace.trajectory
    let run = try fixture.saved(step + ["--exact"], as: "exact")
    let exact = run.trace.trajectory
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
