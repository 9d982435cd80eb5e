import Activations
import Autodiff
import Tensors
import TestSupport
import Testing

@Suite("Interpolation channel by channel")
struct ChannelwiseInterpolationTests {
  /// Random values at the nodes of a coarse grid: every interval of every channel has its own
  /// cubic.
  private static let grid = CurveGrid(lowExponent: -3, highExponent: 3, log2IntervalsPerOctave: 2)

  private func values(channels: Int) -> Tensor<Double> {
    randomTensor([channels, Self.grid.nodeCount], seed: 7)
  }

  private func images(_ shape: Shape) -> Tensor<Float> { randomTensor(shape, seed: 8, scale: 3) }

  private func result(
    _ x: Tensor<Float>, _ values: Tensor<Double>, _ direction: Tensor<Float>,
    grid: CurveGrid = grid, slopes: Tensor<Double>? = nil, threads: Int = 2,
    isConstant: Bool = false
  ) -> (output: Tensor<Float>, input: Tensor<Float>?, values: Tensor<Double>?) {
    let tape = Tape(device: Device(threads: threads))
    let input = tape.parameter(x)
    let table = isConstant ? tape.constant(values) : tape.parameter(values)
    let output = channelwiseInterpolation(
      input, values: table, grid: grid, slopes: slopes)
    tape.pullBack(from: projection(output, on: direction))
    return (output.value, input.gradient, table.gradient)
  }

  /// A plain loop over the elements, each with the curve of its channel in Lagrange's form. A
  /// cubic's largest term is 22.5 times a node's value, so rounding leaves 1e−5, and of slopes,
  /// which the width of an interval divides, 1e−4.
  @Test(
    "values and both gradients are those of each channel's own curve",
    arguments: [[3, 5, 7, 1], [2, 9, 11, 3], [1, 8, 8, 16], [40, 5]] as [Shape])
  func reference(shape: Shape) {
    let channels = shape.columns
    let (x, values) = (images(shape), values(channels: channels))
    let direction: Tensor<Float> = randomTensor(shape, seed: 9)
    let (output, byInput, byValues) = result(x, values, direction)

    let curve = LagrangeCurve(Self.grid)
    let nodes = Self.grid.nodeCount
    var expected: (output: [Double], slopes: [Double]) = ([], [])
    var expectedByValues = [Double](repeating: 0, count: values.count)
    for (index, x) in x.scalars.map(Double.init).enumerated() {
      let channel = index % channels
      let own = Array(values.scalars[channel * nodes..<(channel + 1) * nodes])
      let upstream = Double(direction.scalars[index])
      expected.output.append(curve.value(at: x, own))
      expected.slopes.append(upstream * curve.slope(at: x, own))
      for part in curve.basis(at: x) {
        expectedByValues[channel * nodes + part.node] += upstream * part.value
      }
    }
    #expect(output.shape == shape && byInput?.shape == shape && byValues?.shape == values.shape)
    #expect(mismatch(output.scalars.map(Double.init), expected.output, relative: 2e-5) == nil)
    #expect(
      mismatch(byInput?.scalars.map(Double.init) ?? [], expected.slopes, relative: 1e-4) == nil)
    #expect(mismatch(byValues?.scalars ?? [], expectedByValues, relative: 1e-5) == nil)
  }

  /// 40,000 elements a channel are three blocks of the kernel's.
  @Test(
    "a channel has the bits that it has alone", arguments: [50, 40_000], [false, true])
  func alone(rows: Int, hasSlopes: Bool) {
    let (x, values) = (images([rows, 3]), values(channels: 3))
    let direction: Tensor<Float> = randomTensor([rows, 3], seed: 9)
    let nodes = Self.grid.nodeCount
    let slopes: Tensor<Double>? = hasSlopes ? randomTensor([3, nodes], seed: 11) : nil
    let all = result(x, values, direction, slopes: slopes)
    #expect(hasSlopes == (all.input != result(x, values, direction).input))
    for channel in 0..<3 {
      func column(_ matrix: Tensor<Float>) -> Tensor<Float> {
        Tensor((0..<rows).map { matrix.scalars[$0 * 3 + channel] })
      }
      let tape = Tape(device: Device(threads: 1))
      let input = tape.parameter(column(x))
      let own = Tensor(Array(values.scalars[channel * nodes..<(channel + 1) * nodes]))
      let table = tape.parameter(own)
      let output = pointwise(
        input,
        .interpolation(
          values: table, grid: Self.grid,
          slopes: slopes.map {
            Tensor(Array($0.scalars[channel * nodes..<(channel + 1) * nodes]))
          }))
      tape.pullBack(from: projection(output, on: column(direction)))
      #expect(column(all.output) == output.value)
      #expect(all.input.map(column) == input.gradient)
      let gradient = all.values?.scalars[channel * nodes..<(channel + 1) * nodes] ?? []
      #expect(
        mismatch(Array(gradient), table.gradient?.scalars ?? [], relative: 1e-5) == nil)
    }
  }

  @Test("the same bits with 1, 2 and 3 threads, and of constant values the same slopes")
  func threads() {
    let (x, values) = (images([4, 17, 13, 5]), values(channels: 5))
    let direction: Tensor<Float> = randomTensor(x.shape, seed: 13)
    let first = result(x, values, direction, threads: 1)
    for threads in [2, 3] {
      let again = result(x, values, direction, threads: threads)
      #expect(again == first)
    }
    let constant = result(x, values, direction, isConstant: true)
    #expect(constant.values == nil)
    #expect(constant.output == first.output && constant.input == first.input)
  }

  @Test("NaN stays in its element; values of another number of channels trap")
  func edges() async {
    var x = images([10, 2])
    x.withMutablePointer { $0[7] = .nan }
    let output = result(x, values(channels: 2), Tensor(zeros: [10, 2])).output.scalars
    #expect(output.indices.allSatisfy { output[$0].isNaN == ($0 == 7) })
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = channelwiseInterpolation(
        tape.constant(Tensor(zeros: [4, 3])), values: tape.constant(Tensor(zeros: [4, 16])),
        grid: CurveGrid())
    }
  }
}
