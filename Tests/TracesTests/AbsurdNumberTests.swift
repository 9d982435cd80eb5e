import Files
import Foundation
import TestSupport
import Testing
import Traces

/// Numbers that no search counts to, in files whose digests are right.
@Suite("Numbers in traces that cannot be")
struct AbsurdNumberTests {
  private func trajectory(step: Int = 3, epoch: Int = 1) -> Trajectory {
    var trajectory = Trajectory(slots: [.init(name: "u0", operations: ["relu", "tanh"])])
    let state = Trajectory.SlotState(
      alpha: [0, 1], concentration: [1, 2], weights: [0.25, 0.75], mask: [true, true])
    for number in [0, 1, step] {
      trajectory.append(.init(step: number, epoch: 0, phase: .search), states: [state])
    }
    trajectory.append(.init(epoch: 0, elapsedSeconds: 1))
    trajectory.append(.init(epoch: epoch, elapsedSeconds: 2))
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
    #expect(try line(trajectory(step: 1 << 53, epoch: 1 << 53)) == nil)
    for number in [1 << 53 + 1, Int.max] {
      #expect(
        try line(trajectory(step: number))?.contains("/steps/step is \(number) instead") == true)
      #expect(
        try line(trajectory(epoch: number))?.contains("/epochs/epoch is \(number) instead") == true)
    }
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
