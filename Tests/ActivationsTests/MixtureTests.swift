import Activations
import Autodiff
import Tensors
import TestSupport
import Testing

@Suite("Mixtures")
struct MixtureTests {
  /// A mixture of operations at fixed arguments.
  struct Problem {
    let operations: [ElementaryOperation]
    var operands: [Tensor<Double>]
    var weights: Tensor<Double>
    var scalars: Tensor<Double>
    var bound: Double

    var points: [Tensor<Double>] { operands + [weights, scalars] }
    var samples: Int { weights.shape.rows }

    /// All operations of the operands' arity, at random arguments that lie apart from kinks, with
    /// scalars for all samples or for each.
    init(
      rows: [Int], samples: Int, points: Int, bound: Double, seed: UInt64,
      hasRowScalars: Bool = false
    ) {
      operations = OperationSet.grafs.operations(of: rows.count == 1 ? .unary : .binary)
      weights = randomTensor([samples, operations.count], seed: seed)
      scalars = randomTensor(
        hasRowScalars ? [samples, operations.scalarCount] : [operations.scalarCount],
        seed: seed + 1)
      self.bound = bound
      operands = []
      var stream = RandomStream(seed: seed, purpose: "points")
      var columns: [[[Double]]] = []
      while columns.count < points {
        let column = rows.map { (0..<$0).map { _ in 1.7 * stream.normal() } }
        if isSmooth(column) { columns.append(column) }
      }
      operands = rows.indices.map { operand in
        let elements = (0..<rows[operand]).flatMap { row in columns.map { $0[operand][row] } }
        return Tensor(elements, [rows[operand], points])
      }
    }

    /// The scalar of an operation in a row of the result.
    func scalar(_ operation: Int, sample: Int) -> Double {
      guard let column = operations.scalarColumns[operation] else { return 0 }
      return scalars.scalars[
        (scalars.shape.rank == 1 ? 0 : sample) * operations.scalarCount + column]
    }

    /// Whether no kink, tie or bound is near, and √x not too bent, in any of the rows.
    func isSmooth(_ column: [[Double]]) -> Bool {
      (0..<samples).allSatisfy { row in
        let arguments = column.map { $0[$0.count == 1 ? 0 : row] }
        return operations.enumerated().allSatisfy { index, operation in
          let scalar = scalar(index, sample: row)
          return abs(abs(operation.value(at: arguments, scalar: scalar)) - bound) > 1e-3
            && operation.distanceToKink(at: arguments) > (arguments.count == 1 ? 0.02 : 1e-3)
        }
      }
    }

    /// The mixture, from the operations' scalar functions.
    func reference() -> Tensor<Double> {
      let points = operands[0].shape.columns
      var result: [Double] = []
      for sample in 0..<samples {
        for point in 0..<points {
          let arguments = operands.map {
            $0.scalars[($0.shape.rows == 1 ? 0 : sample) * points + point]
          }
          var sum = 0.0
          for (index, operation) in operations.enumerated() {
            let value = operation.value(at: arguments, scalar: scalar(index, sample: sample))
            sum +=
              weights.scalars[sample * operations.count + index] * max(-bound, min(bound, value))
          }
          result.append(sum)
        }
      }
      return Tensor(result, [samples, points])
    }

    func callAsFunction(_ variables: [Variable<Double>]) -> Variable<Double> {
      let count = operands.count
      return mixture(
        of: operations, at: Array(variables[..<count]), weights: variables[count],
        scalars: variables[count + 1], limits: Limits(outputs: Bounding(outputs: bound)))
    }
  }

  /// Rows of the operands, samples, points, ℓ. 512 points make a chunk.
  static let cases: [(rows: [Int], samples: Int, points: Int, bound: Double)] = [
    ([1], 1, 1, .infinity), ([1], 3, 513, 10), ([3], 3, 512, 2), ([2], 2, 7, .infinity),
    ([1, 1], 1, 1, .infinity), ([1, 1], 2, 513, 10), ([1, 3], 3, 129, 1.5), ([3, 1], 3, 40, 10),
    ([2, 2], 2, 512, 1), ([2, 2], 2, 5, .infinity),
  ]

  @Test(
    "the value is the weighted sum of the clipped operations", arguments: cases.indices,
    [false, true])
  func values(index: Int, hasRowScalars: Bool) {
    let (rows, samples, points, bound) = Self.cases[index]
    let problem = Problem(
      rows: rows, samples: samples, points: points, bound: bound, seed: 3,
      hasRowScalars: hasRowScalars)
    let value = differentiated(problem.points, direction: nil) { problem($0) }.value
    #expect(mismatch(value, problem.reference(), relative: 1e-14) == nil)
  }

  /// A step of 1e−5 leaves 1e−10 of the third derivative and 1e−11 of the sum in rounding; the
  /// operations' gradients are all of size 1, of which 1 % would be four orders more.
  @Test("gradients by operands, weights and scalars", arguments: cases.indices, [false, true])
  func gradients(index: Int, hasRowScalars: Bool) {
    let (rows, samples, points, bound) = Self.cases[index]
    let problem = Problem(
      rows: rows, samples: samples, points: points, bound: bound, seed: 11,
      hasRowScalars: hasRowScalars)
    if bound < 10 {
      let values = problem.operations.flatMap { operation in
        problem.operands[0].scalars.map { operation.value(at: [$0, $0], scalar: 1) }
      }
      #expect(values.contains { abs($0) > bound } && values.contains { abs($0) < bound })
    }
    let direction: Tensor<Double> = randomTensor([samples, points], seed: 17)
    #expect(
      gradientMismatch(at: problem.points, direction: direction, relative: 1e-6) { problem($0) }
        == nil)
  }

  /// Each on its own, so that no large gradient hides a small one.
  @Test("gradients of every operation alone", arguments: OperationSet.grafs.all)
  func gradientsOfEach(operation: ElementaryOperation) {
    let rows = [Int](repeating: 2, count: operation.arity.rawValue)
    let all = Problem(rows: rows, samples: 2, points: 9, bound: 10, seed: 23)
    let weights: Tensor<Double> = randomTensor([2, 1], seed: 29)
    let scalars = Tensor(ElementaryOperation.scalars(0.8, of: [operation]))
    let direction: Tensor<Double> = randomTensor([2, 9], seed: 31)
    #expect(
      gradientMismatch(
        at: all.operands + [weights, scalars], direction: direction, relative: 1e-6
      ) { variables in
        mixture(
          of: [operation], at: Array(variables[..<rows.count]), weights: variables[rows.count],
          scalars: variables[rows.count + 1], limits: Limits(outputs: .output(10)))
      } == nil)
  }

  @Test("one-hot weights give the primitive, bit for bit", arguments: OperationSet.grafs.all)
  func oneHot(operation: ElementaryOperation) throws {
    let operations = OperationSet.grafs.operations(of: operation.arity)
    let index = try #require(operations.firstIndex(of: operation))
    let scalar = -0.7
    let operands: [Tensor<Double>] = (0..<UInt64(operation.arity.rawValue)).map {
      randomTensor([1, 600], seed: 41 + $0, scale: 4)
    }
    let weights = Tensor(operations.indices.map { $0 == index ? 1.0 : 0 }, [1, operations.count])
    let scalars = Tensor(ElementaryOperation.scalars(scalar, of: operations))
    let direction: Tensor<Double> = randomTensor([1, 600], seed: 47)
    let result = differentiated(operands + [weights, scalars], direction: direction) { variables in
      mixture(
        of: operations, at: Array(variables.prefix(operands.count)),
        weights: variables[operands.count], scalars: variables[operands.count + 1],
        limits: Limits(outputs: .output(10)))
    }
    for point in 0..<600 {
      let arguments = operands.map { $0.scalars[point] }
      let value = operation.value(at: arguments, scalar: scalar)
      let isClipped = abs(value) > 10
      #expect(result.value.scalars[point] == (isClipped ? (value > 0 ? 10 : -10) : value))
      for (operand, slope) in operation.derivatives(at: arguments, scalar: scalar).enumerated() {
        #expect(
          result.gradients[operand].scalars[point]
            == (isClipped ? 0 : direction.scalars[point] * slope))
      }
    }
  }

  @Test(
    "the same scalars in every row are scalars for all", arguments: [[1], [3], [1, 3], [3, 3]])
  func equalScalars(rows: [Int]) {
    let shared = Problem(rows: rows, samples: 3, points: 700, bound: 10, seed: 61)
    var single = shared
    let width = shared.operations.scalarCount
    single.scalars = Tensor((0..<3).flatMap { _ in shared.scalars.scalars }, [3, width])
    let direction: Tensor<Double> = randomTensor([3, 700], seed: 67)
    let results = [shared, single].map { problem in
      differentiated(problem.points, direction: direction) { problem($0) }
    }
    #expect(results[0].value == results[1].value)
    // Terms of a sum come in another order.
    for (first, second) in zip(results[0].gradients.dropLast(), results[1].gradients.dropLast()) {
      #expect(mismatch(second, first, relative: 1e-13) == nil)
    }
    let sums = (0..<width).map { operation in
      (0..<3).reduce(0) {
        $0 + results[1].gradients[rows.count + 1].scalars[$1 * width + operation]
      }
    }
    #expect(mismatch(Tensor(sums), results[0].gradients[rows.count + 1], relative: 1e-13) == nil)
  }

  @Test("scalars are as many as the operations, or one such row for each sample")
  func scalarShapes() async {
    await #expect(processExitsWith: .failure) {
      var problem = Problem(rows: [1], samples: 3, points: 2, bound: 10, seed: 1)
      problem.scalars = Tensor(zeros: [2, problem.operations.scalarCount])
      _ = differentiated(problem.points, direction: nil) { problem($0) }
    }
  }

  @Test(
    "the same bits with 1, 2 and 3 threads", arguments: [[1], [3], [1, 3], [3, 3]], [false, true])
  func threads(rows: [Int], hasRowScalars: Bool) {
    let problem = Problem(
      rows: rows, samples: 3, points: 1500, bound: 10, seed: 53, hasRowScalars: hasRowScalars)
    let direction: Tensor<Double> = randomTensor([3, 1500], seed: 59)
    let results = [1, 2, 3].map { threads in
      differentiated(problem.points, direction: direction, threads: threads) { problem($0) }
    }
    for result in results.dropFirst() {
      #expect(result.value == results[0].value)
      #expect(result.gradients == results[0].gradients)
    }
  }

  @Test("the same operand twice gets both gradients; a constant gets none")
  func sharedOperand() {
    let x = Tensor([1.5, -0.5, 2.25], [1, 3])
    let product = ElementaryOperation(Multiplication.self)
    let tape = Tape(device: Device(threads: 1))
    let (variable, weights) = (tape.parameter(x), tape.constant(Tensor([2.0], [1, 1])))
    let scalars = tape.constant(Tensor<Double>(zeros: [0]))
    let square = mixture(
      of: [product], at: [variable, variable], weights: weights, scalars: scalars)
    tape.pullBack(from: projection(square, on: Tensor([1, 10, 100], [1, 3])))
    #expect(variable.gradient?.scalars == [6, -20, 900])
    #expect(weights.gradient == nil && scalars.gradient == nil)
  }
}
