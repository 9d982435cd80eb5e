import Foundation
import TestSupport
import Traces

/// A search of six steps in two epochs that can be followed on paper.
///
/// Slot `u0` holds relu, tanh and sin, slot `b0` mul and left. tanh is dropped at step 3, and at
/// step 5 sin and left.
enum SmallTrace {
  static let slots = [
    Trajectory.Slot(name: "u0", operations: ["relu", "tanh", "sin"], learnable: ["sin"]),
    Trajectory.Slot(name: "b0", operations: ["mul", "left"]),
  ]
  static let configuration =
    "network: resnet20\ndata: fashion-mnist\nepochs: 4\nmethod: drnas\ncell: u0(x) b0(u0, x)\n"

  /// `[steps][operations]`, mean weights of `u0`; 0 where dropped.
  static let weights: [[Float]] = [
    [0.25, 0.5, 0.25], [0.375, 0.375, 0.25], [0.5, 0.125, 0.375], [0.25, 0, 0.75], [0.5, 0, 0.5],
    [1, 0, 0],
  ]

  /// The trace.
  ///
  /// - Parameters:
  ///   - status: What the header says.
  ///   - functions: Names of the functions: each is `relu(x)` after the second epoch.
  ///   - expression: The function's text after the second epoch.
  ///   - command: The command line in the header.
  ///   - epochs: How many of the two epochs are done.
  /// - Returns: The trace.
  static func trace(
    status: Trace.Status = .finished, functions: [String] = ["y"],
    expression: String = "relu(x)", command: String = "grafs-swift search", epochs: Int = 2
  ) -> Trace {
    var trajectory = Trajectory(
      slots: slots, functions: functions, curvePoints: [-4, -2, 0, 2, 4])
    for step in 0..<3 * epochs {
      var row = Trajectory.Step(step: step, epoch: step / 3, phase: step < 1 ? .warmStart : .search)
      row.elapsedSeconds = Double(step + 1) * 10
      row.trainLoss = Float(6 - step) / 2
      row.validationLoss = step == 0 ? .nan : Float(7 - step) / 2
      row.trainAccuracy = Float(step) / 8
      row.validationAccuracy = Float(step) / 16
      row.learningRate = 0.125
      row.architectureLearningRate = 0.25
      row.operationsAlive = step < 3 ? 5 : step < 5 ? 4 : 2
      trajectory.append(
        row,
        states: [
          .init(
            alpha: [Float(step), 0.5, -Float(step)], concentration: [1, 2, 3],
            weights: weights[step], mask: [true, step < 3, step < 5], scalars: [Float(step) / 4]),
          .init(
            alpha: [0.5, .nan], concentration: [1, 1],
            weights: step < 5 ? [0.75, 0.25] : [1, 0], mask: [true, step < 5]),
        ])
    }
    if epochs > 1 {
      trajectory.append(.init(step: 3, epoch: 1, slot: "u0", operation: "tanh", alpha: 0.5))
      trajectory.append(.init(step: 5, epoch: 1, slot: "u0", operation: "sin", alpha: -4))
      trajectory.append(.init(step: 5, epoch: 1, slot: "b0", operation: "left", alpha: .nan))
    }
    for epoch in 0..<epochs {
      var row = Trajectory.Epoch(epoch: epoch, elapsedSeconds: 30 * Double(epoch + 1))
      row.trainLoss = 2.5 - Float(epoch)
      row.validationLoss = 3 - Float(epoch)
      row.trainAccuracy = 0.25 + Float(epoch) / 4
      row.validationAccuracy = 0.125 + Float(epoch) / 4
      row.bestValidationAccuracy = row.validationAccuracy
      trajectory.append(row)
      let text = epoch == 0 ? "tanh(x) * x" : expression
      let names =
        functions == ["y"]
        ? text
        : functions.map { "\($0): \(text)" }
          .joined(separator: "; ")
      trajectory.append(
        .init(epoch: epoch, expression: names, operations: [epoch == 0 ? "tanh" : "relu", "mul"]),
        curveValues: functions.flatMap { _ in
          epoch == 0 ? [4, 2, 0, 2, 4] as [Float] : [0, 0, 0, 2, 4]
        })
    }
    var header = Trace.Header(seed: 7)
    header.status = status
    header.programVersion = "0.1.0"
    header.commandLine = command
    header.network = "resnet20"
    header.dataset = "fashion-mnist"
    header.started = "2026-01-31T12:34:56Z"
    header.machine = "Some CPU, 2 threads"
    header.blas = "OpenBLAS 0.3.21"
    return Trace(header: header, configuration: configuration, record: .relaxed(trajectory))
  }

  /// Five candidates of a random search, of which the second diverged and the fourth is the best.
  static func proposals(status: Trace.Status = .finished, functions: Int = 1) -> Trace {
    var history = CandidateHistory(metric: "accuracy")
    let found = ["relu(x)", "exp(x)", "tanh(x)", "sin(x) * x", "x"]
    for (number, function) in found.enumerated() {
      let text = (0..<functions).map { "stage\($0): \(function)" }.joined(separator: "; ")
      history.append(
        .init(
          number: number, function: (functions == 1 ? function : text) + " within 10",
          genotypes: (0..<functions).map { _ in "u0=\(number) b0=left" },
          digest: "000000000000000\(number)", value: [0.5, nil, 0.25, 0.75, 0.75][number],
          loss: [1.5, nil, 2, 1, 0.875][number], elapsedSeconds: 20))
    }
    var header = Trace.Header(seed: 7)
    header.status = status
    header.network = "resnet20"
    header.dataset = "fashion-mnist"
    header.usualActivation = "relu"
    return Trace(
      header: header, configuration: "network: resnet20\nmethod: random\nbudget: 8\n",
      record: .proposed(history))
  }

  static let result = """
    {"status": "finished", "expression": "relu(x)", "genotype": "u0=relu b0=mul",
     "network": "resnet20", "dataset": "fashion-mnist", "seed": 7, "validation_accuracy": 0.375,
     "best_validation_accuracy": 0.375, "relu_validation_accuracy": 0.5, "epochs": 2,
     "elapsed_seconds": 60, "relu_elapsed_seconds": 20}
    """

  static let evaluation = """
    {"runs": [], "is_complete": false, "summary": [
      {"function": "found", "network": "resnet20", "dataset": "cifar10", "seeds": 5, "diverged": 0,
       "mean": 0.9125, "standard_deviation": 0.0025, "median": 0.9131, "future": {"a": 1},
       "comparisons": [{"baseline": "relu", "seeds": 5, "paired": true, "difference": 0.004,
         "interval": [-0.001, 0.009], "p": 0.03, "p_adjusted": 0.06,
         "verdict": "not distinguishable"}]},
      {"function": "relu", "network": "resnet20", "dataset": "cifar10", "seeds": 5, "diverged": 5,
       "mean": null, "standard_deviation": null, "median": null, "comparisons": []}]}
    """

  /// Writes a run's folder.
  static func write(
    _ trace: Trace = trace(), to folder: TemporaryFolder, as name: String = "run",
    result: String? = result, evaluation: String? = nil
  ) throws {
    try folder.write(Array(configuration.utf8), to: "\(name)/config.yaml")
    if let result { try folder.write(Array(result.utf8), to: "\(name)/result.json") }
    if let evaluation {
      try folder.write(Array(evaluation.utf8), to: "\(name)/evaluation/evaluation.json")
    }
    try TraceFile.publish(trace, to: folder.file("\(name)/trace.h5"))
  }
}
