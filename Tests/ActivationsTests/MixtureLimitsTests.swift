import Activations
import Autodiff
import TestSupport
import Tensors
import Testing

@Suite("Limits of mixtures")
struct MixtureLimitsTests {
  @Test("an output beyond the bound counts as the bound, and passes no gradient")
  func clipping() {
    let operations: [ElementaryOperation] = [
      ElementaryOperation(Square.self), ElementaryOperation(Scale.self),
    ]
    let x = Tensor([5, -5, 3, 2], [1, 4])
    let weights = Tensor([0.25, 2], [1, 2])
    let direction = Tensor([1, 10, 100, 1000.0], [1, 4])
    // Squares 25, 25, 9, 4; 4·x: 20, −20, 12, 8; bound 10, which 3² and 2·4 do not reach.
    let result = differentiated([x, weights, Tensor([4])], direction: direction) { variables in
      mixture(
        of: operations, at: [variables[0]], weights: variables[1], scalars: variables[2],
        limits: Limits(outputs: .output(10)))
    }
    // ¼·10 + 2·10, ¼·10 − 2·10, ¼·9 + 2·10, ¼·4 + 2·8
    #expect(result.value.scalars == [22.5, -17.5, 22.25, 17])
    // 100 · ¼·6, 1000 · (¼·4 + 2·4)
    #expect(result.gradients[0].scalars == [0, 0, 150, 9000])
    // 10 + 10·10 + 100·9 + 1000·4, 10 − 10·10 + 100·10 + 1000·8
    #expect(result.gradients[1].scalars == [5010, 8910])
    // 1000 · 2·2
    #expect(result.gradients[2].scalars == [4000])
  }

  @Test("an output that is the bound passes its gradient; NaN stays NaN")
  func edges() {
    let identity = ElementaryOperation(Identity.self)
    let x = Tensor([10, -10, 10.0.nextUp, .nan, .infinity, -.infinity], [1, 6])
    let direction = Tensor<Double>(repeating: 2, [1, 6])
    let result = differentiated(
      [x, Tensor([1], [1, 1]), Tensor(zeros: [0])], direction: direction
    ) {
      mixture(
        of: [identity], at: [$0[0]], weights: $0[1], scalars: $0[2],
        limits: Limits(outputs: .output(10)))
    }
    #expect(result.value.scalars[..<3] == [10, -10, 10])
    #expect(result.value.scalars[3].isNaN)
    #expect(result.value.scalars[4...] == [10, -10])
    #expect(result.gradients[0].scalars[..<3] == [2, 2, 0])
    #expect(result.gradients[0].scalars[4...] == [0, 0])
  }

  /// −1/x² is −400 at 0.05, −0.25 at 2; x₁/x₂ has the slopes 1/x₂ and −x₁/x₂².
  @Test("bounded slopes: derivatives by arguments are clipped, values and other gradients are not")
  func slopeBound() throws {
    let reciprocal = try #require(OperationSet.pangaea.all.first { $0.name == "reciprocal" })
    let divide = try #require(OperationSet.pangaea.all.first { $0.name == "divide" })
    func gradients(
      _ operation: ElementaryOperation, _ operands: [Tensor<Double>], slopeBound: Double?
    ) -> (value: Tensor<Double>, gradients: [Tensor<Double>]) {
      let result = differentiated(
        operands + [Tensor([0.5], [1, 1]), Tensor(zeros: [0])],
        direction: Tensor(repeating: 3, operands[0].shape)
      ) { variables in
        mixture(
          of: [operation], at: Array(variables.prefix(operands.count)),
          weights: variables[operands.count], scalars: variables[operands.count + 1],
          limits: Limits(slopes: slopeBound))
      }
      return (result.value, result.gradients)
    }
    let x = Tensor([0.05, -0.05, 2], [1, 3])
    let (value, byX) = gradients(reciprocal, [x], slopeBound: 20)
    #expect(mismatch(value, Tensor([10, -10, 0.25], [1, 3]), relative: 1e-14) == nil)
    #expect(mismatch(byX[0], Tensor([-30, -30, -0.375], [1, 3]), relative: 1e-14) == nil)
    #expect(mismatch(byX[1], Tensor([3 * 0.5], [1, 1]), relative: 1e-14) == nil)
    let free = gradients(reciprocal, [x], slopeBound: nil).gradients[0]
    #expect(mismatch(free, Tensor([-600, -600, -0.375], [1, 3]), relative: 1e-13) == nil)

    let pair = [Tensor([3, 3.0], [1, 2]), Tensor([0.01, -2], [1, 2])]
    let (_, byPair) = gradients(divide, pair, slopeBound: 20)
    #expect(mismatch(byPair[0], Tensor([30, -0.75], [1, 2]), relative: 1e-14) == nil)
    #expect(mismatch(byPair[1], Tensor([-30, -1.125], [1, 2]), relative: 1e-14) == nil)
  }
}
