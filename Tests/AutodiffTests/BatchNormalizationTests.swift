import Autodiff
import Foundation
import TestSupport
import Tensors
import Testing

@Suite("Batch normalization")
struct BatchNormalizationTests {
  private static let epsilon = 1e-2

  /// Rows below and above the smallest piece (256) and the kernel's block (64); a single row,
  /// whose variance is 0; matrices and images.
  static let shapes: [Shape] = [
    [1, 3], [2, 5], [7, 1], [3, 3, 4, 2], [65, 9], [130, 3], [1, 23, 29, 1],
  ]

  private func inputs(_ shape: Shape) -> [Tensor<Float>] {
    [
      Tensor(
        zip((randomTensor(shape, seed: 1) as Tensor<Float>).scalars, 0...).map {
          // Channels of different means and deviations.
          $0 * (0.5 + Float($1 % shape.columns)) + 0.25 * Float($1 % shape.columns)
        }, shape),
      randomTensor([shape.columns], seed: 2), randomTensor([shape.columns], seed: 3),
    ]
  }

  /// Columns by mean and mean square deviation.
  static func statistics(_ input: Tensor<Double>) -> (mean: [Double], variance: [Double]) {
    let (rows, columns, x) = (input.shape.rows, input.shape.columns, input.scalars)
    var (mean, variance) = ([Double](repeating: 0, count: columns), [Double]())
    variance = mean
    for index in x.indices { mean[index % columns] += x[index] / Double(rows) }
    for index in x.indices {
      let deviation = x[index] - mean[index % columns]
      variance[index % columns] += deviation * deviation / Double(rows)
    }
    return (mean, variance)
  }

  private func normalized(
    _ inputs: [Tensor<Double>], _ statistics: (mean: [Double], variance: [Double])
  ) -> Tensor<Double> {
    let columns = inputs[0].shape.columns
    let (scale, offset) = (inputs[1].scalars, inputs[2].scalars)
    return Tensor(
      zip(inputs[0].scalars, 0...).map { x, index in
        let channel = index % columns
        let root = (statistics.variance[channel] + Self.epsilon).squareRoot()
        return (x - statistics.mean[channel]) / root * scale[channel] + offset[channel]
      }, inputs[0].shape)
  }

  @Test("training: values and three gradients are those of the definition", arguments: shapes)
  func training(shape: Shape) {
    // x̂ has some 1e−7 · mean / deviation of rounding, and 700 of them enter a sum.
    let text = disagreement(
      inputs(shape), relative: 2e-5,
      reference: { normalized($0, Self.statistics($0[0])) },
      operation: { variables in
        batchNormalization(
          variables[0], scale: variables[1], offset: variables[2], epsilon: Float(Self.epsilon)
        ).output.materialized()
      })
    #expect(text == nil)
  }

  @Test("inference: given statistics are constants", arguments: shapes)
  func inference(shape: Shape) {
    let mean: Tensor<Float> = randomTensor([shape.columns], seed: 4)
    let variance = Tensor(
      (randomTensor([shape.columns], seed: 5) as Tensor<Float>).scalars.map { 0.5 + abs($0) })
    let given = (mean.scalars.map(Double.init), variance.scalars.map(Double.init))
    let text = disagreement(
      inputs(shape), relative: 2e-5,
      reference: { normalized($0, given) },
      operation: { variables in
        normalization(
          variables[0], scale: variables[1], offset: variables[2],
          statistics: ChannelStatistics(mean: mean, variance: variance),
          epsilon: Float(Self.epsilon)
        ).materialized()
      })
    #expect(text == nil)
  }

  /// With the two above, all that a pre-activation can be; shapes as there, and one whose pieces
  /// hold several stretches of 2,048 elements.
  @Test(
    "normalization, shortcut and activation in one pass",
    arguments: [[2, 5], [65, 9], [1, 23, 29, 1]] as [Shape], [true, false])
  func fused(shape: Shape, isOverBatch: Bool) {
    let mean: Tensor<Float> = randomTensor([shape.columns], seed: 4)
    let variance = Tensor<Float>(repeating: 1.5, [shape.columns])
    let given = (mean.scalars.map(Double.init), variance.scalars.map(Double.init))
    let text = disagreement(
      inputs(shape) + [randomTensor(shape, seed: 7)], relative: 2e-5,
      reference: { inputs in
        let map = normalized(inputs, isOverBatch ? Self.statistics(inputs[0]) : given)
        return Tensor(zip(map.scalars, inputs[3].scalars).map { max($0 + $1, 0) }, shape)
      },
      operation: { variables in
        let map =
          isOverBatch
          ? batchNormalization(
            variables[0], scale: variables[1], offset: variables[2], epsilon: Float(Self.epsilon)
          ).output
          : normalization(
            variables[0], scale: variables[1], offset: variables[2],
            statistics: ChannelStatistics(mean: mean, variance: variance),
            epsilon: Float(Self.epsilon))
        return map.adding(variables[3]).applying(.rectification)
      })
    #expect(text == nil)
  }

  @Test("one pass equals one operation after the other")
  func fusedEqualsComposed() {
    // 33 images: more than one to a piece; 17 × 16 × 9 elements: more than one stretch each.
    let shape: Shape = [33, 17, 16, 9]
    let tensors = inputs(shape) + [randomTensor(shape, seed: 8)]
    func map(_ variables: [Variable<Float>]) -> PreActivation {
      batchNormalization(
        variables[0], scale: variables[1], offset: variables[2], epsilon: 1e-5
      ).output
    }
    let fused = run(tensors) { map($0).adding($0[3]).applying(.rectification) }
    let composed = run(tensors) { rectification(addition(map($0).materialized(), $0[3])) }
    // A fused multiply-add may round the sum once less; the gradients' sums agree to rounding.
    #expect(
      mismatch(fused.value, composed.value, absolute: 1e-6, relative: 1e-6) == nil)
    for (first, second) in zip(fused.gradients, composed.gradients) {
      #expect(
        mismatch(
          first ?? Tensor(zeros: [0]), second ?? Tensor(zeros: [1]), absolute: 1e-5,
          relative: 1e-5) == nil)
    }
  }

  @Test("statistics stay exact far from zero, where squares would cancel", arguments: [1, 33])
  func statistics(batch: Int) {
    let shape: Shape = [batch, 4, 4, 3]
    let input = Tensor(
      (randomTensor(shape, seed: 6) as Tensor<Float>).scalars.map { 3000 + 0.5 * $0 }, shape)
    let tape = Tape(device: Device(threads: 2))
    let (_, statistics) = batchNormalization(
      tape.constant(input), scale: tape.constant(Tensor(repeating: 1, [3])),
      offset: tape.constant(Tensor(zeros: [3])), epsilon: 1e-5)
    let expected = Self.statistics(input.converted(to: Double.self))
    // The mean is rounded once (1e−4 at 3000); E[x²] − E[x]² in single precision would be off by 1.
    #expect(
      mismatch(
        statistics.mean.scalars.map(Double.init), expected.mean, absolute: 2e-4) == nil)
    #expect(
      mismatch(
        statistics.variance.scalars.map(Double.init), expected.variance, relative: 1e-6) == nil)
  }
}
