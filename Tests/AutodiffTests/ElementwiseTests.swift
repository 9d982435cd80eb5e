import Autodiff
import TestSupport
import Tensors
import Testing

@Suite("Elementwise operations")
struct ElementwiseTests {
  static let shapes: [Shape] = [[1], [7], [3, 5], [2, 3, 3, 5], [33, 3]]

  @Test("addition", arguments: shapes)
  func addition(shape: Shape) {
    let text = disagreement(
      [randomTensor(shape, seed: 1), randomTensor(shape, seed: 2)],
      reference: { inputs in
        Tensor(zip(inputs[0].scalars, inputs[1].scalars).map { $0 + $1 }, shape)
      },
      operation: { Autodiff.addition($0[0], $0[1]) })
    #expect(text == nil)
  }

  @Test("rectification, away from its kink", arguments: shapes)
  func rectification(shape: Shape) {
    // Numbers within the step of the differences (1e−5) of 0 are as unlikely as the seed allows.
    let text = disagreement(
      [randomTensor(shape, seed: 3)],
      reference: { inputs in Tensor(inputs[0].scalars.map { $0 > 0 ? $0 : 0 }, shape) },
      operation: { Autodiff.rectification($0[0]) })
    #expect(text == nil)
  }

  @Test("rectification at 0 has slope 0, and NaN stays visible in value and gradient")
  func kink() {
    let points: [Float] = [-.infinity, -1, -0.0, 0, .leastNonzeroMagnitude, 2, .infinity]
    let (value, upstream, gradients) = run([Tensor(points)]) { Autodiff.rectification($0[0]) }
    #expect(value.scalars == [0, 0, 0, 0, .leastNonzeroMagnitude, 2, .infinity])
    let expected = zip([0, 0, 0, 0, 1, 1, 1] as [Float], upstream.scalars).map { 2 * $0 * $1 }
    #expect(gradients[0]?.scalars == expected)
    let undefined = run([Tensor([.nan])]) { Autodiff.rectification($0[0]) }
    #expect(undefined.value.scalars[0].isNaN)
    // The gradient of a diverged element is passed on, not hidden.
    #expect(undefined.gradients[0]?.scalars == [2 * undefined.upstream.scalars[0]])
  }

  @Test("conversion to double precision and back keeps every number", arguments: shapes)
  func conversion(shape: Shape) {
    let text = disagreement(
      [randomTensor(shape, seed: 4)], relative: 1e-6,
      reference: { inputs in Tensor(inputs[0].scalars.map { $0 }, [1, shape.count]) },
      operation: { variables in
        let double = Autodiff.conversion(
          variables[0], to: Double.self, shape: [shape.count])
        return Autodiff.conversion(double, to: Float.self, shape: [1, shape.count])
      })
    #expect(text == nil)
  }

  @Test("tensors above the size of a piece: every element, the same with 1, 2 and 3 threads")
  func manyPieces() {
    // 2¹⁵ elements make two pieces, 100,003 make six.
    let count = 100_003
    let inputs: [Tensor<Float>] = [randomTensor([count], seed: 1), randomTensor([count], seed: 2)]
    let operation = { (variables: [Variable<Float>]) in
      Autodiff.rectification(Autodiff.addition(variables[0], variables[1]))
    }
    #expect(threadDependence(inputs, operation) == nil)
    let (value, upstream, gradients) = run(inputs, threads: 3, operation)
    let sums = zip(inputs[0].scalars, inputs[1].scalars).map { $0 + $1 }
    #expect(mismatch(value, Tensor(sums.map { max($0, 0) })) == nil)
    let expected = zip(sums, upstream.scalars).map { $0 > 0 ? 2 * $1 : 0 }
    #expect(gradients.allSatisfy { $0?.scalars == expected })
  }

  @Test("tensors of unequal shapes are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = Autodiff.addition(
        tape.constant(Tensor<Float>(zeros: [2, 3])), tape.constant(Tensor<Float>(zeros: [6])))
    }
  }
}
