import Files
import Testing
import Traces

@Suite struct TrajectoryTests {
  private static let slot = Trajectory.Slot(
    name: "u0", operations: ["relu", "beta_x"], learnable: ["beta_x"])

  private static func state(_ value: Float) -> Trajectory.SlotState {
    .init(
      alpha: [value, 1], concentration: [2, 3], weights: [0.4, 0.6], mask: [true, true],
      scalars: [value])
  }

  @Test func aRowIsFoundAgainInTheColumns() {
    var trajectory = Trajectory(slots: [Self.slot])
    trajectory.append(.init(step: 0, epoch: 0, phase: .search), states: [Self.state(5)])
    trajectory.append(.init(step: 1, epoch: 0, phase: .search), states: [Self.state(7)])
    #expect(trajectory.histories[0].alpha == [5, 1, 7, 1])
    #expect(trajectory.histories[0].scalars == [[5, 7]])
    #expect(trajectory.histories[0][1].alpha == [7, 1])
    #expect(trajectory.histories[0][1].scalars == [7])
  }

  @Test func nanEqualsNaNAndMinusZeroDiffersFromZero() {
    func trajectory(_ value: Float) -> Trajectory {
      var trajectory = Trajectory(slots: [Self.slot])
      trajectory.append(.init(step: 0, epoch: 0, phase: .search), states: [Self.state(value)])
      return trajectory
    }
    #expect(trajectory(.nan) == trajectory(.nan))
    #expect(trajectory(-0.0) != trajectory(0))
    #expect(trajectory(1) != trajectory(.nan))
  }

  @Test(arguments: [0, 1, 5, 20, 40])
  func whatLiesBeforeAStepIsTheTrajectoryOfAShorterSearch(rows: Int) {
    func record(_ steps: Int) -> Trajectory {
      var trajectory = Trajectory(slots: [Self.slot], curvePoints: [0, 1, 2])
      for step in 0..<steps {
        let epoch = step / 5
        if step % 5 == 0 {
          trajectory.append(
            Trajectory.Drop(step: step, epoch: epoch, slot: "u0", operation: "relu", alpha: 1))
        }
        trajectory.append(
          .init(step: step, epoch: epoch, phase: .search), states: [Self.state(Float(step))])
        if step % 5 == 4 {
          trajectory.append(Trajectory.Epoch(epoch: epoch, elapsedSeconds: 1))
          trajectory.append(
            Trajectory.Genotype(epoch: epoch, expression: "relu(x)", operations: ["relu"]),
            curveValues: [0, 1, Float(epoch)])
        }
      }
      return trajectory
    }
    #expect(record(40).before(step: rows, epoch: rows / 5) == record(rows))
  }

  @Test func aRowOfTheWrongWidthTraps() async {
    await #expect(processExitsWith: .failure) {
      var trajectory = Trajectory(slots: [.init(name: "u0", operations: ["relu", "x"])])
      let state = Trajectory.SlotState(
        alpha: [1], concentration: [1, 1], weights: [1, 1], mask: [true, true])
      trajectory.append(.init(step: 0, epoch: 0, phase: .search), states: [state])
    }
  }

  @Test func aMissingSlotTraps() async {
    await #expect(processExitsWith: .failure) {
      var trajectory = Trajectory(slots: [.init(name: "u0", operations: ["relu"])])
      trajectory.append(.init(step: 0, epoch: 0, phase: .search), states: [])
    }
  }

  @Test func aStepThatDoesNotFollowTraps() async {
    await #expect(processExitsWith: .failure) {
      var trajectory = Trajectory(slots: [])
      trajectory.append(.init(step: 3, epoch: 0, phase: .search), states: [])
      trajectory.append(.init(step: 3, epoch: 0, phase: .search), states: [])
    }
  }

  @Test func aNameThatCannotNameADatasetTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Trajectory.Slot(name: "u0", operations: ["a/b"])
    }
  }

  @Test func complaintsNameWhatIsWrong() {
    func complaint(_ name: String, _ operations: [String], _ learnable: [String] = []) -> String? {
      Trajectory.Slot.complaint(name: name, operations: operations, learnable: learnable)
    }
    #expect(complaint("u0", ["a", "b"], ["b"]) == nil)
    #expect(complaint("step", ["a"]) == "a slot cannot be named 'step'")
    #expect(complaint("u0_operation", ["a"]) == "a slot cannot be named 'u0_operation'")
    #expect(complaint("u0", []) == "u0 has no operations")
    #expect(complaint("u0", ["a", "a"]) == "u0 has an operation twice in [\"a\", \"a\"]")
    #expect(complaint("u 0", ["a"]) == "the name 'u 0' is not made of letters, digits and _")
    #expect(complaint("u0", ["a", "b"], ["b", "a"])?.contains("learnable") == true)
  }

  @Test("a checkpoint gives it back whole", arguments: 0..<20)
  func trajectory(seed: UInt64) throws {
    let steps = Int(seed) * 3
    let original = try #require(Trace.random(seed: seed, steps: steps).trajectory)
    var coder = StateCoder()
    var copy = original
    copy.code(&coder)
    let bytes = try coder.finish().bytes
    var back = Trajectory(
      slots: original.slots, functions: original.curve.functions,
      curvePoints: original.curve.points)
    var reader = StateCoder(restoring: try Checkpoint(bytes: bytes))
    back.code(&reader)
    _ = try reader.finish()
    #expect(back == original, "seed \(seed)")
    #expect(original.steps.count == steps)
  }
}
