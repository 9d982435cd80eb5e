import Autodiff
import Tensors
import TestSupport
import Testing

@Suite("Tape")
struct TapeTests {
  @Test("a variable used twice gets the sum of both gradients, a constant gets none")
  func usedTwice() {
    let tape = Tape(team: ThreadTeam(threadCount: 1))
    let x = tape.parameter(Tensor<Float>([1, -2, 3], [1, 3]))
    let c = tape.constant(Tensor<Float>([5, 5, 5], [1, 3]))
    let sum = addition(addition(x, c), x)
    let loss = crossEntropy(sum, labels: [0])
    tape.pullBack(from: loss)
    // ∂/∂x of the loss of 2x + c is twice softmax minus one-hot.
    #expect(c.gradient == nil)
    let gradient = x.gradient ?? Tensor(zeros: [0])
    let reference = centralDifference(at: x.value, step: 1e-2) { x in
      let tape = Tape(team: ThreadTeam(threadCount: 1))
      let v = tape.constant(x)
      let loss = crossEntropy(
        addition(addition(v, tape.constant(c.value)), v), labels: [0])
      return Double(loss.value.scalars[0])
    }
    #expect(mismatch(gradient, reference, absolute: 2e-4) == nil)
  }
}
