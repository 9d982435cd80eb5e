import Activations
import Autodiff
import Datasets
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// Every number in every batch.
private struct Numbers: Batches {
  let x: [Float] = [-1, 0.5, 1, 2]
  let t: [Float] = [-1, 1.5, 1, 3]
  let batchesPerEpoch = 1

  func batch(at number: Int) -> Batch<[Float], [Float]> {
    Batch(input: x, targets: t, count: x.count)
  }
}

/// The identity, exactly.
private struct NoActivation: Activation {
  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> { input }
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
      Proportion(weight: 0), recipe: recipe, batches: Numbers(), device: Device(threads: 1)
    ) { _ in NoActivation() }
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
