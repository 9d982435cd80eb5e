import Autodiff
import TestSupport
import Tensors
import Testing

@Suite("Bias addition")
struct BiasAdditionTests {
  /// Rows below and above the kernel's block of 64 and the smallest piece.
  @Test(
    "with shortcut and activation it is that of the definition",
    arguments: [[1, 3], [65, 9], [1, 23, 29, 1]] as [Shape])
  func definition(shape: Shape) {
    let text = disagreement(
      [
        randomTensor(shape, seed: 1), randomTensor([shape.columns], seed: 2),
        randomTensor(shape, seed: 3),
      ], relative: 2e-5,
      reference: { inputs in
        let bias = inputs[1].scalars
        return Tensor(
          zip(0..., zip(inputs[0].scalars, inputs[2].scalars)).map {
            max($1.0 + bias[$0 % shape.columns] + $1.1, 0)
          }, shape)
      },
      operation: { biasAddition($0[0], bias: $0[1]).adding($0[2]).applying(.rectification) })
    #expect(text == nil)
  }

  @Test("alone it passes the gradient on as it came")
  func alone() {
    let input: Tensor<Float> = randomTensor([3, 4, 5], seed: 1)
    let (value, upstream, gradients) = run([input, Tensor<Float>(zeros: [5])]) {
      biasAddition($0[0], bias: $0[1]).materialized()
    }
    #expect(value == input)
    #expect(gradients[0] == Tensor(upstream.scalars.map { 2 * $0 }, [3, 4, 5]))
  }

  @Test("a bias of another length is refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = biasAddition(
        tape.constant(Tensor(zeros: [2, 3])), bias: tape.constant(Tensor(zeros: [2]))
      ).materialized()
    }
  }
}
