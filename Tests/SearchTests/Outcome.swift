import Networks
import Search
import Tensors
import Traces

/// All that a search computes, in one value that is compared bit by bit.
struct Outcome: Equatable {
  var steps: [Trajectory.Step]
  let histories: [Trajectory.SlotHistory]
  let drops: [Trajectory.Drop]
  let genotypes: [Trajectory.Genotype]
  let curve: Trajectory.Curve
  var epochs: [Trajectory.Epoch]
  let parameters: [Tensor<Float>]
  let statistics: [Tensor<Float>]
  let architecture: [Tensor<Double>]

  init(_ search: BilevelSearch<ResidualNetwork>) {
    let recorded = search.trajectory
    steps = recorded.steps.elements
    for index in steps.indices { steps[index].elapsedSeconds = 0 }
    histories = recorded.histories
    drops = recorded.drops
    genotypes = recorded.genotypes
    curve = recorded.curve
    epochs = recorded.epochs
    for index in epochs.indices { epochs[index].elapsedSeconds = 0 }
    parameters = search.trainer.model.namedParameters.map(\.value)
    statistics = search.trainer.model.namedStatistics.map(\.value)
    architecture = search.architecture.slots.flatMap { [$0.weights, $0.scalars] }
  }
}
