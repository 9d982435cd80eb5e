import Activations
import Autodiff
import Datasets
import Networks
import Tensors

/// A model and the optimizer that trains it: the same for search and for retraining.
public struct Trainer<M: Model> {
  /// The model.
  public var model: M
  /// The optimizer, with what it remembers.
  public package(set) var optimizer: any Optimizer
  /// The largest norm of a step's gradients; longer ones are scaled down to it; nil for any.
  public let gradientClip: Double?
  /// What to compute on.
  public let device: Device

  /// The batches that the model takes.
  public typealias Examples = Batch<M.Input, M.Targets>

  /// Makes a trainer that has not stepped yet.
  public init(
    model: M, optimizer: any Optimizer, gradientClip: Double? = nil, device: Device
  ) {
    precondition(gradientClip ?? 1 > 0, "Trainer: gradients clipped to \(gradientClip ?? 0)")
    self.model = model
    self.optimizer = optimizer
    self.gradientClip = gradientClip
    self.device = device
  }

  /// Makes a trainer that follows a recipe.
  public init(model: M, recipe: TrainingRecipe, device: Device) {
    self.init(
      model: model, optimizer: recipe.makeOptimizer(), gradientClip: recipe.gradientClip,
      device: device)
  }

  /// Takes one step against the mean gradient of some batches.
  ///
  /// Where the loss or its gradient is not finite the model stays as it was, running statistics
  /// included.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the model on its own; their gradients are averaged.
  ///   - learningRate: η.
  ///   - randomness: Of the step; each of its passes has numbers of its own.
  ///   - activation: Makes the activation of a pass on its tape.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func step(
    _ batches: [Examples], learningRate: Double, randomness: Pass.Randomness = .none,
    activation: (Tape) -> any Activation
  ) -> (score: Score, isFinite: Bool) {
    withoutActuallyEscaping(activation) { activation in
      var fixed = FixedActivation(activation)
      return step(batches, learningRate: learningRate, randomness: randomness, activation: &fixed)
    }
  }

  /// Takes one step, of the activation's parameters too.
  ///
  /// Where the loss or its gradient is not finite both stay as they were.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the model on its own; their gradients are averaged.
  ///   - learningRate: η, of weights; the optimizer's rules say what it is of others.
  ///   - randomness: Of the step; each of its passes has numbers of its own.
  ///   - activation: Trained with the weights; the same one in every step.
  /// - Returns: The score of these batches before the step, and whether the step was taken.
  public mutating func step(
    _ batches: [Examples], learningRate: Double, randomness: Pass.Randomness = .none,
    activation: inout some NetworkActivation
  ) -> (score: Score, isFinite: Bool) {
    var whole = ActivatedNetwork(network: model, activation: activation)
    var score = Score()
    var sums: [Tensor<Float>] = []
    for (index, batch) in batches.enumerated() {
      let gradients = whole.gradients(on: device) { whole, tape in
        var pass = Pass(
          on: tape, activation: whole.activation.activation(on: tape), phase: .training,
          randomness: randomness.pass(index, of: batches.count))
        return whole.network.loss(of: batch, score: &score, in: &pass)
      }
      sums.add(gradients, on: device)
    }
    guard score.loss.isFinite, sums.allSatisfy({ $0.isFinite }) else { return (score, false) }
    if batches.count > 1 { sums.scale(by: 1 / Float(batches.count)) }
    if let gradientClip { sums = sums.clipped(toNorm: gradientClip) }
    optimizer.step(&whole, gradients: sums, learningRate: learningRate, on: device)
    (model, activation) = (whole.network, whole.activation)
    return (score, true)
  }

  /// By which statistics scores normalize.
  public enum Normalization: Sendable {
    /// By those that the model has kept of its training.
    case running
    /// By those of the batch that is scored: the model was trained with other activations.
    case ofTheBatch
  }

  /// Scores the model.
  ///
  /// - Parameters:
  ///   - batches: The examples, each of which is scored once.
  ///   - count: Only the first so many batches are scored; nil for all.
  ///   - normalization: By which statistics layers normalize; the model keeps its own.
  ///   - activation: Makes the activation of a pass on its tape.
  /// - Returns: The score of the examples.
  public func score(
    on batches: any Batches<M.Input, M.Targets>, first count: Int? = nil,
    normalization: Normalization = .running, activation: (Tape) -> any Activation
  ) -> Score {
    var model = model
    var score = Score()
    let phase = normalization == .running ? Phase.inference : .training
    for number in 0..<min(count ?? .max, batches.batchesPerEpoch) {
      let tape = Tape(device: device)
      var pass = Pass(on: tape, activation: activation(tape), phase: phase)
      _ = model.loss(of: batches.batch(at: number), score: &score, in: &pass)
    }
    return score
  }
}

extension Model {
  /// Computes the loss of a batch.
  ///
  /// - Parameters:
  ///   - batch: Input and targets.
  ///   - score: The batch is added to it.
  ///   - pass: Where it is computed.
  /// - Returns: The mean loss over the rows, a scalar.
  public mutating func loss(
    of batch: Batch<Input, Targets>, score: inout Score, in pass: inout Pass
  ) -> Variable<Float> {
    let output = self(batch.input, in: &pass)
    let (loss, part) = loss(of: output, targets: batch.targets)
    score.add(part)
    return loss
  }
}
