import Activations
import Autodiff
import Foundation
import Networks
import Search
import Tensors
import TestSupport
import Testing

@Suite("Sampling of cells")
struct SamplingTests {
  private let points = Tensor<Float>([-1.5, -0.3, 0.4, 2], [4, 1])

  private func values(_ activation: any Activation, at site: Int, on tape: Tape) -> Tensor<Float> {
    activation(tape.constant(points), at: site).value
  }

  @Test("every site and every pass has a draw of its own", arguments: [true, false])
  func draws(isExact: Bool) {
    let sampler = CellSampler(
      relaxation: DirichletRelaxation(), samples: 3, bound: 10,
      grid: isExact ? nil : CurveGrid())
    var stream = RandomStream(seed: 1, purpose: "test")
    let tape = Tape(team: ThreadTeam(threadCount: 1))
    var results: [Tensor<Float>] = []
    for _ in 0..<2 {
      let cell = sampler.draw(
        ArchitectureTests.grafs(), on: tape, differentiates: true, stream: &stream)
      #expect(cell.variables.count == 12)
      results += (0..<3).map { values(cell.activation, at: $0, on: tape) }
    }
    for (index, result) in results.enumerated() {
      for other in results[..<index] { #expect(mismatch(result, other, absolute: 1e-2) != nil) }
    }
  }

  @Test("without differentiation the draw is the same, of constants")
  func constants() {
    let sampler = CellSampler(
      relaxation: DirichletRelaxation(), samples: 1, bound: 10, grid: nil)
    let tape = Tape(team: ThreadTeam(threadCount: 1))
    let results = [true, false].map { differentiates in
      var stream = RandomStream(seed: 1, purpose: "test")
      let cell = sampler.draw(
        ArchitectureTests.grafs(), on: tape, differentiates: differentiates, stream: &stream)
      #expect(cell.variables.allSatisfy { $0.needsGradient == differentiates })
      return values(cell.activation, at: 0, on: tape)
    }
    #expect(results[0] == results[1])
  }

  /// Concentrations 1 + 2, 1 + ½ and e^−1 of the operations alive, which are not all.
  @Test("the mean cell weighs the operations alive by their concentrations, the same at all sites")
  func mean() throws {
    var architecture = try ArchitectureTests.single(
      ["tanh", "square", "relu", "beta_times_x"], alpha: [2, 9, 0.5, -1])
    architecture.slots[0].scalars = Tensor([0, 0, 0, -1.7])
    architecture.slots[0].alive = [0, 2, 3]
    let tape = Tape(team: ThreadTeam(threadCount: 1))
    let sum = 3 + 1.5 + exp(-1.0)
    let expected = points.scalars.map { x in
      let x = Double(x)
      return Float((3 * tanh(x) + 1.5 * max(x, 0) + exp(-1.0) * -1.7 * x) / sum)
    }
    for grid in [nil, CurveGrid()] {
      let sampler = CellSampler(
        relaxation: DirichletRelaxation(), samples: 5, bound: 10, grid: grid)
      let activation = sampler.mean(architecture, on: tape)
      for site in [0, 4] {
        let mismatch = mismatch(
          values(activation, at: site, on: tape), Tensor(expected, [4, 1]), absolute: 1e-6)
        #expect(mismatch == nil)
      }
    }
  }

  /// Nothing learns, and every step sees the same four images, in any order: losses can differ by the
  /// draws alone.
  @Test("every step draws anew, for the weights other cells than for the architecture")
  func freshDraws() throws {
    var configuration = SilentErrorTests.configuration(epochs: 4)
    configuration.recipe.learningRate = 0
    configuration.architectureLearningRate = 0
    configuration.shrinkingStart = 4
    let same: (Int) -> UInt8 = { _ in 0 }
    let parts = try PixelData.parts(training: 4, validation: 4, batchSize: 4, label: same)
    let data = SearchData(
      training: parts.validation, validation: parts.validation, scoring: parts.scoring)
    var search = BilevelSearch(
      configuration, network: OneWeightClassifier(weight: 0.7), data: data,
      team: ThreadTeam(threadCount: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    let losses = search.trajectory.steps.flatMap { [$0.trainLoss, $0.validationLoss] }.sorted()
    #expect(losses.count == 8)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 - $0 > 1e-5 }, "\(losses)")
  }
}
