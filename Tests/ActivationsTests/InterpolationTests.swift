import Activations
import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Interpolation")
struct InterpolationTests {
  private func interpolated(_ x: [Float], _ values: [Double], _ grid: CurveGrid) -> [Float] {
    let tape = Tape(device: Device(threads: 1))
    return pointwise(
      tape.constant(Tensor(x)),
      .interpolation(values: tape.constant(Tensor(values)), grid: grid)
    ).value.scalars
  }

  private func slopes(_ x: [Float], _ values: [Double], _ grid: CurveGrid) -> [Float] {
    let tape = Tape(device: Device(threads: 1))
    let input = tape.parameter(Tensor(x))
    let output = pointwise(
      input, .interpolation(values: tape.constant(Tensor(values)), grid: grid))
    tape.pullBack(from: projection(output, on: Tensor(repeating: 1, [x.count])))
    return input.gradient?.scalars ?? []
  }

  /// Numbers of both signs over all intervals, beyond the end and near 0.
  private func arguments(_ count: Int, seed: UInt64 = 1) -> [Float] {
    var stream = RandomStream(seed: seed, purpose: "test")
    return (0..<count).map { _ in
      let magnitude = exp2(20 * stream.uniform() - 13)
      return Float(stream.uniform() < 0.5 ? -magnitude : magnitude)
    }
  }

  /// The coefficients of an interval and the argument within it are rounded to single precision,
  /// and a few products of them summed: 4 · 2⁻²⁴ of the largest term.
  @Test("cubic polynomials come out within rounding, and so do their slopes")
  func cubics() {
    let grid = CurveGrid()
    let x = arguments(4000).filter { abs($0) < 32 }
    for factors in [[1, 0, 0, 0], [0, 1, 0, 0], [0.3, -2, 0.7, 0.05], [5, 0.1, -1, -0.4]] {
      func terms(_ x: Double) -> [Double] {
        factors.indices.map { factors[$0] * pow(x, Double($0)) }
      }
      let values = grid.nodes.scalars.map { terms($0).reduce(0, +) }
      for (x, y) in zip(x.map(Double.init), interpolated(x, values, grid)) {
        let expected = terms(x)
        #expect(abs(Double(y) - expected.reduce(0, +)) <= 3e-7 * (expected.map(abs).max() ?? 0))
      }
      for (x, slope) in zip(x.map(Double.init), slopes(x, values, grid)) {
        let expected = (1..<4).map { Double($0) * factors[$0] * pow(x, Double($0 - 1)) }
        let size = expected.map(abs).max() ?? 0
        // Node values of size |f(0)| leave their own rounding in double precision.
        #expect(abs(Double(slope) - expected.reduce(0, +)) <= 4e-7 * size + 1e-11)
      }
    }
  }

  @Test("beyond the end the tangent goes on")
  func tangent() {
    let grid = CurveGrid()
    func cubic(_ x: Double) -> Double { 3 - x + 0.2 * x * x - 0.01 * x * x * x }
    func slope(_ x: Double) -> Double { -1 + 0.4 * x - 0.03 * x * x }
    let values = grid.nodes.scalars.map(cubic)
    let x: [Float] = [32, 32.5, 40, 100, 1e4, 1e20, -32, -33, -64, -1e5]
    for (index, x) in x.enumerated() {
      let end: Double = x > 0 ? 32 : -32
      let expected = cubic(end) + slope(end) * (Double(x) - end)
      let y = interpolated([x], values, grid)[0]
      #expect(abs(Double(y) - expected) <= 1e-6 * abs(expected), "\(index)")
      #expect(abs(Double(slopes([x], values, grid)[0]) - slope(end)) <= 1e-6 * abs(slope(end)))
    }
  }

  @Test("a kink at 0 stays sharp: ReLU and |x| are exact to a rounding, and to 0 where they are 0")
  func kink() {
    let grid = CurveGrid()
    let x = arguments(3000) + [0, -0.0, 1e-30, -1e-30, .leastNonzeroMagnitude, 32, -32, 500]
    let nodes = grid.nodes.scalars
    let relu = interpolated(x, nodes.map { max($0, 0) }, grid)
    let absolute = interpolated(x, nodes.map(abs), grid)
    let slope = slopes(x, nodes.map { max($0, 0) }, grid)
    for (index, x) in x.enumerated() {
      #expect(abs(relu[index] - max(x, 0)) <= 1.2e-7 * abs(x))
      #expect(x > 0 || relu[index] == 0)
      #expect(abs(absolute[index] - abs(x)) <= 1.2e-7 * abs(x))
      #expect(abs(slope[index] - (x.sign == .plus ? 1 : 0)) <= 2e-7)
    }
  }

  @Test("NaN gives NaN, infinity the limit of the tangent")
  func notFinite() {
    let grid = CurveGrid()
    let nodes = grid.nodes.scalars
    let x: [Float] = [.nan, .infinity, -.infinity, -.nan]
    let relu = interpolated(x, nodes.map { max($0, 0) }, grid)
    #expect(relu[0].isNaN && relu[3].isNaN)
    #expect(relu[1] == .infinity || relu[1] > 1e38)
    #expect(relu[2] == 0)
    let constant = interpolated(x, nodes.map { _ in -2.5 }, grid)
    #expect(constant[0].isNaN && constant[1] == -2.5 && constant[2] == -2.5)
    let slope = slopes(x, nodes.map { max($0, 0) }, grid)
    #expect(slope[0].isNaN || slope[0] == 1, "a slope of NaN is the tangent's or NaN")
    #expect(slope[1] == 1 && slope[2] == 0)
  }

  /// Random values at the nodes: every interval has its own cubic, and no two nodes the same part.
  private func problem() -> (grid: CurveGrid, values: [Double], x: [Float]) {
    let grid = CurveGrid(lowExponent: -3, highExponent: 3, log2IntervalsPerOctave: 2)
    let values: Tensor<Double> = randomTensor([grid.nodeCount], seed: 7)
    var stream = RandomStream(seed: 8, purpose: "test")
    let x = (0..<2000).map { _ in Float(3 * stream.normal()) }
    return (grid, values.scalars, x + [0, -0.0, 8, -8, 0.125, -0.125, 1, 1.25])
  }

  /// The largest term of a cubic in t is 22.5 times a node's value, so rounding leaves about 1e−5.
  @Test("values and slopes are those of Lagrange's cubics, at a node of the outer one")
  func reference() {
    let (grid, values, x) = problem()
    let curve = LagrangeCurve(grid)
    let y = interpolated(x, values, grid)
    let slope = slopes(x, values, grid)
    for (index, x) in x.map(Double.init).enumerated() {
      #expect(abs(Double(y[index]) - curve.value(at: x, values)) <= 2e-5 * max(1, abs(x) / 8))
      let expected = curve.slope(at: x, values)
      // Relative to the slopes that occur: node values of size 1 in intervals of the length 2^e/4.
      #expect(abs(Double(slope[index]) - expected) <= 1e-4 * max(1, 1 / max(0.125, abs(x))))
    }
  }

  @Test("given slopes pass the gradient by the input; values and their gradient stay as they were")
  func givenSlopes() {
    let grid = CurveGrid()
    let x = arguments(4000).filter { abs($0) < 32 } + [0, -0.0, 31.9, -31.9]
    let step = grid.nodes.scalars.map { $0 < 1.015 ? -10.0 : 10 }
    func outcome(_ slopes: Tensor<Double>?) -> (both: [Double], input: [Float]) {
      let tape = Tape(device: Device(threads: 1))
      let (nodes, input) = (tape.parameter(Tensor(step)), tape.parameter(Tensor(x)))
      let y = pointwise(input, .interpolation(values: nodes, grid: grid, slopes: slopes))
      tape.pullBack(from: projection(y, on: Tensor(repeating: 1, [x.count])))
      return (
        y.value.scalars.map(Double.init) + (nodes.gradient?.scalars ?? []),
        input.gradient?.scalars ?? []
      )
    }
    let cubics = outcome(nil)
    #expect(cubics.input.contains { abs($0) > 1000 }, "a step without a slope shows nothing")
    // Parabolas come out within rounding; a sine within the cube of a third of an interval.
    for factors in [[0, 0, 0], [-3, 0, 0], [0.5, 2, 0], [1, -1, 0.25]] {
      func slope(_ x: Double) -> Double { factors[0] + factors[1] * x + factors[2] * x * x }
      let given = outcome(Tensor(grid.nodes.scalars.map(slope)))
      #expect(given.both == cubics.both)
      for (x, actual) in zip(x.map(Double.init), given.input) {
        let size = abs(factors[0]) + abs(factors[1] * x) + abs(factors[2] * x * x)
        #expect(abs(Double(actual) - slope(x)) <= 5e-7 * size)
      }
    }
    let sine = outcome(Tensor(grid.nodes.scalars.map(sin)))
    for (x, actual) in zip(x.map(Double.init), sine.input) {
      #expect(abs(Double(actual) - sin(x)) <= 1e-6 + pow(abs(x) / 96, 3))
    }
  }

  @Test("beyond the end the last node's slope is passed")
  func givenSlopesBeyondTheEnd() {
    let grid = CurveGrid()
    let tape = Tape(device: Device(threads: 1))
    let input = tape.parameter(Tensor<Float>([32, 40, 1e6, -32, -1000]))
    let curve = PointwiseOperation.interpolation(
      values: tape.constant(grid.nodes), grid: grid,
      slopes: Tensor(grid.nodes.scalars.map { $0 < 0 ? -0.25 : 7 }))
    tape.pullBack(
      from: projection(pointwise(input, curve), on: Tensor(repeating: 2, [5])))
    #expect(input.gradient?.scalars == [14, 14, 14, -0.5, -0.5])
  }

  @Test("the gradient by the input is the slope times what arrives, by differences of the op")
  func inputGradient() {
    let (grid, values, _) = problem()
    let curve = LagrangeCurve(grid)
    // Inside intervals, a step from each node: the middle of the interval from 1 to 1.25, and such.
    let points: [Float] = [
      0.06, 0.14, 1.1, 1.17, 1.4, 3.3, 7.2, 7.9, 9, -0.03, -0.2, -1.6, -5.3, -12,
    ]
    for x in points {
      let step: Float = abs(x) / 128
      let pair = interpolated([x + step, x - step], values, grid)
      let difference = Double(pair[0] - pair[1]) / Double((x + step) - (x - step))
      let tape = Tape(device: Device(threads: 1))
      let input = tape.parameter(Tensor([x]))
      let output = pointwise(
        input, .interpolation(values: tape.constant(Tensor(values)), grid: grid))
      tape.pullBack(from: projection(output, on: Tensor([-2.5])))
      let gradient = Double(input.gradient?.scalars[0] ?? .nan)
      // The difference's error is a sixth of the third derivative times step²; bounded by the
      // slope's own difference over the step.
      let bend = abs(curve.slope(at: Double(x + step), values) - curve.slope(at: Double(x), values))
      #expect(abs(gradient + 2.5 * difference) <= 0.02 * abs(difference) + bend, "at \(x)")
      let slope = curve.slope(at: Double(x), values)
      #expect(abs(gradient + 2.5 * slope) <= 1e-4 * max(1, abs(slope)))
    }
  }

  /// Both the curve and its pullback are linear in the values: the gradient by node n is the sum of
  /// what arrives times the node's factor, each of which is found by Lagrange's formula.
  @Test("the gradient by the values is the transposed interpolation", arguments: [1, 40])
  func valueGradient(copies: Int) {
    var (grid, values, x) = problem()
    x = (0..<copies).flatMap { _ in x }  // 80,320 elements make four pieces
    let direction: Tensor<Float> = randomTensor([x.count], seed: 9)
    let tape = Tape(device: Device(threads: 2))
    let input = tape.parameter(Tensor(x))
    let table = tape.parameter(Tensor(values))
    let output = pointwise(
      input, .interpolation(values: table, grid: grid))
    tape.pullBack(from: projection(output, on: direction))

    var expected = [Double](repeating: 0, count: grid.nodeCount)
    let curve = LagrangeCurve(grid)
    for (x, gradient) in zip(x, direction.scalars) {
      for part in curve.basis(at: Double(x)) {
        expected[part.node] += Double(gradient) * part.value
      }
    }
    let gradient = table.gradient?.scalars ?? []
    // Sums of ten to a thousand terms in single precision, magnified by factors up to 22.5.
    #expect(mismatch(gradient, expected, relative: 1e-5) == nil)
    #expect(expected.filter { $0 != 0 }.count > grid.nodeCount * 9 / 10)

    // ⟨g, I v⟩ = ⟨Iᵀ g, v⟩ for other values v.
    let other: Tensor<Double> = randomTensor([grid.nodeCount], seed: 10)
    let left = innerProduct(Tensor(interpolated(x, other.scalars, grid)), direction)
    let right = innerProduct(Tensor(gradient), other)
    let size = innerProduct(direction, direction)
    #expect(abs(left - right) <= 1e-5 * size.squareRoot() * Double(x.count).squareRoot())

    // With or without a gradient by the values, that by the input is the same.
    let plain = tape.parameter(Tensor(x))
    let again = Tape(device: Device(threads: 1))
    let alone = again.parameter(plain.value)
    again.pullBack(
      from: projection(
        pointwise(
          alone, .interpolation(values: again.constant(Tensor(values)), grid: grid)), on: direction)
    )
    #expect(alone.gradient == input.gradient)
  }

  @Test("the same bits with 1, 2 and 3 threads")
  func threads() {
    let grid = CurveGrid()
    let values: Tensor<Double> = randomTensor([grid.nodeCount], seed: 11)
    let x: Tensor<Float> = randomTensor([7, 10_001], seed: 12, scale: 4)
    let direction: Tensor<Float> = randomTensor(x.shape, seed: 13)
    let results = [1, 2, 3].map { threads in
      let tape = Tape(device: Device(threads: threads))
      let (input, table) = (tape.parameter(x), tape.parameter(values))
      let output = pointwise(
        input, .interpolation(values: table, grid: grid))
      tape.pullBack(from: projection(output, on: direction))
      return (output.value, input.gradient, table.gradient)
    }
    #expect(results[0].0.shape == x.shape)
    for result in results.dropFirst() {
      #expect(result.0 == results[0].0)
      #expect(result.1 == results[0].1 && result.1 != nil)
      #expect(result.2 == results[0].2 && result.2 != nil)
    }
  }

  @Test("a table of the wrong length traps")
  func wrongLength() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = pointwise(
        tape.constant(Tensor([0])),
        .interpolation(values: tape.constant(Tensor(zeros: [4])), grid: CurveGrid()))
    }
  }
}
