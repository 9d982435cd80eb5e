import Activations
import Foundation
import TestSupport
import Testing

/// What people write means what mathematics says; only what a search places is guarded.
@Suite("Formulas as mathematics")
struct MathematicsTests {
  private static func function(_ text: String) throws -> ActivationExpression {
    try ActivationExpression(parsing: text, operations: .allPrimitives, reading: .mathematics)
  }

  static let formulas: [(text: String, value: @Sendable (Double) -> Double)] = [
    ("x^6 - x^7", { pow($0, 6) - pow($0, 7) }),
    ("x^-5", { 1 / pow($0, 5) }),
    ("(x + 2)^11", { pow($0 + 2, 11) }),
    ("(x^4 + 1)^-2", { 1 / pow(pow($0, 4) + 1, 2) }),
    ("x^0", { _ in 1 }),
    ("x^(8 / 2)", { pow($0, 4) }),
    ("x^(-1 - 1)", { 1 / ($0 * $0) }),
    ("x**4 * x³", { pow($0, 7) }),
    ("power(x, 8)", { pow($0, 8) }),
    ("pow(x, 5)", { pow($0, 5) }),
    ("x / 2e-7", { $0 / 2e-7 }),
    ("1 / (3e-5 * x)", { 1 / (3e-5 * $0) }),
    ("x / (x^2 + 1e-9)", { $0 / ($0 * $0 + 1e-9) }),
    ("divide(x, 5e-4)", { $0 / 5e-4 }),
    ("reciprocal(1e-5) * x", { $0 / 1e-5 }),
    ("sqrt(4e-8) + x", { 2e-4 + $0 }),
    ("sqrt(x^2 + 1e-12)", { ($0 * $0 + 1e-12).squareRoot() }),
    ("|x|^0.5", { abs($0).squareRoot() }),
    ("2^x", { pow(2, $0) }),
    ("1e-4^|x|", { pow(1e-4, abs($0)) }),
    ("power(2e-4, x)", { pow(2e-4, $0) }),
    ("exp(1) * x - 2^-3", { M_E * $0 - 0.125 }),
    ("-x^4", { -pow($0, 4) }),
    ("x⁵ - x⁰", { pow($0, 5) - 1 }),
    ("(x + 5)⁻² + 2⁻¹ * x", { 1 / pow($0 + 5, 2) + $0 / 2 }),
    ("tanh²(x) - sin³(2 * x)", { pow(tanh($0), 2) - pow(sin(2 * $0), 3) }),
    ("-cos²(x)^2 + ReLU²(x)", { -pow(cos($0), 4) + pow(max($0, 0), 2) }),
    ("GoLU(x) / 2 + relu2(x)", { $0 * exp(-exp(-$0)) / 2 + pow(max($0, 0), 2) }),
    ("sin(pi * x) - e^(x / π)", { sin(.pi * $0) - exp($0 / .pi) }),
    ("sin(PI * X) - E^(X / Pi)", { sin(.pi * $0) - exp($0 / .pi) }),
    ("0e-999 * x + 0.0", { _ in 0 }),
    ("ln(x^2 + 2)", { log($0 * $0 + 2) }),
    ("Log(3 + x)", { log(3 + $0) }),
    ("sgn(x) * log1p(|x|)", { ($0 < 0 ? -1 : 1) * log1p(abs($0)) }),
    ("log2(x + 4) - log10(7 + x)", { log2($0 + 4) - log10(7 + $0) }),
    ("tan(x / 2)", { tan($0 / 2) }),
    ("arcsin(x / 3) + acos(x / 3) * x", { asin($0 / 3) + acos($0 / 3) * $0 }),
    ("atanh(x / 4) - acosh(x + 5)", { atanh($0 / 4) - acosh($0 + 5) }),
    ("cbrt(x) + exp2(x)", { cbrt($0) + exp2($0) }),
    ("hypot(x, 3 - x)", { hypot($0, 3 - $0) }),
    ("clip(x, -1.25, 0.1)", { min(max($0, -1.25), 0.1) }),
    ("relu6(5 * x) - HardTanh(x)", { min(max(5 * $0, 0), 6) - min(max($0, -1), 1) }),
    ("log_abs(0.000001) * x", { log(1e-6) * $0 }),
    ("tan(1) * x + hypot(3, 4)", { tan(1) * $0 + 5 }),
  ]

  @Test(arguments: formulas.indices)
  func haveTheirValue(index: Int) throws {
    let (text, value) = Self.formulas[index]
    let expression = try Self.function(text)
    for x in [-2.25, -0.5, -0.0003, 0.00002, 0.3, 1.7] {
      // Seven factors and a quotient round by less than 1e−14 in all.
      #expect(
        agrees(expression.value(at: x), value(x), relative: 1e-14, absolute: 1e-14),
        "\(text) at \(x): \(expression.value(at: x)), \(value(x))")
      let difference = centralDifference(value, at: x, step: abs(x) * 0x1p-12)
      let derivative = expression.valueAndDerivative(at: x).derivative
      // The difference cancels about 1e−12 of the value.
      let rounding = 1e-9 * max(1, abs(value(x) / x))
      #expect(
        agrees(derivative, difference, relative: 1e-6, absolute: rounding),
        "\(text)′ at \(x): \(derivative), \(difference)")
    }
  }

  @Test(
    arguments: [
      ("asin(x)", 1, 1), ("asin(2 * x)", -0.5, 1), ("acos(x)", -1, -1), ("acosh(x)", 1, 1),
      ("atanh(x)", 1, 1), ("x^0.5", 0, 1), ("sqrt(4 * x)", 0, 1), ("ln(x)", 0, 1),
      ("log1p(x)", -1, 1), ("cbrt(x)", 0, 1), ("x^(1 / 3)", 0, 1), ("1 / x", 0, -1),
      ("x^-0.5", 0, -1), ("log2(x)", 0, 1), ("-asin(x)", -1, -1), ("(1 - x^2)^0.5", 1, -1),
    ] as [(String, Double, Double)])
  func slopesAtPolesAreHeldFinite(text: String, x: Double, sign: Double) throws {
    let slope = try Self.function(text).valueAndDerivative(at: x).derivative
    #expect(slope == sign * .greatestFiniteMagnitude, "\(text)′ at \(x) is \(slope)")
  }

  @Test func hypotenusesOfLargeArgumentsHaveTheirValue() throws {
    let function = try Self.function("hypot(1e200 * x, 1)")
    let result = function.valueAndDerivative(at: 2)
    #expect(result.value == 2e200 && result.derivative == 1e200)
    #expect(try Self.function("hypotenuse(x, x)").value(at: -1e300) == 1e300 * 2.0.squareRoot())
  }

  /// Files hold the exact text, which means operations: written and read it is the same tree.
  @Test(arguments: formulas.map(\.text))
  func areKeptByFiles(text: String) throws {
    let expression = try Self.function(text)
    let written = expression.exactText(for: .allPrimitives)
    let read = try ActivationExpression(parsing: written, operations: .allPrimitives)
    #expect(read == expression, "\(written)")
  }

  @Test(arguments: [
    ("divide(x, tanh(x))", "guarded_divide(x, tanh(x))"),
    ("power(x, sigmoid(x))", "guarded_power(x, sigmoid(x))"),
    ("reciprocal(x)", "guarded_reciprocal(x)"),
    ("guarded_sqrt(x)", "guarded_sqrt(x)"),
    ("sqrt(x)", "x^0.5"),
    ("ln(x)", "log(x)"),
    ("log_abs(x)", "guarded_log_abs(x)"),
    ("guarded_log_abs(x)", "guarded_log_abs(x)"),
  ])
  func sayWhereAGuardStands(text: String, written: String) throws {
    #expect(try Self.function(text).exactText(for: .allPrimitives) == written)
    #expect(try Self.function(text).description == written)
  }

  /// In files names mean what a search placed, guards of constants included.
  @Test func areNotReadFromFiles() throws {
    func value(_ text: String) throws -> Double {
      try ActivationExpression(parsing: text, operations: .allPrimitives).value(at: 1)
    }
    #expect(try value("sqrt(0.00000001)") == 1e-3.squareRoot())
    #expect(try value("divide(x, 0.00001)") == 1 / 1e-3)
    #expect(try value("power(-2, 4)") == pow(1e-3, 4))
    #expect(try value("reciprocal(0.00001)") == 1 / 1e-3)
    #expect(try value("log_abs(0)") == log(1e-5) && value("guarded_log_abs(0)") == log(1e-5))
    #expect(throws: ActivationExpressionError.self) { try value("tan(x)") }
  }

  @Test(arguments: [
    ("sqrt(-4) * x", "column 1 of 'sqrt(-4) * x': sqrt(-4) is no finite real number"),
    ("x + 1 / 0", "column 7 of 'x + 1 / 0': 1 / 0 is no finite real number"),
    ("gelu(x) / 0", "column 9 of 'gelu(x) / 0': gelu(x) / 0 is no finite real number"),
    ("(-8)^0.5", "column 5 of '(-8)^0.5': (-8)^0.5 is no finite real number"),
    ("exp(1000) - x", "column 1 of 'exp(1000) - x': exp(1000) is no finite real number"),
    ("ln(0) * x", "column 1 of 'ln(0) * x': log(0) is no finite real number"),
    ("x + log(-2)", "column 5 of 'x + log(-2)': log(-2) is no finite real number"),
  ])
  func constantsThatAreNoNumbersAreRefused(text: String, line: String) {
    let error = #expect(throws: ActivationExpressionError.self) { try Self.function(text) }
    #expect(error?.description == "expression: \(line); give another constant")
  }

  @Test(arguments: [
    ("1e999", "column 1 of '1e999': the number 1e999 is too large for double precision; write one"),
    (
      "x + 2.5e-400",
      "column 5 of 'x + 2.5e-400': the number 2.5e-400 is too small for double precision; write 0, "
    ),
  ])
  func numbersOutOfRangeAreRefused(text: String, line: String) {
    let error = #expect(throws: ActivationExpressionError.self) { try Self.function(text) }
    #expect(error?.description.hasPrefix("expression: \(line)") == true, "\(error as Any)")
    #expect(throws: ActivationExpressionError.self) { try ActivationExpression(parsing: text) }
  }

  @Test func aPowerThatIsTooLargeToWriteOutIsRefused() {
    let text = (0..<20).reduce("x") { text, _ in "(\(text) + 1)^7" }
    let error = #expect(throws: ActivationExpressionError.self) { try Self.function(text) }
    #expect(error?.reason == .tooLarge(limit: 10_000))
  }

  /// A long formula is no deep one: sums and products of many are grouped, their signs kept.
  @Test func longSumsAndProductsAreRead() throws {
    let text = (1...500).map { $0 % 3 == 0 ? "- \($0) * x" : "+ \($0) * tanh(x)" }
      .joined(separator: " ")
    let expression = try Self.function("x " + text)
    let product = try Self.function(
      "x" + (1...300).map { $0 % 2 == 0 ? " / (1 + x^2)" : " * (2 + x^2)" }.joined())
    for x in [-1.5, 0.25, 2] {
      let expected = (1...500).reduce(x) { sum, k in
        k % 3 == 0 ? sum - Double(k) * x : sum + Double(k) * tanh(x)
      }
      #expect(agrees(expression.value(at: x), expected, relative: 1e-12))
      let factor = pow((2 + x * x) / (1 + x * x), 150)
      #expect(agrees(product.value(at: x), x * factor, relative: 1e-12))
    }
    let written = expression.exactText(for: .allPrimitives)
    #expect(
      try ActivationExpression(parsing: written, operations: .allPrimitives) == expression)
    let tooLong = (0..<3000).map { _ in "x" }.joined(separator: "+")
    #expect(throws: ActivationExpressionError.self) { try Self.function(tooLong) }
  }

  @Test(arguments: ["x²(x)", "2²(x)", "foo²(x)", "tanh²x"])
  func superscriptsBeforeOtherThanCallsAreRefused(text: String) {
    #expect(throws: ActivationExpressionError.self) { try Self.function(text) }
  }

  @Test(arguments: [
    ("tan", "column 1 of 'tan': 'tan' needs its arguments: tan(…)"),
    ("x + hypot(x)", "column 5 of 'x + hypot(x)': 'hypot' does not take these arguments; write h"),
    ("log(x, 2)", "column 1 of 'log(x, 2)': 'log' does not take these arguments; write log(a)"),
    ("logg10(x)", "column 1 of 'logg10(x)': there is no function 'logg10'; did you mean 'log10'?"),
    ("floor(x)", "column 1 of 'floor(x)': there is no function 'floor'; there are: "),
  ])
  func functionsThatAreNotSoAreNamed(text: String, line: String) {
    let error = #expect(throws: ActivationExpressionError.self) { try Self.function(text) }
    #expect(error?.description.hasPrefix("expression: \(line)") == true, "\(error as Any)")
  }

  @Test(arguments: [("tan", tan(0.7)), ("ln", log(0.7)), ("Log2", log2(0.7)), ("X", 0.7)])
  func areNamedAlone(name: String, value: Double) throws {
    let function = try PlacedFunction(
      parsing: name, operations: .allPrimitives, reading: .mathematics)
    #expect(agrees(function.cells[0].expression.value(at: 0.7), value, relative: 1e-14))
  }

  @Test(arguments: ["hypot", "Max", "pow", "clip"])
  func ofSeveralArgumentsAloneNeedThem(name: String) throws {
    let error = #expect(throws: ActivationExpressionError.self) {
      try PlacedFunction(parsing: name, operations: .allPrimitives, reading: .mathematics)
    }
    let letters = name.lowercased()
    #expect(
      error?.description
        == "expression: column 1 of '\(name)': '\(letters)' needs its arguments: \(letters)(…)")
  }

  @Test func partsAreNamedInAnyCase() throws {
    let function = try PlacedFunction(parsing: "Stage0: relu(x); STAGE1: X; Site: silu(x)")
    #expect(function.cells.map(\.name) == ["stage0", "stage1", "Site"])
  }

  @Test(arguments: ["GELU", "Leaky_ReLU", "LeakyReLU", "SELU", "Hard_Swish", "TanH"])
  func namesAreReadInAnyCase(name: String) throws {
    let letters = name.lowercased().filter { $0 != "_" }
    let function = try PlacedFunction(parsing: name, operations: .allPrimitives)
    #expect(function.formula.filter { $0 != "_" } == "\(letters)(x)")
  }

  @Test func constantsAreFunctions() throws {
    for (text, formula) in [
      ("1", "1"), ("zero", "0"), ("beta(-2)", "-2"), ("3 - 1", "2"),
      ("stage0: one; stage1: SiLU(x); stage2: 0.5", "stage0: 1; stage1: silu(x); stage2: 0.5"),
    ] {
      let function = try PlacedFunction(
        parsing: text, operations: .allPrimitives, reading: .mathematics)
      #expect(function.formula == formula)
      #expect(try PlacedFunction(parsing: function.text) == function)
    }
  }
}
