import Activations
import Autodiff
import Datasets
import Networks
import Tensors

/// A network and the optimizer that trains its weights: the same for search and for retraining.
public struct Trainer<Network: ImageClassifier> {
  /// The network.
  public var network: Network
  /// The optimizer, with its velocities.
  public package(set) var optimizer: StochasticGradientDescent
  /// The threads to compute on.
  public let device: Device

  /// Makes a trainer that has not stepped yet.
  public init(network: Network, optimizer: StochasticGradientDescent, device: Device) {
    self.network = network
    self.optimizer = optimizer
    self.device = device
  }

  /// Takes one step against the mean gradient of some batches.
  ///
  /// Where the loss or its gradient is not finite the network stays as it was, running statistics
  /// included.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own; their gradients are averaged.
  ///   - learningRate: η.
  ///   - activation: Makes the activation of a pass on its tape.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func step(
    _ batches: [Batch], learningRate: Double, activation: (Tape) -> any Activation
  ) -> (score: Score, isFinite: Bool) {
    var none = NoParameters()
    return step(batches, learningRate: learningRate, parameters: &none) { activation($1) }
  }

  /// Takes one step, of the activation's parameters too.
  ///
  /// Where the loss or its gradient is not finite both stay as they were.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own; their gradients are averaged.
  ///   - learningRate: η, of weights and activation.
  ///   - activation: Trained with the weights; the same one in every step.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func step(
    _ batches: [Batch], learningRate: Double, activation: inout some NetworkActivation
  ) -> (score: Score, isFinite: Bool) {
    step(batches, learningRate: learningRate, parameters: &activation) { $0.activation(on: $1) }
  }

  private mutating func step<Parameters: Parameterized>(
    _ batches: [Batch], learningRate: Double, parameters: inout Parameters,
    making activation: (Parameters, Tape) -> any Activation
  ) -> (score: Score, isFinite: Bool) {
    var model = ActivatedNetwork(network: network, activation: parameters)
    var score = Score()
    var sums: [Tensor<Float>] = []
    for batch in batches {
      let gradients = model.gradients(on: device) { model, tape in
        model.network.loss(
          of: batch, activation: activation(model.activation, tape), score: &score, on: tape)
      }
      sums.add(gradients, on: device)
    }
    guard score.loss.isFinite, sums.allSatisfy({ $0.isFinite }) else { return (score, false) }
    if batches.count > 1 { sums.scale(by: 1 / Float(batches.count)) }
    optimizer.step(&model, gradients: sums, learningRate: Float(learningRate), device: device)
    (network, parameters) = (model.network, model.activation)
    return (score, true)
  }

  /// Scores the network with its running statistics.
  ///
  /// - Parameters:
  ///   - batches: The images, each of which is scored once.
  ///   - count: Only the first so many batches are scored; nil for all.
  ///   - activation: Makes the activation of a pass on its tape.
  /// - Returns: The score of the images.
  public func score(
    on batches: BatchSequence, first count: Int? = nil, activation: (Tape) -> any Activation
  ) -> Score {
    var network = network
    var score = Score()
    for number in 0..<min(count ?? .max, batches.batchesPerEpoch) {
      let tape = Tape(device: device)
      let batch = batches.batch(at: number)
      let logits = network(
        tape.constant(batch.images), activation: activation(tape), phase: .inference)
      let loss = crossEntropy(logits, labels: batch.labels)
      score.add(loss: loss.value.scalars[0], logits: logits.value, labels: batch.labels)
    }
    return score
  }
}

/// What an activation has that is not trained.
private struct NoParameters: Parameterized {
  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {}
  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {}
}

extension ImageClassifier {
  /// Computes the loss of a batch in the training phase.
  ///
  /// - Parameters:
  ///   - batch: Images and labels.
  ///   - activation: The function at every site.
  ///   - score: The batch is added to it.
  ///   - tape: The tape of the pass.
  /// - Returns: The mean cross-entropy in nats, a scalar.
  public mutating func loss(
    of batch: Batch, activation: some Activation, score: inout Score, on tape: Tape
  ) -> Variable<Float> {
    let logits = self(tape.constant(batch.images), activation: activation, phase: .training)
    let loss = crossEntropy(logits, labels: batch.labels)
    score.add(loss: loss.value.scalars[0], logits: logits.value, labels: batch.labels)
    return loss
  }
}
