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
      #expect(run.relaxed.steps.allSatisfy { $0.architectureLearningRate == 3e-3 })
    },
    OptionCase(arguments: ["--preset", "paper", "--epochs", "2"]) { run, _ in
      // Two batches a step, the same learning rate to the end.
      #expect(run.relaxed.steps.map(\.learningRate) == [0.1, 0.1])
      #expect(run.relaxed.steps.allSatisfy { $0.architectureLearningRate == 6e-4 })
    },
    OptionCase(arguments: ["--epochs", "2"]) { run, plain in
      #expect(run.relaxed.epochs.count == 2)
      #expect(run.relaxed.steps.count == 2 * plain.relaxed.steps.count)
      #expect(run.result("epochs") == "2")
    },
    OptionCase(arguments: ["--batch-size", "4"]) { run, _ in
      #expect(run.relaxed.steps.count == 6)
    },
    OptionCase(arguments: ["--seed", "5"]) { run, plain in
      #expect(run.trace.header.seed == 5)
      #expect(run.result("seed") == "5")
      // Weights, batches and architecture all begin elsewhere.
      #expect(run.trainLosses[0] != plain.trainLosses[0])
      #expect(
        run.relaxed.histories[0][0].alpha != plain.relaxed.histories[0][0].alpha)
    },
    OptionCase(arguments: ["--train-images", "64"]) { run, _ in
      #expect(run.relaxed.steps.count == 6)
    },
    OptionCase(arguments: ["--validation-fraction", "0.5"]) { run, _ in
      #expect(run.relaxed.steps.count == 2)
    },
    OptionCase(arguments: ["--learning-rate", "0.05"]) { run, plain in
      #expect(run.relaxed.steps[0].learningRate == 0.05)
      #expect(run.trainLosses[0] == plain.trainLosses[0])
      #expect(run.trainLosses[1] != plain.trainLosses[1])
    },
    OptionCase(arguments: ["--architecture-learning-rate", "0.5"]) { run, plain in
      // Adam's first step is as long as the learning rate, in every direction.
      func moved(_ run: SavedRun) -> Float {
        run.relaxed.histories[0][0].alpha.map(abs).max() ?? 0
      }
      #expect(abs(moved(run) - 0.5) < 1e-3 && abs(moved(plain) - 0.01) < 1e-4)
      #expect(run.relaxed.steps[0].architectureLearningRate == 0.5)
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
      #expect(run.relaxed.epochs.count == 2)
    },
    OptionCase(arguments: ["--method", "darts"]) { run, plain in
      #expect(run.setting("method") == "darts")
      // α begins at 1e−3 · N(0, 1), and the weights are its softmax.
      let state = run.relaxed.histories[0][0]
      let powers = state.alpha.map { exp($0) }
      let sum = powers.reduce(0, +)
      #expect(state.concentration.allSatisfy { $0 == 0 })
      #expect(
        mismatch(
          state.weights.map(Double.init), powers.map { Double($0 / sum) }, absolute: 1e-6) == nil)
      #expect(
        run.relaxed.steps[0].validationLoss
          != plain.relaxed.steps[0].validationLoss)
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
    file("accumulation: 3") { run, _ in #expect(run.relaxed.steps.count == 1) },
    file("schedule: constant") { run, plain in
      #expect(run.relaxed.steps.map(\.learningRate) == [0.1, 0.1, 0.1])
      #expect(plain.relaxed.steps[2].learningRate < 0.05)
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
      let (steps, others) = (run.relaxed.steps, plain.relaxed.steps)
      #expect(steps[0].validationLoss == others[0].validationLoss)
      #expect(steps[1].validationLoss != others[1].validationLoss)
    },
    file("architecture-weight-decay: 1") { run, plain in
      // The weights warm up with ReLU, whatever the architecture does.
      #expect(run.trainLosses == plain.trainLosses)
      #expect(
        run.relaxed.histories[0][2].alpha != plain.relaxed.histories[0][2].alpha)
    },
    file("warm-start-epochs: 0") { run, plain in
      #expect(run.relaxed.steps.allSatisfy { $0.phase == .search })
      #expect(plain.relaxed.steps.allSatisfy { $0.phase == .warmStart })
      #expect(run.trainLosses[0] != plain.trainLosses[0])
    },
    file("shrinking-start: 1", "--epochs", "2") { run, _ in
      // Without it: at the end, step 6.
      #expect(run.relaxed.drops.first?.step == 3)
      #expect(run.relaxed.steps.last?.operationsAlive == 6)
    },
    file("method: darts-second-order", "--set", "warm-start-epochs=0") { run, _ in
      #expect(run.setting("method") == "darts-second-order")
      // What it computes is tested in the library.
      #expect(run.relaxed.steps.allSatisfy { $0.validationLoss.isFinite })
    },
    file("cell: chain") { run, _ in
      #expect(run.setting("cell") == "chain")
      #expect(run.relaxed.slots.map(\.name) != ["u0", "u1", "b0", "u2", "u3", "b1"])
    },
    file("operations: ramachandran") { run, _ in
      #expect(run.relaxed.slots.map(\.operations.count) == [25, 25, 10, 25, 25, 10])
    },
    file("bounding: input") { run, plain in
      #expect(
        run.relaxed.steps[0].validationLoss
          != plain.relaxed.steps[0].validationLoss)
    },
    file("sampling: per-step") { run, plain in
      #expect(
        run.relaxed.steps[0].validationLoss
          != plain.relaxed.steps[0].validationLoss)
    },
    file("scope: stage") { run, _ in
      #expect(run.relaxed.slots.count == 18)
      #expect(run.relaxed.slots[17].name == "stage2_b1")
      #expect(run.result("expression")?.contains("; stage2: ") == true)
      #expect(run.relaxed.curve.functions == ["stage0", "stage1", "stage2"])
    },
    file("scalars: per-channel") { run, plain in
      #expect(
        run.relaxed.steps[0].validationLoss
          != plain.relaxed.steps[0].validationLoss)
      // β starts from N(1, 0.25²), of which the mean over 688 channels is recorded.
      let means = run.relaxed.histories[0][0].scalars
      #expect(!means.isEmpty && means.allSatisfy { abs($0 - 1) < 0.06 }, "\(means)")
    },
    file("divergence-weight: 100") { run, plain in
      #expect(
        run.relaxed.histories[0][2].alpha != plain.relaxed.histories[0][2].alpha)
    },
    file("architecture-start: 1", "--epochs", "2") { run, _ in
      let steps = run.relaxed.steps
      #expect(steps.map(\.validationLoss.isNaN) == steps.map { $0.epoch == 0 })
    },
    file("warm-start-activation: tanh") { run, plain in
      #expect(run.trainLosses[0] != plain.trainLosses[0])
    },
    file("shrinking: stages 1:2", "--epochs", "2") { run, _ in
      #expect(run.relaxed.steps.last?.operationsAlive == 12)
    },
    file("shrinking-end: 3", "--epochs", "5") { run, _ in
      #expect(run.relaxed.steps.last { $0.epoch == 2 }?.operationsAlive == 6)
    },
    file("discretization: mean-weight") { run, _ in
      // What it decides is tested in the library.
      #expect(run.setting("discretization") == "mean-weight")
    },
    file("bound: 0.5") { run, plain in
      #expect(
        run.relaxed.steps[0].validationLoss
          != plain.relaxed.steps[0].validationLoss)
    },
  ]
}
