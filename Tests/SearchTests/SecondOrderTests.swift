import Activations
import Datasets
import Foundation
import Search
import TestSupport
import Tensors
import Testing

/// The gradient one weight step ahead, beside the derivative of the whole look-ahead.
///
/// With the formulas of `PaperProblemTests` the look-ahead is a function of the architecture alone,
///
///     F(α, β) = L_val(w − ξ(μ·m + ∂L_train(w, α, β)/∂w + λ·w), α, β),
///
/// whose total derivative is taken by differences in double precision. It is what second-order
/// DARTS approximates.
@Suite("Second-order gradient")
struct SecondOrderTests {
  private struct Problem {
    let training: ImageBatch
    let validation: ImageBatch
    let rate: Double

    /// F.
    func loss(_ paper: PaperProblemTests.Paper) -> Double {
      var ahead = paper
      ahead.weightStep(
        paper.gradients(training).weight, rate: rate, momentum: 0.9, decay: 0.05)
      return ahead.loss(validation)
    }

    /// ∂F by α and β, by central differences of fourth order.
    func gradient(_ paper: PaperProblemTests.Paper) -> [Double] {
      (0..<4).map { index in
        func moved(_ distance: Double) -> Double {
          var paper = paper
          if index < 3 { paper.alpha[index] += distance } else { paper.beta += distance }
          return loss(paper)
        }
        let step = 1e-3
        return (8 * (moved(step) - moved(-step)) - moved(2 * step) + moved(-2 * step)) / (12 * step)
      }
    }
  }

  /// The first step has no momentum yet; later ones have. Steps differ in batches and in w. Ahead
  /// nothing is clipped; the clip would bite, and the steps taken would feel it.
  @Test(
    "is the derivative of the look-ahead",
    arguments: [(0, nil), (1, nil), (3, nil), (0, 0.001)] as [(Int, Double?)])
  func exact(steps: Int, gradientClip: Double?) throws {
    var configuration = PaperProblemTests.configuration(accumulation: 1)
    configuration.recipe.gradientClip = gradientClip
    configuration.method = .dartsSecondOrder
    let data = try PixelData.parts(training: 16, validation: 12, batchSize: 4)
    var optimizer = try BilevelOptimizer(
      configuration, model: OneWeightClassifier(weight: 0.7),
      space: try PaperProblemTests.space(), relaxation: LinearRelaxation(),
      device: Device(threads: 1))
    let slot = optimizer.architecture.slots[0]
    var paper = PaperProblemTests.Paper(
      alpha: slot.weights.scalars, beta: slot.scalars.scalars[0], weight: 0.7)
    for step in 0..<steps {
      let batch = data.training.batch(at: step)
      _ = optimizer.weightStep([batch], number: step, learningRate: 0.3)
      paper.weightStep(paper.gradients(batch).weight, rate: 0.3, momentum: 0.9, decay: 0.05)
    }

    let problem = Problem(
      training: data.training.batch(at: 5), validation: data.validation.batch(at: 0), rate: 2)
    var stream = RandomStream(seed: 1, purpose: "test")
    let weight = optimizer.trainer.model.weight.value
    let found = optimizer.gradientAhead(
      validation: [problem.validation], training: [problem.training], learningRate: 2,
      randomness: .none, stream: &stream
    ).architecture
    let gradient = found[0].scalars + found[1].scalars
    let expected = problem.gradient(paper)
    // Without the term of second order the error is larger, by far. What the central difference
    // leaves out, and single precision, whose rounding is divided by the distance of 0.01, are
    // small beside.
    var ahead = paper
    ahead.weightStep(
      paper.gradients(problem.training).weight, rate: 2, momentum: 0.9, decay: 0.05)
    let first = ahead.gradients(problem.validation).architecture
    func error(_ gradient: [Double]) -> Double {
      zip(gradient, expected).map { abs($0 - $1) }.max() ?? .nan
    }
    #expect(error(gradient) < 5e-4 && error(gradient) < 0.1 * error(first))
    #expect(optimizer.trainer.model.weight.value == weight, "the network was not left alone")
  }

  @Test("a search takes it")
  func search() throws {
    var alphas: [[Float]] = []
    for method in [RelaxedMethod.darts, .dartsSecondOrder] {
      var configuration = PaperProblemTests.configuration(accumulation: 1)
      configuration.method = method
      var search = try BilevelSearch(
        configuration, model: OneWeightClassifier(weight: 0.7),
        data: try PixelData.parts(training: 16, validation: 12, batchSize: 4),
        space: try PaperProblemTests.space(), device: Device(threads: 1))
      try search.run(steps: 3)
      alphas.append(search.trajectory.histories[0][2].alpha)
    }
    #expect(alphas[0] != alphas[1])
  }
}
