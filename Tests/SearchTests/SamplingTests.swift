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
      relaxation: DirichletRelaxation(), cellOfSite: [0, 0, 0],
      limits: Limits(outputs: .output(10)),
      grid: isExact ? nil : CurveGrid())
    var stream = RandomStream(seed: 1, purpose: "test")
    let tape = Tape(device: Device(threads: 1))
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

  @Test("per step, one draw serves all sites of a pass; the mean draws nothing")
  func sharedDraws() {
    func results(_ sampling: MixtureSampling, seed: UInt64) -> [Tensor<Float>] {
      let sampler = CellSampler(
        relaxation: DirichletRelaxation(), sampling: sampling, cellOfSite: [0, 0, 0],
        limits: Limits(outputs: .output(10)),
        grid: CurveGrid())
      var stream = RandomStream(seed: seed, purpose: "test")
      let tape = Tape(device: Device(threads: 1))
      let architecture = ArchitectureTests.grafs()
      return (0..<2).flatMap { _ in
        let cell = sampler.draw(architecture, on: tape, differentiates: true, stream: &stream)
        return (0..<3).map { values(cell.activation, at: $0, on: tape) }
      }
    }
    let perStep = results(.perStep, seed: 1)
    #expect(perStep[0] == perStep[1] && perStep[1] == perStep[2] && perStep[3] == perStep[5])
    #expect(mismatch(perStep[0], perStep[3], absolute: 1e-2) != nil)
    let mean = results(.mean, seed: 1)
    #expect(mean.allSatisfy { $0 == mean[0] })
    #expect(results(.mean, seed: 2) == mean)
    #expect(mismatch(mean[0], perStep[0], absolute: 1e-2) != nil)
  }

  @Test("every cell is drawn for its own sites, from its own weights")
  func cells() throws {
    var stream = RandomStream(seed: 3, purpose: "test")
    var architecture = Architecture(
      graph: .oneCoreUnit, operations: .grafs, cells: ["a", "b"], stream: &stream)
    #expect(
      architecture.slots.map(\.name) == ["a_u0", "a_u1", "a_b0", "b_u0", "b_u1", "b_b0"])
    #expect(architecture.slots.map(\.cell) == [0, 0, 0, 1, 1, 1])
    // Left alone: a is tanh(x), b is x².
    for (slot, name) in zip(0..<6, ["tanh", "exp", "left", "exp", "square", "right"]) {
      let index = architecture.slots[slot].operations.firstIndex { $0.name == name }
      architecture.slots[slot].alive = [try #require(index)]
    }
    let texts = try (0..<2).map { try architecture.expression(ofCell: $0).description }
    #expect(try architecture.function(within: .off).formula == "a: \(texts[0]); b: \(texts[1])")
    #expect(texts[0] == "tanh(x)")
    for sampling in MixtureSampling.allCases {
      let sampler = CellSampler(
        relaxation: DirichletRelaxation(), sampling: sampling, cellOfSite: [0, 1, 1, 0],
        limits: Limits(outputs: .output(10)), grid: CurveGrid())
      let tape = Tape(device: Device(threads: 1))
      let cell = sampler.draw(architecture, on: tape, differentiates: true, stream: &stream)
      let expected = [0, 1, 1, 0].map { cell in
        Tensor(points.scalars.map { cell == 0 ? Float(tanh(Double($0))) : $0 * $0 }, [4, 1])
      }
      for (site, expected) in expected.enumerated() {
        #expect(
          mismatch(values(cell.activation, at: site, on: tape), expected, absolute: 1e-5) == nil)
      }
    }
  }

  @Test("without differentiation the draw is the same, of constants")
  func constants() {
    let sampler = CellSampler(
      relaxation: DirichletRelaxation(), cellOfSite: [0], limits: Limits(outputs: .output(10)),
      grid: nil)
    let tape = Tape(device: Device(threads: 1))
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
    architecture.slots[0].scalars = Tensor([-1.7])
    architecture.slots[0].alive = [0, 2, 3]
    let tape = Tape(device: Device(threads: 1))
    let sum = 3 + 1.5 + exp(-1.0)
    let expected = points.scalars.map { x in
      let x = Double(x)
      return Float((3 * tanh(x) + 1.5 * max(x, 0) + exp(-1.0) * -1.7 * x) / sum)
    }
    for grid in [nil, CurveGrid()] {
      let sampler = CellSampler(
        relaxation: DirichletRelaxation(), cellOfSite: [0, 0, 0, 0, 0],
        limits: Limits(outputs: .output(10)),
        grid: grid)
      let activation = sampler.mean(architecture, on: tape)
      for site in [0, 4] {
        let mismatch = mismatch(
          values(activation, at: site, on: tape), Tensor(expected, [4, 1]), absolute: 1e-6)
        #expect(mismatch == nil)
      }
    }
  }

  /// Nothing learns, and every step sees the same four images, in any order: losses can differ by
  /// the draws alone.
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
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.7), data: data,
      device: Device(threads: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    let losses = search.trajectory.steps.flatMap { [$0.trainLoss, $0.validationLoss] }.sorted()
    #expect(losses.count == 8)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 - $0 > 1e-5 }, "\(losses)")
  }
}
