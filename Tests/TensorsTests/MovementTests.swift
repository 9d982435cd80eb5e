import TestSupport
import Tensors
import Testing

@Suite("Movements and steps")
struct MovementTests {
  /// Above 2¹⁵ elements the work is cut into pieces.
  private static let shape: Shape = [3, 20_001]

  private func tensors() -> (Tensor<Float>, Tensor<Float>) {
    (randomTensor(Self.shape, seed: 1), randomTensor(Self.shape, seed: 2))
  }

  @Test("along a direction, on any number of threads", arguments: [1, 2, 3])
  func along(threads: Int) {
    let (start, direction) = tensors()
    var moved = start
    moved.move(along: direction, by: 0.3, on: Device(threads: threads))
    let expected = zip(start.scalars, direction.scalars).map { $0 + 0.3 * $1 }
    #expect(moved == Tensor(expected, Self.shape))
  }

  @Test("towards a multiple of a target")
  func towards() {
    let (start, target) = tensors()
    var moved = start
    moved.move(towards: target, times: 1.5, by: 0.1)
    let expected = zip(start.scalars, target.scalars).map { $0 + 0.1 * (1.5 * $1 - $0) }
    #expect(moved == Tensor(expected, Self.shape))
  }

  @Test("columns are taken over from another matrix, the others stay")
  func columns() {
    let start = Tensor<Double>([1, 2, 3, 4, 5, 6], [2, 3])
    var replaced = start
    replaced.replace(columns: [2, 0], from: Tensor([10, 20, 30, 40, 50, 60], [2, 3]))
    #expect(replaced == Tensor([10, 2, 30, 40, 5, 60], [2, 3]))
    #expect(start.scalars[0] == 1)
  }

  /// A kernel may join a product and a sum into one rounding; all numbers are of size 1.
  @Test("a momentum step is that of its formula, on any number of threads", arguments: [1, 2, 3])
  func momentum(threads: Int) {
    let (start, gradient) = tensors()
    let velocity: Tensor<Float> = randomTensor(Self.shape, seed: 3)
    var (weights, moved) = (start, velocity)
    weights.momentumStep(
      velocity: &moved, gradient: gradient, rate: 0.5, momentum: 0.9, decay: 0.25,
      on: Device(threads: threads))
    let expected = zip(velocity.scalars, zip(gradient.scalars, start.scalars)).map {
      0.9 * $0 + ($1.0 + 0.25 * $1.1)
    }
    #expect(mismatch(moved, Tensor(expected, Self.shape), relative: 1e-6) == nil)
    #expect(
      mismatch(
        weights, Tensor(zip(start.scalars, moved.scalars).map { $0 - 0.5 * $1 }, Self.shape),
        relative: 1e-6) == nil)
  }

  @Test("a step of Adam has the same bits on any number of threads, and on none")
  func adam() {
    let (start, gradient) = tensors()
    let step = AdamStep<Float>(
      rate: 0.1, betas: (0.9, 0.99), corrections: (0.1, 0.01), decay: 0.01, epsilon: 1e-8)
    let results = [nil, 1, 2, 3].map { threads in
      var weights = start
      var (mean, square) = (Tensor<Float>(zeros: Self.shape), Tensor<Float>(zeros: Self.shape))
      weights.adamStep(
        mean: &mean, square: &square, gradient: gradient, step,
        on: threads.map { Device(threads: $0) })
      return [weights, mean, square]
    }
    for result in results { #expect(result == results[0]) }
    // At the first step the means are the slope and its square, so weights move by ± the rate.
    for (before, (after, slope)) in zip(
      start.scalars, zip(results[0][0].scalars, gradient.scalars))
    where abs(slope + 0.01 * before) > 1e-3 {
      let expected = before - (slope + 0.01 * before > 0 ? 0.1 : -0.1)
      #expect(abs(after - expected) <= 2e-6)
    }
  }

  @Test("shapes that differ are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      var tensor = Tensor<Float>(zeros: [2, 3])
      tensor.move(along: Tensor(zeros: [3, 2]), by: 1, on: Device(threads: 1))
    }
    await #expect(processExitsWith: .failure) {
      var tensor = Tensor<Float>(zeros: [2, 3])
      tensor.add(Tensor(zeros: [2]), at: 5)
    }
  }
}
