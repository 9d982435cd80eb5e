extension BilevelSearch {
  /// Why the search cannot stand where its position says; nil if it can.
  ///
  /// Everything else follows from the number of steps, so what does not agree with it was changed
  /// by others: a number that would lead beyond a list, or repeat what was done.
  var positionComplaint: String? {
    let (epochs, perEpoch) = (configuration.recipe.epochs, stepsPerEpoch)
    guard (0...epochs).contains(position.epoch), (0...perEpoch).contains(position.step) else {
      return "it stands at step \(position.step) of epoch \(position.epoch), of \(epochs) epochs "
        + "of \(perEpoch) steps"
    }
    if position.epoch == epochs, position.outcome == nil {
      return "it stands after the last epoch, but has not ended"
    }
    if position.outcome == .finished, position.epoch < epochs || !architecture.isDiscrete {
      return "it has finished in epoch \(position.epoch) of \(epochs)"
    }
    let steps = trajectory.steps.count
    guard steps == position.epoch * perEpoch + position.step else {
      return "it stands at step \(position.step) of epoch \(position.epoch), after \(steps) steps"
    }
    let batches = steps * configuration.recipe.accumulation
    guard position.trainingBatches == batches,
      (0...batches * configuration.architectureDraws).contains(position.validationBatches)
    else {
      return "it has used \(position.trainingBatches) training and "
        + "\(position.validationBatches) validation batches in \(steps) steps"
    }
    let ended = [trajectory.epochs.count, trajectory.genotypes.count, validationScores.count]
    let rows = (steps: trajectory.steps.last?.step, epochs: trajectory.epochs.last?.epoch)
    guard rows.steps ?? -1 == steps - 1, rows.epochs ?? -1 == position.epoch - 1,
      trajectory.genotypes.last?.epoch ?? -1 == position.epoch - 1
    else { return "its rows are not numbered from 0 on" }
    guard ended.allSatisfy({ $0 == position.epoch }) else {
      return "it has \(ended) summaries, functions and scores of \(position.epoch) epochs"
    }
    guard validationScores.allSatisfy({ $0.count > 0 }), relaxedScore?.count != 0 else {
      return "it has the score of an epoch without examples"
    }
    guard (0...steps).contains(position.skipped) else {
      return "it has skipped \(position.skipped) of \(steps) steps"
    }
    return lossComplaint
  }

  /// A loss that is not finite in a search that goes on, which it would have ended; nil if there is
  /// none.
  private var lossComplaint: String? {
    guard position.outcome == nil else { return nil }
    // Steps that are passed over are left out of their epoch's score, but not of the trajectory.
    if !position.score.totalLoss.isFinite {
      return "its loss in epoch \(position.epoch) is \(position.score.totalLoss)"
    }
    guard configuration.divergence == .stop else { return nil }
    if let row = trajectory.steps.elements.first(where: { !$0.trainLoss.isFinite }) {
      return "its loss in step \(row.step) is \(row.trainLoss)"
    }
    if let row = trajectory.epochs.first(where: {
      !$0.trainLoss.isFinite || !$0.validationLoss.isFinite
    }) {
      return "a loss in epoch \(row.epoch) is not finite"
    }
    let scores = validationScores + [relaxedScore].compactMap(\.self)
    return scores.contains { !$0.totalLoss.isFinite }
      ? "a loss on its validation examples is not finite" : nil
  }
}
