import Files
import Networks
import Tensors
import Traces
import Training

extension BilevelSearch {
  /// Where the search stands: all that its continuation needs.
  ///
  /// Random numbers and batches are functions of their number, so counters stand for them.
  ///
  /// - Parameter extent: What happened up to there is left out, because it is kept elsewhere.
  /// - Returns: The state.
  /// - Throws: Nothing that a search of this program can cause.
  public func checkpoint(
    after extent: Trajectory.Extent = .init()
  ) throws(CheckpointMismatch) -> Checkpoint {
    var copy = self
    copy.trajectory = trajectory.rows(from: extent)
    return try StateCoder.checkpoint(of: copy) { $0.code(&$1) }
  }

  /// Takes up a search where a checkpoint of it stands: it goes on bit for bit as that one would.
  ///
  /// - Parameters:
  ///   - checkpoint: Of a search with equal configuration, network, data and space.
  ///   - parts: What it leaves out, such trajectories as `Trajectory.code` writes, in their order.
  /// - Throws: `CheckpointMismatch` if it is of another search; this one is unchanged then.
  public mutating func restore(
    _ checkpoint: Checkpoint, after parts: CheckpointParts = .init()
  ) throws(CheckpointMismatch) {
    var copy = self
    let checkpoint = checkpoint.withScalarColumns(of: optimizer.architecture)
    try StateCoder.restore(&copy, from: checkpoint) { $0.code(&$1) }
    if parts.count > 0 {
      let nothing = Trajectory(
        slots: trajectory.slots, functions: trajectory.curve.functions,
        curvePoints: trajectory.curve.points)
      var whole = nothing
      whole.store = trajectory.store
      for number in 0..<parts.count {
        var rows = nothing
        try StateCoder.restore(&rows, from: parts[number]) { $0.code(&$1) }
        whole.append(contentsOf: rows)
      }
      whole.append(contentsOf: copy.trajectory)
      copy.trajectory = whole
    }
    if let complaint = copy.positionComplaint { throw CheckpointMismatch(complaint) }
    self = copy
  }

  /// The list of everything that changes in the course of a search.
  private mutating func code(_ coder: inout StateCoder) {
    coder.group("position") { position.code(&$0) }
    optimizer.code(&coder)
    coder.code("validation_scores", &validationScores)
    var relaxed = relaxedScore.map { [$0] } ?? []
    coder.code("relaxed_score", &relaxed)
    relaxedScore = relaxed.first
    coder.group("trajectory") { trajectory.code(&$0) }
  }
}

extension BilevelOptimizer {
  /// Codes weights, statistics, architecture, and the states of both optimizers.
  fileprivate mutating func code(_ coder: inout StateCoder) {
    trainer.code(&coder)
    coder.group("architecture") { architecture.code(&$0) }
    let slots = architecture.slots
    coder.group("architecture_optimizer") { coder in
      architectureOptimizer.code(
        &coder,
        of: slots.map { ("\($0.name).weights", $0.weights) }
          + slots.map { ("\($0.name).scalars", $0.scalars) })
    }
  }
}

extension Architecture {
  /// Codes α, scalars, sums of weights, and which operations are alive.
  fileprivate mutating func code(_ coder: inout StateCoder) {
    for index in slots.indices {
      coder.group(slots[index].name) { coder in
        coder.code("weights", &slots[index].weights)
        if !slots[index].weights.isFinite {
          coder.fail("its weights in slot \(slots[index].name) are not all finite")
        }
        coder.code("scalars", &slots[index].scalars)
        // Only where mean weights decide, and not before the first epoch.
        var sums = slots[index].weightSums ?? []
        coder.code("weight_sums", &sums)
        guard sums.isEmpty || sums.count == slots[index].operations.count else {
          return coder.fail("its weight sums in slot \(slots[index].name) are \(sums.count)")
        }
        slots[index].weightSums = sums.isEmpty ? nil : sums
        var alive = slots[index].alive
        coder.code("alive", &alive)
        guard
          !alive.isEmpty, alive.allSatisfy(slots[index].operations.indices.contains),
          zip(alive, alive.dropFirst()).allSatisfy({ $0 < $1 })
        else { return coder.fail("its operations alive in slot \(slots[index].name) are \(alive)") }
        slots[index].alive = alive
      }
    }
  }
}
