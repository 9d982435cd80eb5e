import Networks
import Tensors
import TestSupport
import Testing
import Training

/// What `Tests/References/adamw.py` wrote.
private struct AdamWReference: Decodable {
  struct Run: Decodable {
    let name: String
    let rates: [Double]
    let betas: [Double]
    let decay: Double
    /// Both tensors after every step.
    let after: [[[Double]]]
  }

  let weights: [[Double]]
  /// Of both tensors, for every step.
  let gradients: [[[Double]]]
  let runs: [Run]
}

/// Adam whose decay stands beside the step, and optax.
@Suite("AdamW and optax")
struct AdamWTests {
  private let reference: AdamWReference

  init() throws { reference = try decodedReference("adamw.json", in: .module) }

  private func disagreement<Scalar: TensorScalar>(
    _ tensors: [Tensor<Scalar>], _ expected: [[Double]], relative: Double
  ) -> String? {
    mismatch(
      tensors.flatMap { $0.scalars.map { Double($0) } }, expected.flatMap { $0 },
      relative: relative)
  }

  @Test("five steps in double precision, with decay and without")
  func double() {
    #expect(reference.runs.map(\.decay) == [0, 0.01, 0.5])
    for run in reference.runs {
      var weights: [Tensor<Double>] = OptimizerTests.tensors(reference.weights)
      var optimizer = Adam<Double>(
        betas: (run.betas[0], run.betas[1]), weightDecay: run.decay, isDecoupled: true)
      for step in run.rates.indices {
        optimizer.step(
          &weights, gradients: OptimizerTests.tensors(reference.gradients[step]),
          learningRate: run.rates[step])
        let text = disagreement(weights, run.after[step], relative: 1e-14)
        #expect(text == nil, "\(run.name), step \(step)")
      }
      #expect(optimizer.steps == 5)
    }
  }

  @Test("and of a network, in single precision")
  func network() {
    for run in reference.runs {
      let start: [Tensor<Float>] = OptimizerTests.tensors(reference.weights)
      var pair = Pair(first: Parameter(start[0]), second: Parameter(start[1]))
      var optimizer = Adam<Float>(
        betas: (Float(run.betas[0]), Float(run.betas[1])), weightDecay: Float(run.decay),
        isDecoupled: true)
      for step in run.rates.indices {
        optimizer.step(
          &pair, gradients: OptimizerTests.tensors(reference.gradients[step]),
          learningRate: run.rates[step], on: Device(threads: 1))
        // 1 − β₂ = 0.001 has six good digits in single precision; it cancels for the most part.
        let text = disagreement(
          [pair.first.value, pair.second.value], run.after[step], relative: 2e-5)
        #expect(text == nil, "\(run.name), step \(step)")
      }
    }
  }
}
