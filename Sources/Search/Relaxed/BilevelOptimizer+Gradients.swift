import Activations
import Autodiff
import Datasets
import Training
import Networks
import Tensors

/// Mean gradients over some batches.
package struct BilevelGradients {
  /// The score of the batches.
  var score = Score()
  /// By every weight of the network; empty if not asked for.
  var weights: [Tensor<Float>] = []
  /// By α of every slot, then by the scalars of every slot; empty if not asked for.
  package var architecture: [Tensor<Double>] = []

  /// By what a loss is differentiated.
  package struct Variables: OptionSet {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package static var weights: Variables { Variables(rawValue: 1) }
    package static var architecture: Variables { Variables(rawValue: 2) }
  }
}

extension BilevelOptimizer {
  /// Differentiates the loss of some batches, each with its own mixture weights.
  ///
  /// - Parameters:
  ///   - batches: Each passes through the network on its own.
  ///   - model: The weights; running statistics that the passes move are thrown away.
  ///   - variables: By what.
  ///   - randomness: Of the step; each of its passes has numbers of its own.
  ///   - stream: The random numbers of the mixture weights.
  /// - Returns: Gradients of the mean loss.
  package func gradients(
    of batches: [Trainer<M>.Examples], through model: M, by variables: BilevelGradients.Variables,
    randomness: Pass.Randomness, stream: inout RandomStream
  ) -> BilevelGradients {
    var result = BilevelGradients()
    for (index, batch) in batches.enumerated() {
      var model = model
      var cell: [Variable<Double>] = []
      func loss(_ model: inout M, _ tape: Tape) -> Variable<Float> {
        let drawn = sampler.draw(
          architecture, on: tape, differentiates: variables.contains(.architecture),
          stream: &stream)
        cell = drawn.variables
        var pass = Pass(
          on: tape, activation: drawn.activation, phase: .training,
          randomness: randomness.pass(index, of: batches.count))
        return model.loss(of: batch, score: &result.score, in: &pass)
      }
      if variables.contains(.weights) {
        result.weights.add(model.gradients(on: trainer.device, of: loss), on: trainer.device)
        result.add(cell, variables, on: trainer.device)
      } else {
        let tape = Tape(device: trainer.device)
        tape.pullBack(from: loss(&model, tape))
        result.add(cell, variables, on: trainer.device)
      }
    }
    if batches.count > 1 {
      result.weights.scale(by: 1 / Float(batches.count))
      result.architecture.scale(by: 1 / Double(batches.count))
    }
    return result
  }

  /// Differentiates the loss by weights and architecture in one pass, and moves neither: for
  /// benchmarks.
  package func differentiate(_ batches: [Trainer<M>.Examples]) {
    var stream = RandomStream(seed: configuration.seed, purpose: "benchmark")
    _ = gradients(
      of: batches, through: trainer.model, by: [.weights, .architecture], randomness: .none,
      stream: &stream)
  }

  /// The architecture's gradient one weight step ahead, the mixed second derivative by a central
  /// difference over all weights together.
  ///
  /// With w′ = w − ξ(μ·m + ∇w L_train(w, α) + λ·w), v = ∂L_val(w′, α)/∂w′ and R = 0.01 / ‖v‖:
  ///
  ///     ∂L_val(w′, α)/∂α − ξ (∂L_train(w + R·v, α)/∂α − ∂L_train(w − R·v, α)/∂α) / 2R.
  ///
  /// All of it on copies of the network. Source: Liu, Simonyan, Yang, 2019 (DARTS), equations 7 and
  /// 8, with momentum and weight decay, and without clipping ahead, as in the authors' program.
  ///
  /// - Parameters:
  ///   - validation: The batches whose loss the architecture lowers.
  ///   - training: The batches of the weight step ahead.
  ///   - learningRate: ξ, that of the weight step ahead.
  ///   - randomness: Of the step, the same on both sides of the difference.
  ///   - stream: The random numbers of the mixture weights.
  /// - Returns: The score of the validation batches at w′, and the gradient by the architecture.
  package func gradientAhead(
    validation: [Trainer<M>.Examples], training: [Trainer<M>.Examples], learningRate: Double,
    randomness: Pass.Randomness, stream: inout RandomStream
  ) -> BilevelGradients {
    var ahead = trainer.model
    var optimizer = trainer.optimizer
    let step = gradients(
      of: training, through: ahead, by: .weights, randomness: randomness, stream: &stream)
    optimizer.step(
      &ahead, gradients: step.weights, learningRate: learningRate, on: trainer.device)

    var result = gradients(
      of: validation, through: ahead, by: [.weights, .architecture], randomness: randomness,
      stream: &stream)
    let length = result.weights.reduce(0.0) { $0 + $1.sumOfSquares }.squareRoot()
    guard length > 0, length.isFinite else { return result }
    let distance = 0.01 / length
    // Draws of single operations are the same on both sides too.
    let start = stream
    let sides = [distance, -distance].map { distance in
      stream = start
      var moved = trainer.model
      moved.move(along: result.weights, by: Float(distance), on: trainer.device)
      return gradients(
        of: training, through: moved, by: .architecture, randomness: randomness, stream: &stream
      ).architecture
    }
    var difference = sides[1]
    difference.scale(by: -1)
    difference.add(sides[0], on: trainer.device)
    difference.scale(by: -learningRate / (2 * distance))
    result.architecture.add(difference, on: trainer.device)
    return result
  }
}

extension BilevelGradients {
  /// Adds the gradients that a pass has left in the architecture's variables.
  fileprivate mutating func add(
    _ cell: [Variable<Double>], _ variables: Variables, on device: Device
  ) {
    guard variables.contains(.architecture) else { return }
    architecture.add(cell.map { $0.gradient ?? Tensor(zeros: $0.shape) }, on: device)
  }
}

extension Parameterized {
  /// Adds `distance` times `direction`, one tensor for each parameter, to the parameters.
  fileprivate mutating func move(
    along direction: [Tensor<Float>], by distance: Float, on device: Device
  ) {
    var index = 0
    visitParameters { _, parameter in
      parameter.value.move(along: direction[index], by: distance, on: device)
      index += 1
    }
  }
}
