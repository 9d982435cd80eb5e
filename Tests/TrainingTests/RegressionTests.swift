import Activations
import Autodiff
import Datasets
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// `w·x` for numbers x, which are no images, and targets t, which are no classes: the loss is the
/// mean of (w·x − t)².
private struct Proportion: Model {
  var weight = Parameter(Tensor([0], [1, 1]))
  let activationSites: [ActivationSite] = []
  let metric = Metric.loss

  func callAsFunction(_ input: [Float], in pass: inout Pass) -> Variable<Float> {
    let tape = pass.tape
    return linearMap(
      tape.constant(Tensor(input, [input.count, 1])), weight: weight.variable(on: tape),
      bias: tape.constant(Tensor([0])))
  }

  func loss(
    of output: Variable<Float>, targets: [Float]
  ) -> (loss: Variable<Float>, score: Score) {
    let count = Float(targets.count)
    let errors = zip(output.value.scalars, targets).map { $0 - $1 }
    let mean = errors.reduce(0) { $0 + $1 * $1 } / count
    let loss = output.tape.record(Tensor([mean], []), from: [output]) { gradient in
      let factor = 2 * gradient.scalars[0] / count
      output.accumulate(Tensor(errors.map { factor * $0 }, output.shape))
    }
    return (
      loss,
      Score(totalLoss: Double(mean) * Double(count), correct: 0, count: targets.count)
    )
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) { visit("weight", &weight) }
}

/// Every number in every batch.
private struct Numbers: Batches {
  let x: [Float] = [-1, 0.5, 1, 2]
  let t: [Float] = [-1, 1.5, 1, 3]
  let batchesPerEpoch = 1

  func batch(at number: Int) -> Batch<[Float], [Float]> {
    Batch(input: x, targets: t, count: x.count)
  }
}

/// A model whose targets are numbers, trained by the loop that trains classifiers.
@Suite("Training of a regression")
struct RegressionTests {
  /// With m = Σx² / n the loss is L* + m (w − w*)², w* = Σxt / Σx² and L* = (Σt² − (Σxt)² / Σx²) /
  /// n; a step of the rate η makes (1 − 2ηm) of w − w*.
  @Test("its loss falls to that of least squares, at every step as on paper")
  func leastSquares() {
    // Σx² = 6.25, Σxt = 8.75, Σt² = 13.25.
    let (least, best, m) = (0.25, 1.4, 1.5625)
    var recipe = TrainingRecipe(epochs: 30, batchSize: 4)
    recipe.learningRate = 0.08
    recipe.optimizer = .gradientDescent(momentum: 0)
    recipe.weightDecay = 0
    var training = TrainingLoop(
      Proportion(), recipe: recipe, batches: Numbers(), device: Device(threads: 1)
    ) { _ in Rectifier() }
    var losses: [Double] = []
    let isFinite = training.run { losses.append($0.score.loss) }
    #expect(isFinite && losses.count == 30)
    var distance = -best
    for (step, loss) in losses.enumerated() {
      #expect(abs(loss - (least + m * distance * distance)) < 1e-5, "step \(step)")
      distance *= 1 - 2 * 0.08 * m
    }
    #expect(losses[0] > 3)
    #expect(abs(training.trainer.model.weight.value.scalars[0] - Float(best)) < 1e-3)
    let score = training.score(on: Numbers())
    #expect(abs(score.loss - least) < 1e-5 && score.count == 4)
    #expect(training.trainer.model.metric.value(of: score) == score.loss)
  }
}
