import Files
import Foundation
import TestSupport
import Testing
import Traces

/// Numbers that no search counts to, in files whose digests are right.
@Suite("Numbers in traces that cannot be")
struct AbsurdNumberTests {
  private func trajectory(
    step: Int = 3, epoch: Int = 1,
    _ change: (inout Trajectory.Step, inout Trajectory.Epoch) -> Void = { _, _ in }
  ) -> Trajectory {
    var trajectory = Trajectory(slots: [.init(name: "u0", operations: ["relu", "tanh"])])
    let state = Trajectory.SlotState(
      alpha: [0, 1], concentration: [1, 2], weights: [0.25, 0.75], mask: [true, true])
    var last = Trajectory.Step(step: step, epoch: 0, phase: .search)
    var summary = Trajectory.Epoch(epoch: epoch, elapsedSeconds: 2)
    change(&last, &summary)
    for number in [0, 1] {
      trajectory.append(.init(step: number, epoch: 0, phase: .search), states: [state])
    }
    trajectory.append(last, states: [state])
    trajectory.append(.init(epoch: 0, elapsedSeconds: 1))
    trajectory.append(summary)
    return trajectory
  }

  private func line(_ trajectory: Trajectory) throws -> String? {
    let folder = try TemporaryFolder()
    try TraceFile.publish(
      Trace(header: .init(seed: 1), configuration: "a: 1\n", record: .relaxed(trajectory)),
      to: folder.file())
    do throws(TraceError) {
      let read = try TraceFile.read(folder.file())
      #expect(read.trajectory == trajectory)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("the greatest that is whole in double precision is read, a greater one is named")
  func files() throws {
    #expect(try line(trajectory(step: 1 << 53, epoch: 999_999)) == nil)
    for number in [1 << 53 + 1, Int.max] {
      #expect(
        try line(trajectory(step: number))?.contains("/steps/step is \(number) instead") == true)
    }
    for number in [1_000_000, 1 << 31, Int.max] {
      #expect(
        try line(trajectory(epoch: number))?.contains("/epochs/epoch is \(number) instead") == true)
    }
  }

  @Test("a time that nothing takes is named", arguments: [-1, 1e300, -1e300, .nan, .infinity])
  func times(seconds: Double) throws {
    let steps = try line(trajectory { row, _ in row.elapsedSeconds = seconds })
    #expect(
      steps?.contains(": /steps/elapsed_seconds is \(seconds) instead of seconds from 0") == true)
    let epochs = try line(trajectory { _, row in row.elapsedSeconds = seconds })
    #expect(epochs?.contains(": /epochs/elapsed_seconds is \(seconds) instead of") == true)
  }

  @Test("so is a part that is none, and a rate below 0; what was not measured is read")
  func parts() throws {
    for value in [Float(-0.25), 1.5, .infinity] {
      let found = try line(trajectory { row, _ in row.trainAccuracy = value })
      #expect(found?.contains("/steps/train_accuracy is \(value) instead of parts") == true)
      let best = try line(trajectory { _, row in row.bestValidationAccuracy = value })
      #expect(best?.contains("/epochs/best_validation_accuracy is \(value) instead") == true)
    }
    for value in [-Float.leastNonzeroMagnitude, -.infinity] {
      let found = try line(trajectory { row, _ in row.learningRate = value })
      #expect(found?.contains("/steps/learning_rate is \(value) instead of rates") == true)
    }
    let unmeasured = try line(
      trajectory { row, summary in
        (row.trainAccuracy, row.learningRate, row.trainLoss) = (.nan, .infinity, .infinity)
        (summary.validationAccuracy, summary.validationLoss) = (.nan, .nan)
      })
    #expect(unmeasured == nil)
  }

  @Test("in checkpoints too", arguments: ["steps.elapsed_seconds", "epochs.elapsed_seconds"])
  func timesOfCheckpoints(name: String) throws {
    var copy = trajectory()
    var checkpoint = try StateCoder.checkpoint(of: copy) { $0.code(&$1) }
    guard case .float64(var values) = checkpoint.entries[name] else {
      throw CocoaError(.coderInvalidValue)
    }
    values[1] = .nan
    checkpoint.entries[name] = .float64(values)
    let error = #expect(throws: CheckpointMismatch.self) {
      try StateCoder.restore(&copy, from: checkpoint) { $0.code(&$1) }
    }
    #expect(error?.description.contains("'\(name)' holds nan") == true)
  }

  @Test(
    "in checkpoints too, and numbers that do not rise",
    arguments: [
      ("steps.step", [0, 1, -1]), ("steps.step", [0, 1, 1]), ("steps.epoch", [0, -5, 0]),
      ("steps.step", [.max, 1, 2]), ("epochs.epoch", [1, 0]), ("epochs.epoch", [0, .max]),
      ("steps.operations_alive", [0, 0, .min]),
    ] as [(String, [Int64])])
  func checkpoints(name: String, numbers: [Int64]) throws {
    var copy = trajectory()
    var checkpoint = try StateCoder.checkpoint(of: copy) { $0.code(&$1) }
    #expect(throws: Never.self) { try StateCoder.restore(&copy, from: checkpoint) { $0.code(&$1) } }
    checkpoint.entries[name] = .int64(numbers)
    #expect(throws: CheckpointMismatch.self) {
      try StateCoder.restore(&copy, from: checkpoint) { $0.code(&$1) }
    }
  }
}
