import Traces

/// A small random stream (SplitMix64), so that a failing case can be repeated from its seed.
struct TestStream: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// Mostly ordinary numbers, sometimes those that are easily lost.
  mutating func float() -> Float {
    switch Int.random(in: 0..<12, using: &self) {
    case 0: .nan
    case 1: -0.0
    case 2: .infinity
    case 3: .leastNonzeroMagnitude
    default: Float.random(in: -3...3, using: &self)
    }
  }

  /// A part of a whole, sometimes not measured.
  mutating func fraction() -> Float {
    Int.random(in: 0..<9, using: &self) == 0 ? .nan : Float.random(in: 0...1, using: &self)
  }

  mutating func floats(_ count: Int) -> [Float] { (0..<count).map { _ in float() } }

  mutating func text() -> String {
    let alphabet = Array("abc XYZ 019 _*()+-\n\"'/é漢🙂")
    return String(
      (0..<Int.random(in: 0...20, using: &self)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &self)]
      })
  }
}

extension Trace {
  /// A trace with random slots, rows and texts.
  static func random(seed: UInt64, steps: Int, epochs: Int = 4) -> Trace {
    var stream = TestStream(seed: seed)
    let slots = (0..<Int.random(in: 1...4, using: &stream)).map { index in
      let operations = (0..<Int.random(in: 1...6, using: &stream)).map { "op_\($0)" }
      let learnable = operations.filter { _ in Bool.random(using: &stream) }
      return Trajectory.Slot(name: "u\(index)", operations: operations, learnable: learnable)
    }
    return random(slots: slots, steps: steps, epochs: epochs, points: 5, stream: &stream)
  }

  /// A trace as wide as the GRAFS search space: 4 unary slots of 23 and 2 binary slots of 9
  /// operations.
  static func grafs(steps: Int, epochs: Int) -> Trace {
    var stream = TestStream(seed: 1)
    let unary = (0..<23).map { "unary_operation_\($0)" }
    let binary = (0..<9).map { "binary_operation_\($0)" }
    let slots = ["u0", "u1", "b0", "u2", "u3", "b1"].map { name in
      name.hasPrefix("u")
        ? Trajectory.Slot(name: name, operations: unary, learnable: Array(unary[6..<9]))
        : Trajectory.Slot(name: name, operations: binary, learnable: [binary[6]])
    }
    return random(slots: slots, steps: steps, epochs: epochs, points: 401, stream: &stream)
  }

  private static func random(
    slots: [Trajectory.Slot], steps: Int, epochs: Int, points: Int, stream: inout TestStream
  ) -> Trace {
    // One function, or two of a search with several cells.
    let functions = steps % 2 == 0 ? ["y"] : ["stage0", "stage1"]
    var trajectory = Trajectory(
      slots: slots, functions: functions, curvePoints: stream.floats(points))
    for step in 0..<steps {
      let phase = Trajectory.Phase.allCases.randomElement(using: &stream) ?? .search
      var row = Trajectory.Step(step: step * 2, epoch: step / 10, phase: phase)
      row.elapsedSeconds = Double.random(in: 0...1e9, using: &stream)
      row.trainLoss = stream.float()
      row.validationLoss = stream.float()
      row.trainAccuracy = stream.fraction()
      row.validationAccuracy = stream.fraction()
      row.learningRate = stream.fraction()
      row.architectureLearningRate = stream.fraction()
      row.operationsAlive = Int.random(in: 0...1 << 53, using: &stream)
      let states = slots.map { slot in
        let count = slot.operations.count
        return Trajectory.SlotState(
          alpha: stream.floats(count), concentration: stream.floats(count),
          weights: stream.floats(count),
          mask: (0..<count).map { _ in Bool.random(using: &stream) },
          scalars: stream.floats(slot.learnable.count))
      }
      trajectory.append(row, states: states)
    }
    for epoch in 0..<epochs {
      var summary = Trajectory.Epoch(epoch: epoch, elapsedSeconds: Double(epoch) / 3)
      summary.trainLoss = stream.float()
      summary.validationLoss = stream.float()
      summary.trainAccuracy = stream.fraction()
      summary.validationAccuracy = stream.fraction()
      summary.bestValidationAccuracy = stream.fraction()
      trajectory.append(summary)
      let chosen = slots.map { $0.operations.randomElement(using: &stream) ?? "" }
      trajectory.append(
        Trajectory.Genotype(
          epoch: epoch, expression: stream.text(), function: stream.text(),
          operations: chosen),
        curveValues: stream.floats(functions.count * points))
      if let slot = slots.randomElement(using: &stream) {
        var drop = Trajectory.Drop(
          step: epoch * 20, epoch: epoch, slot: slot.name, operation: slot.operations[0],
          alpha: stream.float())
        drop.loss = stream.float()
        trajectory.append(drop)
      }
      trajectory.append(
        Trajectory.Plugged(function: stream.text(), loss: Double(stream.float())))
    }
    var header = Trace.Header(seed: stream.next())
    header.status = Trace.Status.allCases.randomElement(using: &stream) ?? .running
    header.programVersion = "0.1.0"
    header.commandLine = "grafs-swift search resnet20 --preset quick \(stream.text())"
    header.network = "resnet20"
    header.dataset = "fashion-mnist"
    header.started = "2025-01-31T12:34:56+01:00"
    header.machine = "2 × Some CPU @ 2.00 GHz"
    header.blas = "OpenBLAS 0.3.21"
    return Trace(
      header: header, configuration: "seed: 1\nepochs: \(epochs)\n", record: .relaxed(trajectory))
  }
}
