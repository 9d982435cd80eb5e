import Activations
import Foundation
import TestSupport
import Testing

@Suite("Binary primitives")
struct BinaryPrimitiveTests {
  static let scalars = [0.9, -1.7, 0]
  static let steep = [
    Division.name, ShiftedDivision.name, Power.name, BetaGaussianKernel.name, Quotient.name,
    RealPower.name, Hypotenuse.name,
  ]
  /// Those that have no value everywhere: what people write, without a guard.
  static let partial = [Quotient.name, RealPower.name]

  static let pairs: [(Double, Double)] = {
    let numbers = [-40.03, -9.5, -2.25, -0.8, -0.11, 0.004, 0.35, 1.4, 5.75, 31.02]
    return numbers.flatMap { a in numbers.map { b in (a, b - 0.0171) } }
  }()

  private func both(
    _ operation: ElementaryOperation, _ a: Double, _ b: Double, _ scalar: Double
  ) -> (value: Double, byFirst: Double, bySecond: Double) {
    let result = operation.valueAndDerivatives(
      of: [a, b], scalars: operation.scalars.map { _ in scalar })
    return (result.value, result.derivatives[0], result.derivatives[1])
  }

  private func byScalar(
    _ operation: ElementaryOperation, _ a: Double, _ b: Double, _ scalar: Double
  ) -> Double {
    operation.isLearnable ? operation.derivative(byScalar: 0, a, b, scalars: [scalar]) : 0
  }

  @Test(arguments: PrimitiveTable.binary)
  func derivativesAgreeWithCentralDifferences(operation: ElementaryOperation) {
    // Near a pole, 0 to a power, or the square of 70 times β, the default step is too large.
    let step = Self.steep.contains(operation.name) ? 0x1p-18 : 0x1p-10
    for (a, b) in Self.pairs {
      for scalar in Self.scalars {
        let result = both(operation, a, b, scalar)
        // The difference would round too much, or there is no value.
        if !(abs(result.value) < 1e8) { continue }
        let rounding = 4e-12 * max(1, abs(result.value), abs(a), abs(b)) * (0x1p-10 / step)
        let differences = [
          centralDifference({ operation.value(at: [$0, b], scalar: scalar) }, at: a, step: step),
          centralDifference({ operation.value(at: [a, $0], scalar: scalar) }, at: b, step: step),
          centralDifference({ operation.value(at: [a, b], scalar: $0) }, at: scalar, step: step),
        ]
        let derivatives = [
          result.byFirst, result.bySecond, byScalar(operation, a, b, scalar),
        ]
        for (derivative, difference) in zip(derivatives, differences) {
          #expect(
            agrees(derivative, difference, relative: 1e-6, absolute: rounding),
            "\(operation) at (\(a), \(b)), scalar \(scalar): \(derivatives), \(differences)")
        }
      }
    }
  }

  /// Relative error 2e−15; for a kernel and a power, whose exponent's rounding counts, its size
  /// more.
  @Test func valuesAndDerivativesAgreeWithTheReference() throws {
    let table = try ReferenceTable("binary.csv", named: true)
    for operation in PrimitiveTable.binary {
      let rows = table.rows.filter { $0.name == operation.name }
      #expect(rows.count >= 12)
      for row in rows {
        let (a, b, scalar) = (row.numbers[0], row.numbers[1], row.numbers[2])
        let result = both(operation, a, b, scalar)
        let all = [
          result.value, result.byFirst, result.bySecond,
          byScalar(operation, a, b, scalar),
        ]
        let isExponential =
          operation.name.hasSuffix("kernel")
          || [Power.name, RealPower.name].contains(operation.name)
        let exponent = isExponential ? abs(log(abs(row.numbers[3]))) : 0
        for (value, expected) in zip(all, row.numbers.dropFirst(3)) {
          #expect(
            agrees(value, expected, relative: 2e-15 + 3e-16 * exponent, absolute: 1e-15),
            "\(operation) (\(a), \(b))")
        }
      }
    }
  }

  @Test func guardsHoldDenominatorsAndBases() {
    #expect(Division.value(3.0, 0) == 3 / 1e-3 && Division.value(3.0, -0.0) == 3 / 1e-3)
    #expect(Division.value(3.0, -1e-4) == -3 / 1e-3 && Division.value(3.0, 2e-3) == 3 / 2e-3)
    #expect(Division.derivatives(3.0, -1e-4) == (-1 / 1e-3, 0))
    #expect(Division.derivatives(3.0, 1e-3) == (1 / 1e-3, 0))
    #expect(Division.derivatives(3.0, 2).bySecond == -0.75)
    #expect(ShiftedDivision.value(3.0, 0) == 3 / 1e-5)
    #expect(ShiftedDivision.derivatives(3.0, 0).bySecond == 0)
    #expect(ShiftedDivision.value(3.0, -1.5e-5) == -3 / 1e-5)
    #expect(ShiftedDivision.value(3.0, 2) == 3 / (2 + 1e-5))
    #expect(
      Power.value(-4.0, 2) == 1e-6 && Power.value(2.0, 10) == 1024 && Power.value(9.0, 0.5) == 3)
    #expect(Power.derivatives(-4.0, 2).byFirst == 0 && Power.derivatives(3.0, 2).byFirst == 6)
    #expect(Power.value(5.0, 0) == 1 && Power.value(1.0, .nan).isNaN && Power.value(.nan, 0).isNaN)
  }

  @Test func tiesTakeWhatTheyState() throws {
    let tied = PrimitiveTable.binary.filter { $0.tieRule != nil }
    #expect(
      tied.map(\.name) == ["max", "min", "laplacian_kernel", "beta_laplacian_kernel"])
    #expect(BetaLaplacianKernel.derivatives(3.0, 3, [2]) == (0, 0))
    #expect(LaplacianKernel.derivatives(3.0, 3) == (0, 0) && LaplacianKernel.value(3.0, 3) == 1)
    for operation in tied.prefix(2) {
      let rule = try #require(operation.tieRule)
      for a in [-3.0, 0, 2.5] {
        let result = both(operation, a, a, 0)
        #expect(result == (a, rule.derivativeByFirst, rule.derivativeBySecond))
        #expect(result == (a, 0.5, 0.5))
      }
      #expect(both(operation, 0.0, -0.0, 0).byFirst == 0.5)
    }
  }

  @Test func withoutAGuardPolesAndGapsAreSeen() {
    #expect(Quotient.value(3.0, 0) == .infinity && Quotient.value(3.0, -0.0) == -.infinity)
    #expect(Quotient.value(0.0, 0).isNaN && Quotient.value(1.0, 1e-6) == 1e6)
    #expect(Quotient.derivatives(3.0, 2) == (0.5, -0.75))
    let largest = Double.greatestFiniteMagnitude
    #expect(Quotient.derivatives(3.0, 0) == (largest, -largest))
    #expect(RealPower.value(-2.0, 5) == -32 && RealPower.value(-2.0, -2) == 0.25)
    #expect(RealPower.value(-2.0, 0.5).isNaN && RealPower.derivatives(-2.0, 0.5).byFirst.isNaN)
    #expect(RealPower.value(1.0, .nan).isNaN && RealPower.value(.nan, 0).isNaN)
    // A negative base has no slope by the exponent; 0, lest a constant exponent does harm.
    #expect(RealPower.derivatives(-2.0, 3) == (12, 0))
    #expect(RealPower.derivatives(0.0, 2) == (0, 0) && RealPower.derivatives(0.0, 0).byFirst == 0)
    #expect(RealPower.derivatives(0.0, 0.5) == (largest, 0))
  }

  /// As mathematics has it, also where squares would overflow or vanish.
  @Test func hypotenusesDoNotOverflow() {
    #expect(agrees(Hypotenuse.value(3e200, -4e200), 5e200, relative: 1e-15))
    #expect(Hypotenuse.value(1e200, 1) == 1e200 && Hypotenuse.value(1.0, -1e200) == 1e200)
    #expect(agrees(Hypotenuse.value(5e-200, 12e-200), 13e-200, relative: 1e-15))
    #expect(
      agrees(Hypotenuse.value(-8.0, 15), 17, relative: 1e-15) && Hypotenuse.value(0.0, -0.0) == 0)
    #expect(Hypotenuse.value(-.infinity, 3) == .infinity)
    #expect(Hypotenuse.value(.infinity, -.infinity) == .infinity)
    #expect(Hypotenuse.derivatives(1e200, 1) == (1, 1e-200))
    #expect(
      Hypotenuse.derivatives(0.0, -0.0) == (0, 0) && Hypotenuse.derivatives(-2.0, 0) == (-1, 0))
    let (first, second) = Hypotenuse.derivatives(-3e-200, 4e-200)
    #expect(agrees(first, -0.6, relative: 1e-15) && agrees(second, 0.8, relative: 1e-15))
    #expect(Hypotenuse.derivatives(-.infinity, 3) == (-1, 0))
  }

  @Test(arguments: PrimitiveTable.binary.filter { !partial.contains($0.name) })
  func extremeArgumentsGiveNoNaN(operation: ElementaryOperation) {
    let numbers = [-1e300, -1e4, -800, 0, 1e-300, 800, 1e4, 1e300]
    for a in numbers {
      for b in numbers {
        for scalar in [0.5, 900, -900] {
          let result = both(operation, a, b, scalar)
          #expect(!result.value.isNaN)
          #expect(result.byFirst.isFinite && result.bySecond.isFinite)
          #expect(byScalar(operation, a, b, scalar).isFinite)
        }
      }
    }
  }

  @Test(arguments: PrimitiveTable.binary)
  func notANumberIsSeen(operation: ElementaryOperation) {
    #expect(
      operation.name == RightArgument.name || operation.value(at: [.nan, 1], scalar: 1).isNaN)
    #expect(operation.name == LeftArgument.name || operation.value(at: [1, .nan], scalar: 1).isNaN)
  }

  @Test(arguments: PrimitiveTable.binary)
  func loopsHaveTheBitsOfTheScalarFunctions(operation: ElementaryOperation) {
    let a = Self.pairs.map(\.0) + [2, 800]
    let b = Self.pairs.map(\.1) + [2, -800]
    let count = a.count
    var values = [Double](repeating: .nan, count: count)
    var again = values
    var byFirst = values
    var bySecond = values
    var slopesByScalar = values
    do {
      var first = values.mutableSpan
      var second = again.mutableSpan
      var firstSlopes = byFirst.mutableSpan
      var secondSlopes = bySecond.mutableSpan
      var scalarSlopes = slopesByScalar.mutableSpan
      let scalars = operation.scalars.map { _ in 0.7 }
      operation.evaluate(a.span, b.span, scalars: scalars, values: &first)
      operation.differentiate(
        a.span, b.span, scalars: scalars, values: &second, byFirst: &firstSlopes,
        bySecond: &secondSlopes)
      if operation.isLearnable {
        operation.differentiate(
          byScalar: 0, a.span, b.span, scalars: scalars, derivatives: &scalarSlopes)
      }
    }
    // The same bits, or NaN both: a power of a negative base is none.
    func isSame(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }
    for i in 0..<count {
      let expected = both(operation, a[i], b[i], 0.7)
      #expect(isSame(expected.value, operation.value(at: [a[i], b[i]], scalar: 0.7)))
      #expect(isSame(values[i], expected.value))
      #expect(isSame(again[i], expected.value))
      #expect(isSame(byFirst[i], expected.byFirst))
      #expect(isSame(bySecond[i], expected.bySecond))
      if operation.isLearnable {
        #expect(slopesByScalar[i] == byScalar(operation, a[i], b[i], 0.7))
      }
    }
  }
}
