import Activations
import Autodiff
import Networks
import TestSupport
import Tensors
import Testing

@Suite("Batch normalization layer")
struct BatchNormalizationTests {
  /// `[2, 3]`: means 2 and −1, unbiased variances 2 and 8.
  private let input = Tensor<Float>([1, -3, 3, 1], [2, 2])

  private func pass(_ phase: Phase, on tape: Tape) -> Pass {
    Pass(on: tape, activation: Rectifier(), phase: phase)
  }

  @Test("running statistics move by a tenth towards the mean and the unbiased variance")
  func runningStatistics() {
    var layer = BatchNormalization(channels: 2)
    let tape = Tape(device: Device(threads: 1))
    #expect(
      layer.runningMean.value.scalars == [0, 0] && layer.runningVariance.value.scalars == [1, 1])
    _ = layer(tape.constant(input), in: pass(.training, on: tape))
    // By hand: 0.1 · mean, 0.9 + 0.1 · variance; then once more. Two roundings each.
    #expect(mismatch(layer.runningMean.value, Tensor([0.2, -0.1]), relative: 3e-7) == nil)
    #expect(mismatch(layer.runningVariance.value, Tensor([1.1, 1.7]), relative: 3e-7) == nil)
    _ = layer(tape.constant(input), in: pass(.training, on: tape))
    #expect(mismatch(layer.runningMean.value, Tensor([0.38, -0.19]), relative: 3e-7) == nil)
    #expect(mismatch(layer.runningVariance.value, Tensor([1.19, 2.33]), relative: 3e-7) == nil)
  }

  @Test("training normalizes by the batch, inference by the running statistics and leaves them")
  func phases() {
    var layer = BatchNormalization(channels: 2)
    layer.runningMean.value = Tensor([1, 2])
    layer.runningVariance.value = Tensor([4, 0.25])
    layer.scale.value = Tensor([3, -1])
    layer.offset.value = Tensor([10, 20])
    let tape = Tape(device: Device(threads: 1))
    let inferred = layer(tape.constant(input), in: pass(.inference, on: tape))
    #expect(layer.runningMean.value == Tensor([1, 2]))
    #expect(layer.runningVariance.value == Tensor([4, 0.25]))
    // By hand; ε = 1e−5 moves the second channel by 2e−5 of its size.
    #expect(
      mismatch(
        inferred.materialized().value, Tensor([10, 29.9998, 13, 21.99996], [2, 2]), absolute: 1e-5)
        == nil)
    let trained = layer(tape.constant(input), in: pass(.training, on: tape))
    // x̂ = ±1, less 5e−6 and 1e−6 for ε.
    #expect(
      mismatch(trained.materialized().value, Tensor([7, 21, 13, 19], [2, 2]), absolute: 2e-5) == nil
    )
    #expect(layer.runningMean.value != Tensor([1, 2]))
  }

  @Test("the variance of a single row is left as it is")
  func singleRow() {
    var layer = BatchNormalization(channels: 2)
    let tape = Tape(device: Device(threads: 1))
    let output = layer(tape.constant(Tensor([5, -5], [1, 2])), in: pass(.training, on: tape))
    #expect(output.materialized().value.scalars == [0, 0])
    #expect(mismatch(layer.runningVariance.value, Tensor([0.9, 0.9]), relative: 3e-7) == nil)
  }
}
