import Activations
import Testing

@Suite("Binary primitives")
struct BinaryPrimitiveTests {
  static let scalars = [0.9, -1.7, 0]

  static let pairs: [(Double, Double)] = {
    let numbers = [-40.03, -9.5, -2.25, -0.8, -0.11, 0.004, 0.35, 1.4, 5.75, 31.02]
    return numbers.flatMap { a in numbers.map { b in (a, b - 0.0171) } }
  }()

  @Test(arguments: PrimitiveTable.binary)
  func derivativesAgreeWithCentralDifferences(operation: BinaryOperation) {
    for (a, b) in Self.pairs {
      for scalar in Self.scalars {
        let result = operation.valueAndDerivatives(a, b, scalar: scalar)
        let rounding = 4e-12 * max(1, abs(result.value), abs(a), abs(b))
        let differences = [
          centralDifference({ operation.value($0, b, scalar: scalar) }, at: a),
          centralDifference({ operation.value(a, $0, scalar: scalar) }, at: b),
          centralDifference({ operation.value(a, b, scalar: $0) }, at: scalar),
        ]
        let derivatives = [
          result.byFirst, result.bySecond, operation.scalarDerivative(a, b, scalar: scalar),
        ]
        for (derivative, difference) in zip(derivatives, differences) {
          #expect(
            agrees(derivative, difference, relative: 1e-6, absolute: rounding),
            "\(operation) at (\(a), \(b)), scalar \(scalar): \(derivatives), \(differences)")
        }
      }
    }
  }

  @Test func valuesAndDerivativesAgreeWithTheReference() throws {
    let table = try ReferenceTable("binary.csv", named: true)
    for operation in PrimitiveTable.binary {
      let rows = table.rows.filter { $0.name == operation.name }
      #expect(rows.count >= 12)
      for row in rows {
        let (a, b, scalar) = (row.numbers[0], row.numbers[1], row.numbers[2])
        let result = operation.valueAndDerivatives(a, b, scalar: scalar)
        let all = [
          result.value, result.byFirst, result.bySecond,
          operation.scalarDerivative(a, b, scalar: scalar),
        ]
        for (value, expected) in zip(all, row.numbers.dropFirst(3)) {
          #expect(
            agrees(value, expected, relative: 2e-15, absolute: 1e-15), "\(operation) (\(a), \(b))")
        }
      }
    }
  }

  @Test func tiesGiveHalfToEach() {
    #expect(PrimitiveTable.binary.filter { $0.tieRule != nil }.map(\.name) == ["max", "min"])
    for operation in PrimitiveTable.binary {
      guard let rule = operation.tieRule else { continue }
      for a in [-3.0, 0, 2.5] {
        let result = operation.valueAndDerivatives(a, a)
        #expect(result == (a, rule.derivativeByFirst, rule.derivativeBySecond))
        #expect(result == (a, 0.5, 0.5))
      }
      #expect(operation.valueAndDerivatives(0.0, -0.0).byFirst == 0.5)
    }
  }

  @Test(arguments: PrimitiveTable.binary)
  func extremeArgumentsGiveNoNaN(operation: BinaryOperation) {
    let numbers = [-1e300, -1e4, -800, 0, 1e-300, 800, 1e4, 1e300]
    for a in numbers {
      for b in numbers {
        for scalar in [0.5, 900, -900] {
          let result = operation.valueAndDerivatives(a, b, scalar: scalar)
          #expect(!result.value.isNaN)
          #expect(result.byFirst.isFinite && result.bySecond.isFinite)
          #expect(operation.scalarDerivative(a, b, scalar: scalar).isFinite)
        }
      }
    }
  }

  @Test(arguments: PrimitiveTable.binary)
  func notANumberIsSeen(operation: BinaryOperation) {
    #expect(operation.name == RightArgument.name || operation.value(.nan, 1).isNaN)
    #expect(operation.name == LeftArgument.name || operation.value(1, .nan).isNaN)
  }

  @Test(arguments: PrimitiveTable.binary)
  func loopsHaveTheBitsOfTheScalarFunctions(operation: BinaryOperation) {
    let a = Self.pairs.map(\.0) + [2, 800]
    let b = Self.pairs.map(\.1) + [2, -800]
    let count = a.count
    var values = [Double](repeating: .nan, count: count)
    var again = values
    var byFirst = values
    var bySecond = values
    var byScalar = values
    operation.primitive.evaluate(a, b, count: count, scalar: 0.7, values: &values)
    operation.primitive.differentiate(
      a, b, count: count, scalar: 0.7, values: &again, derivativesByFirst: &byFirst,
      derivativesBySecond: &bySecond)
    operation.primitive.scalarDerivatives(a, b, count: count, scalar: 0.7, derivatives: &byScalar)
    for i in 0..<count {
      let expected = operation.valueAndDerivatives(a[i], b[i], scalar: 0.7)
      #expect(expected.value == operation.value(a[i], b[i], scalar: 0.7))
      #expect(values[i] == expected.value)
      #expect(again[i] == expected.value)
      #expect(byFirst[i] == expected.byFirst)
      #expect(bySecond[i] == expected.bySecond)
      #expect(byScalar[i] == operation.scalarDerivative(a[i], b[i], scalar: 0.7))
    }
  }
}
