import Networks
import Training
import TestSupport
import Tensors
import Testing

/// What `Tests/References/optimizers.py` wrote.
private struct OptimizerReference: Decodable {
  struct Run: Decodable {
    let name: String
    let rates: [Double]
    let momentum: Double
    let betas: [Double]
    let decay: Double
    /// The largest norm of a step's gradients.
    let clip: Double?
    /// Both tensors after every step.
    let after: [[[Double]]]
  }

  let weights: [[Double]]
  /// Of both tensors, for every step.
  let gradients: [[[Double]]]
  let sgd: [Run]
  let adam: [Run]
}

/// Two tensors that are trained.
struct Pair: Parameterized {
  var first: Parameter
  var second: Parameter

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("first", &first)
    visit("second", &second)
  }
}

@Suite("Optimizers and PyTorch")
struct OptimizerTests {
  private let reference: OptimizerReference

  init() throws { reference = try decodedReference("optimizers.json", in: .module) }

  /// The two tensors of lists of numbers.
  static func tensors<Scalar: TensorScalar>(_ numbers: [[Double]]) -> [Tensor<Scalar>] {
    [
      Tensor(numbers[0].map { Scalar($0) }), Tensor(numbers[1].map { Scalar($0) }, [2, 3]),
    ]
  }

  private func disagreement<Scalar: TensorScalar>(
    _ tensors: [Tensor<Scalar>], _ expected: [[Double]], relative: Double
  ) -> String? {
    mismatch(
      tensors.flatMap { $0.scalars.map { Double($0) } }, expected.flatMap { $0 },
      relative: relative)
  }

  @Test("gradient descent takes PyTorch's five steps")
  func gradientDescent() {
    let device = Device(threads: 1)
    #expect(reference.sgd.count == 5)
    for run in reference.sgd {
      let start: [Tensor<Float>] = Self.tensors(reference.weights)
      var pair = Pair(first: Parameter(start[0]), second: Parameter(start[1]))
      var optimizer = StochasticGradientDescent(
        momentum: Float(run.momentum), weightDecay: Float(run.decay))
      #expect(optimizer.velocities.isEmpty)
      for step in run.rates.indices {
        let gradients: [Tensor<Float>] = Self.tensors(reference.gradients[step])
        optimizer.step(
          &pair, gradients: run.clip.map { gradients.clipped(toNorm: $0) } ?? gradients,
          learningRate: run.rates[step], on: device)
        // A few roundings of numbers of size 2 in every step.
        let text = disagreement(
          [pair.first.value, pair.second.value], run.after[step], relative: 1e-6)
        #expect(text == nil, "\(run.name), step \(step)")
      }
    }
  }

  @Test("Adam takes PyTorch's five steps, in double and in single precision")
  func adam() {
    #expect(reference.adam.count == 3)
    for run in reference.adam {
      // 1 − β₂ = 0.001 has six good digits in single precision; it cancels for the most part.
      let double = disagreement(run, as: Double.self, relative: 1e-14)
      #expect(double == nil)
      let single = disagreement(run, as: Float.self, relative: 2e-5)
      #expect(single == nil)
    }
  }

  private func disagreement<Scalar: TensorScalar>(
    _ run: OptimizerReference.Run, as type: Scalar.Type, relative: Double
  ) -> String? {
    var weights: [Tensor<Scalar>] = Self.tensors(reference.weights)
    var optimizer = Adam<Scalar>(
      betas: (Scalar(run.betas[0]), Scalar(run.betas[1])), weightDecay: Scalar(run.decay))
    for step in run.rates.indices {
      optimizer.step(
        &weights, gradients: Self.tensors(reference.gradients[step]),
        learningRate: Scalar(run.rates[step]))
      if let text = disagreement(weights, run.after[step], relative: relative) {
        return "\(run.name), step \(step): \(text)"
      }
    }
    return optimizer.steps == run.rates.count ? nil : "\(optimizer.steps) steps counted"
  }

  @Test("a copied optimizer goes its own way")
  func valueSemantics() {
    var weights: [Tensor<Double>] = Self.tensors(reference.weights)
    var optimizer = Adam<Double>()
    optimizer.step(&weights, gradients: Self.tensors(reference.gradients[0]), learningRate: 0.1)
    let (kept, keptWeights) = (optimizer, weights)
    optimizer.step(&weights, gradients: Self.tensors(reference.gradients[1]), learningRate: 0.1)
    var (again, weightsAgain) = (kept, keptWeights)
    again.step(&weightsAgain, gradients: Self.tensors(reference.gradients[1]), learningRate: 0.1)
    #expect(weights == weightsAgain)
    #expect(kept.steps == 1 && keptWeights != weights)
  }

  @Test("gradients that do not fit the parameters are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      var weights = [Tensor<Double>([1])]
      var optimizer = Adam<Double>()
      optimizer.step(&weights, gradients: [], learningRate: 1)
    }
  }
}
