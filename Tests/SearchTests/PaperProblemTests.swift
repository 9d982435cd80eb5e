import Activations
import Datasets
import Foundation
import Networks
import Search
import Tensors
import TestSupport
import Testing

/// A search whose every number is computed here once more, from formulas derived on paper.
///
/// The network has the logits f(w·x) and 0; f(z) = q₀·z + q₁·z² + q₂·β·z, clipped per operation,
/// with q = (1 + α)/3. With t = 1 for label 0 and −1 for label 1 the loss of an image is ln(1 +
/// e^(−t·f)), so ∂L/∂f = −t·σ(−t·f) =: s, and for a batch of n images, summing over those,
///
///     ∂L/∂αᵢ = Σ s·oᵢ(z) / 3n,   ∂L/∂β = Σ s·q₂·z / n,   ∂L/∂w = Σ s·f′(z)·x / n.
@Suite("Bilevel search on a problem solved on paper")
struct PaperProblemTests {
  /// The problem's state, in double precision.
  struct Paper {
    var alpha: [Double]
    var beta: Double
    var weight: Double
    var mean = [Double](repeating: 0, count: 4)
    var square = [Double](repeating: 0, count: 4)
    var velocity: Double?
    var steps = 0

    var shares: [Double] { alpha.map { (1 + $0) / 3 } }

    func operations(_ z: Double) -> [Double] { [z, z * z, beta * z] }

    /// Gradients of the mean loss by α, β and w.
    func gradients(_ batch: ImageBatch) -> (architecture: [Double], weight: Double) {
      var sum = [0.0, 0, 0, 0]
      var byWeight = 0.0
      let q = shares
      for (x, label) in zip(batch.input.scalars.map(Double.init), batch.targets) {
        let z = weight * x
        let f = zip(q, operations(z)).reduce(0) { $0 + $1.0 * $1.1 }
        let t = label == 0 ? 1.0 : -1
        let s = -t / (1 + exp(t * f))
        for (index, operation) in operations(z).enumerated() { sum[index] += s * operation / 3 }
        sum[3] += s * q[2] * z
        byWeight += s * (q[0] + 2 * q[1] * z + q[2] * beta) * x
      }
      return (sum.map { $0 / Double(batch.count) }, byWeight / Double(batch.count))
    }

    func loss(_ batch: ImageBatch) -> Double {
      let losses = zip(batch.input.scalars.map(Double.init), batch.targets).map { x, label in
        let f = zip(shares, operations(weight * x)).reduce(0) { $0 + $1.0 * $1.1 }
        return log(1 + exp(label == 0 ? -f : f))
      }
      return losses.reduce(0, +) / Double(batch.count)
    }

    /// Adam with betas 0.5 and 0.999 and coupled weight decay (Kingma and Ba, 2015).
    mutating func architectureStep(_ gradient: [Double], rate: Double, decay: Double) {
      steps += 1
      for (index, part) in gradient.enumerated() {
        let parameter = index < 3 ? alpha[index] : beta
        let g = part + decay * parameter
        mean[index] = 0.5 * mean[index] + 0.5 * g
        square[index] = 0.999 * square[index] + 0.001 * g * g
        let m = mean[index] / (1 - pow(0.5, Double(steps)))
        let v = square[index] / (1 - pow(0.999, Double(steps)))
        let moved = parameter - rate * m / (v.squareRoot() + 1e-8)
        if index < 3 { alpha[index] = moved } else { beta = moved }
      }
    }

    /// Momentum with coupled weight decay; the first velocity is the gradient.
    mutating func weightStep(_ gradient: Double, rate: Double, momentum: Double, decay: Double) {
      let g = gradient + decay * weight
      let v = velocity.map { momentum * $0 + g } ?? g
      velocity = v
      weight -= rate * v
    }
  }

  static func configuration(accumulation: Int) -> BilevelConfiguration {
    var configuration = BilevelConfiguration()
    configuration.seed = 5
    configuration.recipe.epochs = 2
    configuration.recipe.batchSize = 4
    configuration.recipe.accumulation = accumulation
    configuration.recipe.learningRate = 0.3
    configuration.recipe.weightDecay = 0.05
    configuration.architectureLearningRate = 0.1
    configuration.architectureWeightDecay = 0.2
    configuration.warmStartEpochs = 0
    configuration.isExact = true
    return configuration
  }

  static func space() throws -> SearchSpace {
    SearchSpace(
      graph: try CellGraph(slots: [CellGraph.Slot("u0", .unary, of: "x")]),
      operations: OperationSet(
        unary: [
          ElementaryOperation(Identity.self), ElementaryOperation(Square.self),
          ElementaryOperation(Scale.self),
        ], binary: []))
  }

  /// 16 training and 12 validation images: 4 and 3 batches of 4, so the second epoch of validation
  /// batches begins within the first epoch of the search. The network computes in single precision,
  /// whose error after eight steps is about 1e−6; each term of each formula is worth more than
  /// 1e−3.
  @Test("every step has the numbers of the paper", arguments: [1, 2])
  func steps(accumulation: Int) throws {
    let configuration = Self.configuration(accumulation: accumulation)
    let data = try PixelData.parts(training: 16, validation: 12, batchSize: 4)
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.7), data: data, space: try Self.space(),
      relaxation: LinearRelaxation(), device: Device(threads: 1))
    let initial = search.architecture.slots[0]
    var paper = Paper(
      alpha: initial.weights.scalars, beta: initial.scalars.scalars[0], weight: 0.7)

    let steps = 2 * 4 / accumulation
    #expect(search.stepsPerEpoch * 2 == steps)
    var rows: [(alpha: [Double], beta: Double, validation: Double, training: Double)] = []
    for step in 0..<steps {
      let numbers = (0..<accumulation).map { step * accumulation + $0 }
      let validation = numbers.map { data.validation.batch(at: $0) }
      let validationLoss = mean(validation.map(paper.loss))
      let parts = validation.map { paper.gradients($0).architecture }
      paper.architectureStep(
        (0..<4).map { index in mean(parts.map { $0[index] }) }, rate: 0.1, decay: 0.2)
      let training = numbers.map { data.training.batch(at: $0) }
      rows.append(
        (paper.alpha, paper.beta, validationLoss, mean(training.map(paper.loss))))
      paper.weightStep(
        mean(training.map { paper.gradients($0).weight }), rate: 0.3, momentum: 0.9, decay: 0.05)
    }

    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    let recorded = search.trajectory
    #expect(recorded.steps.count == steps)
    for (step, row) in rows.enumerated() {
      let state = recorded.histories[0][step]
      #expect(
        mismatch(state.alpha.map(Double.init), row.alpha, absolute: 5e-6) == nil, "step \(step)")
      #expect(abs(Double(state.scalars[0]) - row.beta) < 5e-6, "step \(step)")
      #expect(
        mismatch(
          [Double(recorded.steps[step].validationLoss), Double(recorded.steps[step].trainLoss)],
          [row.validation, row.training], absolute: 5e-6) == nil, "step \(step)")
    }
    let slot = search.architecture.slots[0]
    #expect(mismatch(slot.weights.scalars, paper.alpha, absolute: 5e-6) == nil)
    #expect(mismatch(slot.scalars.scalars, [paper.beta], absolute: 5e-6) == nil)
    let weight = Double(search.trainer.model.weight.value.scalars[0])
    #expect(mismatch([weight], [paper.weight], absolute: 5e-6) == nil)
  }

  private func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  /// The curve through 2,888 nodes is exact for polynomials up to the third degree, so the same
  /// numbers come out, up to single precision.
  @Test("the curve gives the numbers of the exact cell")
  func curve() throws {
    var results: [[Double]] = []
    for isExact in [true, false] {
      var configuration = Self.configuration(accumulation: 1)
      configuration.isExact = isExact
      var search = try BilevelSearch(
        configuration, model: OneWeightClassifier(weight: 0.7),
        data: try PixelData.parts(training: 16, validation: 12, batchSize: 4),
        space: try Self.space(), relaxation: LinearRelaxation(), device: Device(threads: 1))
      try search.run(steps: 8)
      let slot = search.architecture.slots[0]
      results.append(
        slot.weights.scalars + slot.scalars.scalars
          + search.trainer.model.weight.value.scalars.map(Double.init))
    }
    #expect(mismatch(results[1], results[0], absolute: 1e-5) == nil)
    #expect(results[1] != results[0], "both took the same path")
  }
}
