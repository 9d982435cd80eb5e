import Activations
import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Bounding")
struct BoundingTests {
  /// The clamps of GRAFS's released program with ℓ, written once more: nil where it has none.
  static func interval(_ name: String, _ bound: Double) -> (lower: Double, upper: Double)? {
    switch name {
    case "square", "multiply": (-sqrt(bound), sqrt(bound))
    case "cube": (-pow(bound, 1.0 / 3), pow(bound, 1.0 / 3))
    case "exp": (-.infinity, log(bound))
    case "sinh": (-asinh(bound), asinh(bound))
    default: nil
    }
  }

  /// What an operation gives under a rule.
  static func plain(
    _ operation: ElementaryOperation, _ arguments: [Double], scalar: Double, _ bounding: Bounding
  ) -> Double {
    switch bounding {
    case .off:
      return operation.value(at: arguments, scalar: scalar)
    case .output(let bound):
      return min(bound, max(-bound, operation.value(at: arguments, scalar: scalar)))
    case .input(let bound):
      guard let (lower, upper) = interval(operation.name, bound) else {
        return operation.value(at: arguments, scalar: scalar)
      }
      return operation.value(at: arguments.map { min(upper, max(lower, $0)) }, scalar: scalar)
    }
  }

  /// How far arguments and value are from where the rule clips.
  static func distanceToClip(
    _ operation: ElementaryOperation, _ arguments: [Double], scalar: Double, _ bounding: Bounding
  ) -> Double {
    switch bounding {
    case .off: return .infinity
    case .output(let bound):
      return abs(abs(operation.value(at: arguments, scalar: scalar)) - bound)
    case .input(let bound):
      guard let (lower, upper) = interval(operation.name, bound) else { return .infinity }
      return arguments.map { min(abs($0 - lower), abs($0 - upper)) }.min() ?? .infinity
    }
  }

  static let rules: [Bounding] = [.off, .output(10), .input(10), .output(1.5), .input(1.5)]
  static let scalar = 0.8

  private func bounded(
    _ operation: ElementaryOperation, _ variables: [Variable<Double>], _ bounding: Bounding
  ) -> Variable<Double> {
    let count = operation.arity.rawValue
    return mixture(
      of: [operation], at: Array(variables.prefix(count)), weights: variables[count],
      scalars: variables[count + 1], limits: Limits(outputs: bounding))
  }

  /// Clamping ±∛ℓ by `cbrt` and by `pow` differs in the last digit, hence 1e−14.
  @Test("a mixture gives the plain definition", arguments: rules)
  func values(bounding: Bounding) {
    for operation in OperationSet.grafs.all {
      let operands: [Tensor<Double>] = (0..<UInt64(operation.arity.rawValue)).map {
        randomTensor([1, 700], seed: 3 + $0, scale: 4)
      }
      let value = differentiated(
        operands + [
          Tensor([1], [1, 1]), Tensor(ElementaryOperation.scalars(Self.scalar, of: [operation])),
        ], direction: nil
      ) { bounded(operation, $0, bounding) }.value
      let expected = (0..<700).map { point in
        Self.plain(
          operation, operands.map { $0.scalars[point] }, scalar: Self.scalar, bounding)
      }
      #expect(
        mismatch(value, Tensor(expected, [1, 700]), relative: 1e-14) == nil, "\(operation)")
    }
  }

  /// Points 1e−3 away from clips and 0.02 from kinks, where central differences with a step of 1e−5
  /// err by about 1e−9. Seeds 5 to 7.
  @Test("gradients are those of central differences, 0 where it is clipped", arguments: rules)
  func gradients(bounding: Bounding) {
    for operation in OperationSet.grafs.all {
      var stream = RandomStream(seed: 5, purpose: "points")
      var columns: [[Double]] = []
      while columns.count < 40 {
        let column = (0..<operation.arity.rawValue).map { _ in 3 * stream.normal() }
        let kink = operation.distanceToKink(at: column)
        if kink > 0.02,
          Self.distanceToClip(operation, column, scalar: Self.scalar, bounding) > 1e-3
        {
          columns.append(column)
        }
      }
      let operands = (0..<operation.arity.rawValue).map { index in
        Tensor(columns.map { $0[index] }, [1, 40])
      }
      let direction: Tensor<Double> = randomTensor([1, 40], seed: 7)
      #expect(
        gradientMismatch(
          at: operands + [
            Tensor([0.7], [1, 1]),
            Tensor(ElementaryOperation.scalars(Self.scalar, of: [operation])),
          ], direction: direction,
          relative: 1e-6
        ) { bounded(operation, $0, bounding) } == nil, "\(operation)")
      // The tree says the same as the mixture.
      let result = differentiated(
        operands + [
          Tensor([1], [1, 1]), Tensor(ElementaryOperation.scalars(Self.scalar, of: [operation])),
        ], direction: direction
      ) { bounded(operation, $0, bounding) }
      guard operation.arity == .unary else { continue }
      let expression = ActivationExpression(
        operation, scalars: operation.scalars.map { _ in Self.scalar }, .input)
      for (point, column) in columns.enumerated() {
        let single = expression.valueAndDerivative(at: column[0], limits: Limits(outputs: bounding))
        #expect(single.value == result.value.scalars[point])
        #expect(
          single.derivative * direction.scalars[point] == result.gradients[0].scalars[point])
      }
    }
  }

  @Test("5 · 0.1 is 0.316 by the released rule, 0.5 by the paper's")
  func publishedExample() {
    func product(_ bounding: Bounding) -> (value: Double, gradients: [Double]) {
      let result = differentiated(
        [Tensor([5], [1, 1]), Tensor([0.1], [1, 1]), Tensor([1], [1, 1]), Tensor(zeros: [0])],
        direction: Tensor([1], [1, 1])
      ) { bounded(ElementaryOperation(Multiplication.self), $0, bounding) }
      return (result.value.scalars[0], result.gradients.prefix(2).map { $0.scalars[0] })
    }
    #expect(abs(product(.input(10)).value - 0.316) < 5e-4)
    #expect(product(.input(10)).gradients == [0, 10.0.squareRoot()])
    #expect(product(.output(10)).value == 0.5 && product(.off).value == 0.5)
    #expect(product(.output(10)).gradients == [0.1, 5])
    let both = ActivationExpression(
      ElementaryOperation(Multiplication.self), .input,
      .init(ElementaryOperation(Constant.self), scalars: [0.1], .input))
    #expect(
      both.valueAndDerivative(at: 5, limits: Limits(outputs: .input(10))) == (
        0.1 * 10.0.squareRoot(), 0
      ))
    #expect(both.valueAndDerivative(at: 5, limits: Limits(outputs: .output(10))) == (0.5, 0.1))
  }

  /// Outside GRAFS's five nothing is clamped: cosh grows.
  @Test("the input rule bounds five operations and leaves the others alone")
  func whatIsClamped() throws {
    let clamped = OperationSet.allPrimitives.all.filter { $0.clampedArguments(for: 10) != nil }
    #expect(clamped.map(\.name) == ["square", "cube", "exp", "sinh", "multiply"])
    let cosine = ActivationExpression(
      ElementaryOperation(HyperbolicCosine.self), .input)
    #expect(cosine.value(at: 20, limits: Limits(outputs: .input(10))) == cosh(20))
    #expect(cosine.value(at: 20, limits: Limits(outputs: .output(10))) == 10)
    let expected: [(String, Double)] = [
      ("square", 10), ("cube", 10), ("exp", 10), ("sinh", 10), ("relu", 100),
    ]
    for (name, value) in expected {
      let operation = try OperationSet.grafs.unaryOperation(named: name)
      let expression = ActivationExpression(operation, .input)
      #expect(
        agrees(
          expression.value(at: 100, limits: Limits(outputs: .input(10))), value, relative: 1e-14),
        "\(name)")
    }
  }

  @Test("at the bound itself the gradient passes; NaN stays NaN")
  func edges() {
    let square = ElementaryOperation(Square.self)
    let edge = 9.0.squareRoot()
    let result = differentiated(
      [
        Tensor([edge, -edge, edge.nextUp, .infinity, .nan], [1, 5]), Tensor([1], [1, 1]),
        Tensor(zeros: [0]),
      ],
      direction: Tensor(repeating: 1, [1, 5])
    ) { bounded(square, $0, .input(9)) }
    #expect(result.value.scalars[..<4] == [9, 9, 9, 9])
    #expect(result.value.scalars[4].isNaN)
    #expect(result.gradients[0].scalars[..<4] == [6, -6, 0, 0])
  }

  @Test("an infinite bound is none; one that is not positive traps")
  func bounds() async {
    #expect(Bounding(outputs: .infinity) == .off && Bounding(outputs: 3) == .output(3))
    await #expect(processExitsWith: .failure) { _ = Bounding(outputs: 0) }
    await #expect(processExitsWith: .failure) {
      let square = ElementaryOperation(Square.self)
      _ = differentiated(
        [Tensor([1], [1, 1]), Tensor([1], [1, 1]), Tensor(zeros: [0])], direction: nil
      ) {
        mixture(
          of: [square], at: [$0[0]], weights: $0[1], scalars: $0[2],
          limits: Limits(outputs: .input(-1)))
      }
    }
  }

  /// A cell of two slots by hand: u1(u0(x)) with one operation each.
  @Test("cells carry the rule, alone and as an activation", arguments: rules)
  func cells(bounding: Bounding) throws {
    let graph = try CellGraph(parsing: "u0(x) b0(u0, x)")
    let expression = try ActivationExpression(
      Genotype(parsing: "u0=cube b0=multiply"), graph: graph)
    let points: Tensor<Double> = randomTensor([1, 200], seed: 11, scale: 2)
    let tape = Tape(device: Device(threads: 1))
    let operations: [ElementaryOperation] = [
      ElementaryOperation(Cube.self), ElementaryOperation(Multiplication.self),
    ]
    let slots = operations.map {
      RelaxedCell.Slot(
        operations: [$0], weights: tape.constant(Tensor([1], [1, 1])),
        scalars: tape.constant(Tensor(zeros: [0])))
    }
    let cell = RelaxedCell(graph: graph, slots: slots, limits: Limits(outputs: bounding))
    let expected = Tensor(
      points.scalars.map { x in
        Self.plain(
          operations[1], [Self.plain(operations[0], [x], scalar: 0, bounding), x], scalar: 0,
          bounding)
      }, [1, 200])
    #expect(mismatch(cell(tape.constant(points)).value, expected, relative: 1e-14) == nil)
    #expect(
      mismatch(cell.sample(0)(tape.constant(points)).value, expected, relative: 1e-14) == nil)
    let tree = Tensor(
      points.scalars.map { expression.value(at: $0, limits: Limits(outputs: bounding)) }, [1, 200])
    #expect(mismatch(tree, expected, relative: 1e-14) == nil)
    // In single precision, hence 1e−6.
    let input = tape.constant(Tensor(points.scalars.map(Float.init), [20, 10]))
    let output = ExactActivation(cell)(input, at: 0).value.scalars
    for (value, expected) in zip(output, expected.scalars) {
      #expect(agrees(Double(value), expected, relative: 1e-6, absolute: 1e-6))
    }
  }
}
