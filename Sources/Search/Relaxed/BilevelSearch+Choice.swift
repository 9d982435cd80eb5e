import Activations
import Autodiff
import Networks
import Tensors
import Traces
import Training

extension BilevelConfiguration {
  /// How often the examples that try changes pass through the network in a whole search.
  ///
  /// - Parameter sizes: The operations alive in every slot at the start.
  /// - Returns: One for every removal that is tried, and one for every plugged function.
  public func probes(sizes: [Int]) -> Int {
    let plugged = task.race.isOn ? relaxed.plugged : 0
    guard relaxed.discretization == .loss else { return plugged }
    return sizes.reduce(plugged) { sum, size in
      // With so many left there is a drop of which so many are tried.
      stride(from: 2, through: min(size, relaxed.removalStart), by: 1).reduce(sum) {
        $0 + min($1, relaxed.removalCandidates)
      }
    }
  }
}

extension BilevelSearch {
  /// Drops operations, each from the fullest slot.
  mutating func drop(_ count: Int, epoch: Int) {
    for _ in 0..<count {
      guard let slot = architecture.fullestSlot else { return }
      let (operation, loss) = weakest(ofSlot: slot)
      let drop = optimizer.architecture.drop(operation, fromSlot: slot)
      var row = Trajectory.Drop(
        step: trajectory.steps.count, epoch: epoch, slot: drop.slot, operation: drop.operation,
        alpha: Float(drop.weight))
      row.loss = loss.map { Float($0) } ?? .nan
      trajectory.append(row)
    }
  }

  /// What a slot can do without, and the loss without it, if that was tried.
  private func weakest(ofSlot slot: Int) -> (operation: Int, loss: Double?) {
    let state = architecture.slots[slot]
    guard configuration.discretization == .loss, state.alive.count <= configuration.removalStart
    else { return (state.weakest, nil) }
    var best = (operation: state.weakest, loss: Double.nan)
    for candidate in state.weakest(configuration.removalCandidates) {
      var without = architecture
      _ = without.drop(candidate, fromSlot: slot)
      let loss = probe { [sampler = optimizer.sampler] in sampler.mean(without, on: $0) }
      // The weaker one on ties; a loss that is not a number is the last resort.
      if loss < best.loss || (best.loss.isNaN && !loss.isNaN) { best = (candidate, loss) }
    }
    return best
  }

  /// Plugs functions of the space into the network as it is, and records its loss with each.
  ///
  /// They propose functions for the race, so that without one there are none, and none where the
  /// network has diverged. Functions that no network could be trained with are left out, and so is
  /// what was drawn before. Until all are done nothing is recorded: a search that was stopped
  /// meanwhile begins again with the first.
  ///
  /// - Parameter report: Is called after every one with how many are done.
  /// - Throws: What `report` throws.
  mutating func plugIn(report: (BilevelSearch, Int) throws -> Void) throws {
    guard configuration.plugged > 0, configuration.task.race.isOn,
      probe({ [sampler = optimizer.sampler, architecture] in sampler.mean(architecture, on: $0) })
        .isFinite
    else { return }
    var stream = RandomStream(seed: configuration.seed, purpose: "plugged")
    var (known, rows): (Set<String>, [Trajectory.Plugged]) = ([], [])
    // A small space has no more than so many.
    for _ in 0..<4 * configuration.plugged where rows.count < configuration.plugged {
      let candidate = Candidate(
        architecture.cells.map { _ in space.randomGenotype(from: &stream) })
      guard
        let function = try? candidate.function(
          in: space, cells: architecture.cells, bounding: configuration.task.bounding),
        function.isTrainable, known.insert(function.text).inserted,
        let activation = try? function.activation(at: trainer.model.activationSites)
      else { continue }
      let loss = probe { activation.activation(on: $0) }
      rows.append(Trajectory.Plugged(function: function.text, loss: loss))
      try report(self, rows.count)
    }
    for row in rows { trajectory.append(row) }
  }

  /// The mean loss of the examples that try changes.
  ///
  /// Normalization is by their own statistics: running ones are of other functions.
  private func probe(_ activation: (Tape) -> any Activation) -> Double {
    trainer.score(on: data.probing, normalization: .ofTheBatch, activation: activation).loss
  }
}
