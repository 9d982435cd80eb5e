import Activations
import Autodiff
import Tensors
import TestSupport
import Testing

@Suite("Dirichlet samples on a tape")
struct DirichletSamplesTests {
  private func stream() -> RandomStream { RandomStream(seed: 3, purpose: "test", index: 7) }

  @Test("every row is a draw, one after the other from the stream, and sums to 1")
  func rows() {
    let concentrations = [0.3, 2, 0.7, 5, 1e-3]
    var (first, second) = (stream(), stream())
    let value = differentiated([Tensor(concentrations)], direction: nil) {
      dirichletSamples($0[0], samples: 4, stream: &first)
    }.value
    #expect(value.shape == [4, 5])
    let draws = (0..<4).map { _ in
      DirichletDraw(concentrations: concentrations, from: &second)
    }
    #expect(value.scalars == draws.flatMap(\.weights))
    #expect(first == second, "the stream stands where four draws leave it")
    for row in 0..<4 {
      let sum = value.scalars[row * 5..<(row + 1) * 5].reduce(0, +)
      #expect(abs(sum - 1) < 1e-14)
    }
    #expect(Set(value.scalars).count == 20, "two rows are alike")
  }

  @Test("the gradient by the concentrations is the sum of the draws' gradients")
  func gradient() {
    let concentrations = [0.3, 2, 0.7, 5]
    let direction: Tensor<Double> = randomTensor([3, 4], seed: 5)
    var (first, second) = (stream(), stream())
    let result = differentiated([Tensor(concentrations)], direction: direction) {
      dirichletSamples($0[0], samples: 3, stream: &first)
    }
    var expected = [Double](repeating: 0, count: 4)
    for row in 0..<3 {
      let draw = DirichletDraw(concentrations: concentrations, from: &second)
      let upstream = Array(direction.scalars[row * 4..<(row + 1) * 4])
      for (index, part) in draw.concentrationGradients(weightGradients: upstream).enumerated() {
        expected[index] += part
      }
    }
    #expect(mismatch(result.gradients[0], Tensor(expected), relative: 1e-15) == nil)
    #expect(expected.allSatisfy { abs($0) > 1e-3 }, "the test would see nothing")
  }

  @Test("a single element has weight 1 in every row, and no gradient")
  func single() {
    var stream = stream()
    let result = differentiated([Tensor([0.4])], direction: Tensor([3, -2], [2, 1])) {
      dirichletSamples($0[0], samples: 2, stream: &stream)
    }
    #expect(result.value.scalars == [1, 1])
    #expect(result.gradients[0].scalars == [0])
  }

  /// α = −40 has the concentration e^−40, which elu(α) + 1 would round to 0.
  @Test("the concentration of α, and its gradient")
  func concentration() {
    let alpha = Tensor([-40, -3, -1e-3, 1e-3, 0.5, 7])
    let direction: Tensor<Double> = randomTensor([6], seed: 9)
    let value = differentiated([alpha], direction: nil) { dirichletConcentration($0[0]) }.value
    #expect(value.scalars == alpha.scalars.map(Concentration.value))
    #expect(value.scalars[0] > 4e-18 && value.scalars[0] < 5e-18)
    #expect(
      gradientMismatch(at: [alpha], direction: direction, relative: 1e-8) {
        dirichletConcentration($0[0])
      } == nil)
  }
}
