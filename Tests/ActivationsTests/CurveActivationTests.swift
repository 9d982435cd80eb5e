import Activations
import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

/// How far the curve is from the exact cell, relative to the root mean square of the exact one.
@Suite("Curves against exact cells")
struct CurveActivationTests {
  /// Values, the gradient by the input, and those by the weights and scalars of all slots.
  struct Outcome {
    let value: Tensor<Float>
    let input: Tensor<Float>
    let weights: [Double]
    let scalars: [Double]
  }

  private func outcome(
    _ problem: RelaxedCellTests.Problem, _ x: [Tensor<Float>], _ direction: [Tensor<Float>],
    grid: CurveGrid?
  ) -> [Outcome] {
    let tape = Tape(device: Device(threads: 2))
    let variables = problem.parameters.map { tape.parameter($0) }
    let cell = problem.cell(variables)
    let activation: any Activation =
      grid.map { CurveActivation(cell, grid: $0, on: tape) } ?? ExactActivation(cell)
    let inputs = x.map { tape.parameter($0) }
    let outputs = inputs.enumerated().map { activation($0.element, at: $0.offset) }
    let parts = zip(outputs, direction).map { projection($0, on: $1) }
    tape.pullBack(from: sum(parts, on: tape))
    return x.indices.map { site in
      Outcome(
        value: outputs[site].value, input: inputs[site].gradient ?? Tensor(zeros: [0]),
        weights: stride(from: 0, to: variables.count, by: 2).flatMap {
          variables[$0].gradient?.scalars ?? []
        },
        scalars: stride(from: 1, to: variables.count, by: 2).flatMap {
          variables[$0].gradient?.scalars ?? []
        })
    }
  }

  private func sum(_ parts: [Variable<Double>], on tape: Tape) -> Variable<Double> {
    let total = parts.reduce(0) { $0 + $1.value.scalars[0] }
    return tape.record(Tensor([total], []), from: parts) { gradient in
      for part in parts { part.accumulate(gradient) }
    }
  }

  /// Relative distances of values, input gradients, and gradients by weights and by scalars: the
  /// largest over six random cells with a function for each of two sites.
  private func distances(
    _ graph: CellGraph, _ operations: OperationSet = .grafs, bound: Double = 10,
    slopeBound: Double? = nil, seeds: Range<UInt64> = 0..<6, fineness: Int = 5
  ) -> [Double] {
    var largest = [0.0, 0, 0, 0]
    for seed in seeds {
      var problem = RelaxedCellTests.Problem(
        graph, operations, samples: 2, bound: bound, seed: seed)
      problem.slopeBound = slopeBound
      let x: [Tensor<Float>] = [20, 21].map { randomTensor([3, 5, 300], seed: $0, scale: 1.5) }
      let direction: [Tensor<Float>] = [30, 31].map { randomTensor([3, 5, 300], seed: $0) }
      let exact = outcome(problem, x, direction, grid: nil)
      let grid = CurveGrid(log2IntervalsPerOctave: fineness)
      for (curve, exact) in zip(outcome(problem, x, direction, grid: grid), exact) {
        let all = [
          relativeDistance(curve.value.scalars, exact.value.scalars),
          relativeDistance(curve.input.scalars, exact.input.scalars),
          relativeDistance(curve.weights, exact.weights),
          relativeDistance(curve.scalars, exact.scalars),
        ]
        largest = zip(largest, all).map { max($0, $1) }
      }
    }
    return largest
  }

  /// The operations without kinks and ties, and not growing so fast that they meet the bound.
  private var smoothOperations: OperationSet {
    let grafs = OperationSet.grafs
    let steep = ["square", "cube", "exp", "sinh"]
    return OperationSet(
      unary: grafs.unary.filter {
        $0.kinks.isEmpty && $0.name != ELU.name && !steep.contains($0.name)
      },
      binary: grafs.binary.filter { $0.tieRule == nil })
  }

  /// Without kinks only the cubic's error and single precision are left: measured 1.5e−7 at most,
  /// where an error of 1 % in any weight's gradient would be 1e−4 and more.
  @Test("mixtures of smooth operations", arguments: [CellGraph.twoCoreUnits, .oneCoreUnit])
  func smoothMixtures(graph: CellGraph) {
    let distances = distances(graph, smoothOperations, bound: .infinity)
    #expect(distances.allSatisfy { $0 < 1e-6 }, "\(distances)")
  }

  /// Kinks and bounds that fall inside an interval are rounded off there: with 32 intervals an
  /// octave a point in a hundred sees such a slope. Measured: values 1.7e−4, gradients by inputs
  /// 4.7e−2, by weights 2.6e−2 and by scalars 3.4e−2, of random gradients that arrive, which do not
  /// add up.
  @Test("mixtures of all operations", arguments: [CellGraph.twoCoreUnits, .oneCoreUnit])
  func mixtures(graph: CellGraph) {
    let distances = distances(graph)
    #expect(distances[0] < 3e-4, "values")
    #expect(distances[1] < 0.08, "gradients by inputs")
    #expect(distances[2] < 0.05, "gradients by weights")
    #expect(distances[3] < 0.06, "gradients by scalars")
  }

  /// Measured without what has a pole: values 3.8e−4, gradients by inputs 8.8e−2, by weights 9.4e−2
  /// and by scalars 0.12; PANGAEA has no scalars.
  @Test(
    "mixtures of other published sets, without poles", arguments: ["ramachandran", "pangaea"],
    [CellGraph.twoCoreUnits, .oneCoreUnit])
  func otherSets(name: String, graph: CellGraph) throws {
    let set = withoutPoles(try OperationSet(named: name))
    let distances = distances(graph, set)
    #expect(distances[0] < 6e-4, "values")
    #expect(distances[1] < 0.13, "gradients by inputs")
    #expect(distances[2] < 0.14, "gradients by weights")
    #expect(name == "pangaea" || distances[3] < 0.18, "gradients by scalars")
  }

  /// Beside a pole, and where a quotient jumps from one bound to the other, the curve connects the
  /// nodes of an interval: a few elements have another value there, and a slope that may be any.
  /// Measured with 32 (256) intervals an octave: 2.3 % (0.2 %) of the values and 11 % (1.3 %) of
  /// the slopes.
  @Test(
    "poles disturb few elements, the fewer the finer the grid",
    arguments: ["ramachandran", "pangaea"])
  func poles(name: String) throws {
    let set = try OperationSet(named: name)
    let coarse = wrongShares(.twoCoreUnits, set)
    #expect(coarse[0] < 0.035 && coarse[1] < 0.16, "\(coarse)")
    let fine = wrongShares(.twoCoreUnits, set, fineness: 8)
    #expect(fine[0] < 0.004 && fine[1] < 0.02, "\(fine)")
    #expect(fine[0] > 0, "without a pole there is nothing to measure")
  }

  /// With bounded slopes the curve passes those that the exact cell has at its nodes, so a step
  /// that it draws through a pole has none. Measured at most: values 0.15, where they jump;
  /// gradients by inputs 0.19 (91 without a bound), by weights 0.24 (7.6) and by scalars 0.22
  /// (2.6).
  @Test(
    "mixtures of whole published sets, slopes bounded", arguments: ["ramachandran", "pangaea"],
    [CellGraph.twoCoreUnits, .oneCoreUnit])
  func boundedSlopes(name: String, graph: CellGraph) throws {
    let set = try OperationSet(named: name)
    let distances = distances(graph, set, slopeBound: 20)
    #expect(distances[0] < 0.25, "values")
    #expect(distances[1] < 0.3, "gradients by inputs")
    #expect(distances[2] < 0.4, "gradients by weights")
    #expect(name == "pangaea" || distances[3] < 0.35, "gradients by scalars")
    #expect(self.distances(graph, set)[1] > 5, "without a bound there would be nothing to mend")
  }

  /// Not of every function: x⁵ has the slope 31 where it meets ℓ = 10.
  @Test("a bound of slopes leaves random mixtures of GRAFS's operations as they are, bit for bit")
  func inertSlopeBound() {
    let x: [Tensor<Float>] = [20, 21].map { randomTensor([900], seed: $0, scale: 1.5) }
    let direction: [Tensor<Float>] = [30, 31].map { randomTensor([900], seed: $0) }
    for seed in 0..<6 as Range<UInt64> {
      var problem = RelaxedCellTests.Problem(.twoCoreUnits, samples: 2, bound: 10, seed: seed)
      let free = outcome(problem, x, direction, grid: CurveGrid())
      problem.slopeBound = 20
      for (bounded, free) in zip(outcome(problem, x, direction, grid: CurveGrid()), free) {
        #expect(bounded.value == free.value && bounded.input == free.input)
        #expect(bounded.weights == free.weights && bounded.scalars == free.scalars)
      }
    }
  }

  /// x⁴ as a square of a square: its slope 4x³ is 108 at 3, with both factors limited to 3 it is 9.
  @Test("a discrete function's curve passes gradients by its limited slopes, where it is steep")
  func discreteFunction() {
    let square = ElementaryOperation(Square.self)
    let function = ActivationExpression(
      square, .init(square, .input))
    func gradient(_ limits: Limits) -> Tensor<Float>? {
      let tape = Tape(device: Device(threads: 1))
      let x = tape.parameter(Tensor<Float>([3, 0.25], [1, 2]))
      let output = CurveActivation(function, limits: limits, grid: CurveGrid(), on: tape)(x, at: 0)
      #expect(mismatch(output.value, Tensor([81, 0.00390625], [1, 2]), relative: 1e-4) == nil)
      tape.pullBack(from: projection(output, on: Tensor(repeating: 1, [1, 2])))
      return x.gradient
    }
    let free = gradient(.off) ?? Tensor(zeros: [1, 2])
    #expect(mismatch(free, Tensor([108, 0.0625], [1, 2]), relative: 1e-3) == nil)
    let limited = gradient(Limits(slopes: 3)) ?? Tensor(zeros: [1, 2])
    #expect(mismatch(limited, Tensor([9, 0.0625], [1, 2]), relative: 1e-3) == nil)
  }

  /// The operations of a set that neither jump nor have a pole.
  private func withoutPoles(_ set: OperationSet) -> OperationSet {
    let poles = ["reciprocal", "log_abs", "divide", "divide_shifted", "power"]
    return OperationSet(
      unary: set.unary.filter { !poles.contains($0.name) },
      binary: set.binary.filter { !poles.contains($0.name) })
  }

  /// The share of elements whose value, and of those whose slope, is wrong by more than 1 % of the
  /// exact one and of 0.1: the largest over six random cells with a function for each of two sites.
  private func wrongShares(
    _ graph: CellGraph, _ operations: OperationSet, fineness: Int = 5
  ) -> [Double] {
    var largest = [0.0, 0]
    for seed in 0..<6 as Range<UInt64> {
      let problem = RelaxedCellTests.Problem(graph, operations, samples: 2, bound: 10, seed: seed)
      let x: [Tensor<Float>] = [20, 21].map { randomTensor([3, 5, 300], seed: $0, scale: 1.5) }
      let ones = x.map { Tensor<Float>(repeating: 1, $0.shape) }
      let grid = CurveGrid(log2IntervalsPerOctave: fineness)
      let exact = outcome(problem, x, ones, grid: nil)
      for (curve, exact) in zip(outcome(problem, x, ones, grid: grid), exact) {
        let shares = [(curve.value, exact.value), (curve.input, exact.input)].map { curve, exact in
          let wrong = zip(curve.scalars, exact.scalars).filter {
            !(abs($0 - $1) <= 0.01 * (abs($1) + 0.1))
          }
          return Double(wrong.count) / Double(exact.count)
        }
        largest = zip(largest, shares).map { max($0, $1) }
      }
    }
    return largest
  }

  /// What differs is the grid's alone: measured 3e−7, 3e−3, 5e−5, 5e−5 with 1024 intervals an
  /// octave.
  @Test("a finer grid comes as near as one likes")
  func refinement() {
    let distances = distances(.oneCoreUnit, seeds: 0..<2, fineness: 10)
    #expect(distances[0] < 2e-6 && distances[1] < 0.01, "\(distances)")
    #expect(distances[2] < 5e-4 && distances[3] < 5e-4, "\(distances)")
  }

  /// Every third function has a kink or a bound elsewhere than at 0. Measured: values 5e−8 and
  /// input gradients 2e−7 in the median, 4.5e−4 and 0.12 at most.
  @Test("random discrete functions")
  func genotypes() {
    var stream = RandomStream(seed: 3, purpose: "genotypes")
    let whole = RelaxedCellTests.Problem(.twoCoreUnits, samples: 1, seed: 5)
    var values: [Double] = []
    var slopes: [Double] = []
    for _ in 0..<60 {
      let problem = whole.discrete(&stream)
      let x: [Tensor<Float>] = [randomTensor([2000], seed: 23, scale: 1.5)]
      let direction: [Tensor<Float>] = [randomTensor([2000], seed: 29)]
      let exact = outcome(problem, x, direction, grid: nil)[0]
      let curve = outcome(problem, x, direction, grid: CurveGrid())[0]
      values.append(
        relativeDistance(curve.value.scalars, exact.value.scalars, smallest: 1e-3))
      slopes.append(
        relativeDistance(curve.input.scalars, exact.input.scalars, smallest: 1e-3))
    }
    values.sort()
    slopes.sort()
    #expect(values[59] < 1e-3 && values[30] < 1e-6)
    #expect(slopes[59] < 0.2 && slopes[30] < 1e-5)
  }

  @Test("one function serves all sites")
  func oneForAll() {
    let tape = Tape(device: Device(threads: 1))
    let curve = CurveActivation(grid: CurveGrid(), on: tape) { tanh($0) }
    let x: Tensor<Float> = randomTensor([2, 3, 50], seed: 5, scale: 3)
    let expected = Tensor(x.scalars.map { Float(tanh(Double($0))) }, x.shape)
    for site in [0, 1, 18] {
      // Single precision, and 1e−7 of the cubics.
      #expect(mismatch(curve(tape.constant(x), at: site).value, expected, absolute: 5e-7) == nil)
    }
    let problem = RelaxedCellTests.Problem(.oneCoreUnit, samples: 1, seed: 2)
    let cell = problem.cell(problem.parameters.map { tape.constant($0) })
    for activation in [
      ExactActivation(cell) as any Activation, CurveActivation(cell, grid: CurveGrid(), on: tape),
    ] {
      let first = activation(tape.constant(x), at: 0).value
      #expect(activation(tape.constant(x), at: 7).value == first)
      #expect(first.shape == x.shape)
    }
  }

  @Test("the rectifier is max(x, 0) at every site")
  func rectifier() {
    let x = Tensor<Float>([-2, 0, 3.5, -0.0, 1e-30], [5, 1])
    let tape = Tape(device: Device(threads: 1))
    let input = tape.parameter(x)
    let output = Rectifier()(input, at: 3)
    #expect(output.value == Tensor([0, 0, 3.5, 0, 1e-30], [5, 1]))
    tape.pullBack(from: projection(output, on: Tensor([1, 2, 3, 4, 5], [5, 1])))
    #expect(input.gradient == Tensor([0, 0, 3, 0, 5], [5, 1]))
  }
}
