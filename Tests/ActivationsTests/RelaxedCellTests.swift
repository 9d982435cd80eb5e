import Activations
import Autodiff
import Tensors
import TestSupport
import Testing

@Suite("Relaxed cells")
struct RelaxedCellTests {
  /// A cell with all operations, random weights of sum 1 and random scalars.
  struct Problem {
    let graph: CellGraph
    let operations: [[ElementaryOperation]]
    var weights: [Tensor<Double>]
    let scalars: [Tensor<Double>]
    let samples: Int
    let bound: Double
    var slopeBound: Double?

    init(
      _ graph: CellGraph, _ operationSet: OperationSet = .grafs, samples: Int,
      bound: Double = 10, seed: UInt64
    ) {
      self.graph = graph
      self.samples = samples
      self.bound = bound
      operations = graph.slots.map { operationSet.operations(of: $0.arity) }
      var stream = RandomStream(seed: seed, purpose: "cell")
      weights = operations.map { operations in
        let rows = (0..<samples).map { _ in
          DirichletDraw(
            concentrations: operations.map { _ in 1 }, from: &stream
          ).weights
        }
        return Tensor(rows.flatMap { $0 }, [samples, operations.count])
      }
      scalars = operations.map { operations in
        // A number for each operation, which those with a scalar take.
        Tensor(
          operations.flatMap { operation in
            let number = 1 + 0.5 * stream.normal()
            return operation.scalars.map { _ in number }
          })
      }
    }

    /// Evaluates the cell of one sample from its operations' scalar functions.
    ///
    /// - Returns: The value, and how far all operations are from kinks, ties and the bound; a
    ///   kink of a unary operation counts a twentieth, because √x is bent near its own.
    func reference(at x: Double, sample: Int) -> (value: Double, clearance: Double) {
      var outputs: [Double] = []
      var clearance = Double.infinity
      for (index, operands) in graph.operands.enumerated() {
        let arguments = operands.map { operand in
          switch operand {
          case .input: x
          case .slot(let slot): outputs[slot]
          }
        }
        var sum = 0.0
        for (number, operation) in operations[index].enumerated() {
          let column = operations[index].scalarColumns[number]
          let value = operation.value(
            at: arguments, scalar: column.map { scalars[index].scalars[$0] } ?? 0)
          let weight = weights[index].scalars[sample * operations[index].count + number]
          sum += weight * min(bound, max(-bound, value))
          let kink = operation.distanceToKink(at: arguments)
          clearance = min(
            clearance, abs(abs(value) - bound), arguments.count == 1 ? kink / 20 : kink)
        }
        outputs.append(sum)
      }
      return (outputs[outputs.count - 1], clearance)
    }

    /// Random points near which all samples are smooth.
    func smoothPoints(_ count: Int) -> Tensor<Double> {
      var stream = RandomStream(seed: 1, purpose: "points")
      var points: [Double] = []
      while points.count < count {
        let x = 2 * stream.normal()
        if (0..<samples).allSatisfy({ reference(at: x, sample: $0).clearance > 1e-3 }) {
          points.append(x)
        }
      }
      return Tensor(points, [1, count])
    }

    func cell(_ variables: [Variable<Double>]) -> RelaxedCell {
      let slots = operations.indices.map {
        RelaxedCell.Slot(
          operations: operations[$0], weights: variables[2 * $0], scalars: variables[2 * $0 + 1])
      }
      return RelaxedCell(
        graph: graph, slots: slots,
        limits: Limits(outputs: Bounding(outputs: bound), slopes: slopeBound))
    }

    /// The same cell with a single operation, drawn at random, in every slot.
    func discrete(_ stream: inout RandomStream) -> Problem {
      var problem = self
      problem.weights = operations.map { operations in
        let rows = (0..<samples).flatMap { _ in
          let chosen = stream.integer(below: operations.count)
          return operations.indices.map { $0 == chosen ? 1.0 : 0 }
        }
        return Tensor(rows, [samples, operations.count])
      }
      return problem
    }

    /// Weights and scalars of every slot.
    var parameters: [Tensor<Double>] { zip(weights, scalars).flatMap { [$0, $1] } }
  }

  static let graphs = [CellGraph.twoCoreUnits, .oneCoreUnit]

  @Test("values are those of the nested operations", arguments: graphs)
  func values(graph: CellGraph) {
    let problem = Problem(graph, samples: 3, seed: 2)
    let points: Tensor<Double> = randomTensor([1, 700], seed: 3, scale: 3)
    let value = differentiated(problem.parameters + [points], direction: nil) { variables in
      problem.cell(variables)(variables[variables.count - 1])
    }.value
    let expected = (0..<3).flatMap { sample in
      points.scalars.map { problem.reference(at: $0, sample: sample).value }
    }
    #expect(mismatch(value, Tensor(expected, [3, 700]), relative: 1e-13) == nil)
  }

  /// By every one of the 220 weights, the scalars and the points. Steps of 1e−6 move no operation's
  /// argument past a kink, and leave a rounding error of about 1e−10.
  @Test("gradients by weights, scalars and points", arguments: graphs)
  func gradients(graph: CellGraph) {
    let problem = Problem(graph, samples: 2, seed: 5)
    let points = problem.smoothPoints(25)
    let direction: Tensor<Double> = randomTensor([2, 25], seed: 7)
    #expect(
      gradientMismatch(
        at: problem.parameters + [points], direction: direction, step: 1e-6, relative: 1e-6
      ) { variables in
        problem.cell(variables)(variables[variables.count - 1])
      } == nil)
  }

  /// Forward along the points, and back from every row's sum: the same products in another order,
  /// clipped in the same places. 700 points are more than a chunk; unbounded ones are near 0, where
  /// nothing overflows.
  @Test(
    "slopes are those of the pullback",
    arguments: [
      ("grafs", .output(10), 2), ("grafs", .input(10), 2), ("grafs", .off, 0.3),
      ("pangaea", .output(10), 2), ("ramachandran", .output(10), 2),
    ] as [(String, Bounding, Double)])
  func slopes(name: String, bounding: Bounding, scale: Double) throws {
    let problem = try Problem(.twoCoreUnits, OperationSet(named: name), samples: 3, seed: 29)
    for (rows, hasRowScalars) in [(1, false), (3, false), (1, true), (3, true)] {
      let scalars = problem.operations.indices.map { slot in
        hasRowScalars
          ? randomTensor([3, problem.operations[slot].scalarCount], seed: 31 + UInt64(slot))
          : problem.scalars[slot]
      }
      let points: Tensor<Double> = randomTensor([rows, 700], seed: 37, scale: scale)
      for slopeBound in [2.0, nil] {
        let tape = Tape(device: Device(threads: 2))
        let slots = problem.operations.indices.map {
          RelaxedCell.Slot(
            operations: problem.operations[$0], weights: tape.constant(problem.weights[$0]),
            scalars: tape.constant(scalars[$0]))
        }
        let cell = RelaxedCell(
          graph: problem.graph, slots: slots, limits: Limits(outputs: bounding, slopes: slopeBound))
        let x = tape.parameter(points)
        let outputs = cell.outputs(x)
        let slopes = cell.slopes(at: x, outputs)
        tape.pullBack(
          from: projection(outputs[5], on: Tensor(repeating: 1, outputs[5].shape)))
        #expect(slopes.shape == [3, 700] && slopes.isFinite)
        let expected = try #require(x.gradient)
        let found =
          rows == 3
          ? slopes
          : Tensor(
            (0..<700).map { point in (0..<3).reduce(0) { $0 + slopes.scalars[$1 * 700 + point] } },
            [1, 700])
        #expect(mismatch(found, expected, relative: 1e-12) == nil, "\(rows), \(hasRowScalars)")
      }
    }
  }

  @Test("values with every published set", arguments: OperationSet.named.map(\.key))
  func valuesOfSet(name: String) throws {
    let problem = try Problem(.twoCoreUnits, OperationSet(named: name), samples: 2, seed: 19)
    let points: Tensor<Double> = randomTensor([1, 300], seed: 23, scale: 3)
    let value = differentiated(problem.parameters + [points], direction: nil) { variables in
      problem.cell(variables)(variables[variables.count - 1])
    }.value
    let expected = (0..<2).flatMap { sample in
      points.scalars.map { problem.reference(at: $0, sample: sample).value }
    }
    #expect(expected.allSatisfy { $0.isFinite })
    #expect(mismatch(value, Tensor(expected, [2, 300]), relative: 1e-13) == nil)
  }

  @Test("one sample alone has the bits of its row, and moves its own weights only")
  func sample() {
    let problem = Problem(.twoCoreUnits, samples: 3, seed: 11)
    let points: Tensor<Double> = randomTensor([1, 20], seed: 13)
    let direction: Tensor<Double> = randomTensor([1, 20], seed: 17)
    let all = differentiated(problem.parameters + [points], direction: nil) { variables in
      problem.cell(variables)(variables[variables.count - 1])
    }.value.scalars
    for index in 0..<3 {
      let result = differentiated(problem.parameters + [points], direction: direction) {
        variables in
        problem.cell(variables).sample(index)(variables[variables.count - 1])
      }
      #expect(result.value.scalars == Array(all[index * 20..<(index + 1) * 20]))
      let whole = Tensor(
        (0..<3).flatMap { $0 == index ? direction.scalars : [Double](repeating: 0, count: 20) },
        [3, 20])
      let expected = differentiated(problem.parameters + [points], direction: whole) {
        variables in
        problem.cell(variables)(variables[variables.count - 1])
      }
      for (gradient, other) in zip(result.gradients, expected.gradients) {
        #expect(mismatch(gradient, other, relative: 1e-13) == nil)
      }
      let rows = result.gradients[0].scalars
      #expect(rows.indices.allSatisfy { ($0 / 23 == index) == (rows[$0] != 0) })
    }
  }

  @Test("every slot needs a mixture, and all the same number of samples")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      _ = Problem(.oneCoreUnit, samples: 1, seed: 0).failingCell(slots: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Problem(.oneCoreUnit, samples: 1, seed: 0).failingCell(slots: 3)
    }
  }
}

extension RelaxedCellTests.Problem {
  /// A cell with too few slots, or with one that has two samples.
  fileprivate func failingCell(slots count: Int) -> RelaxedCell {
    let tape = Tape(device: Device(threads: 1))
    let slots = (0..<count).map { index in
      let samples = index == 2 ? 2 : 1
      let width = operations[index].count
      return RelaxedCell.Slot(
        operations: operations[index],
        weights: tape.constant(Tensor(zeros: [samples, width])),
        scalars: tape.constant(Tensor(zeros: [operations[index].scalarCount])))
    }
    return RelaxedCell(
      graph: graph, slots: slots, limits: Limits(outputs: Bounding(outputs: bound)))
  }
}
