import Activations
import Foundation
import TestSupport
import Testing

@Suite("Reading activation expressions")
struct ActivationExpressionParsingTests {
  static func sigma(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  static func gelu(_ x: Double) -> Double { x * 0.5 * (1 + erf(x / 2.0.squareRoot())) }

  static let formulas: [(text: String, value: @Sendable (Double) -> Double)] = [
    ("x", { $0 }),
    ("sigmoid(gelu(x)) * gelu(x)", { sigma(gelu($0)) * gelu($0) }),
    ("1 - 2 - x", { 1 - 2 - $0 }),
    ("1 - (2 - x)", { 1 - (2 - $0) }),
    ("2 + 3 * x^2", { 2 + 3 * $0 * $0 }),
    ("(2 + 3) * x", { 5 * $0 }),
    ("-x^2", { -($0 * $0) }),
    ("(-x)^2", { $0 * $0 }),
    ("-2^2 + x", { -4 + $0 }),
    ("2 * -x", { -2 * $0 }),
    ("x--1", { $0 + 1 }),
    ("+x - +2", { $0 - 2 }),
    ("- - x", { $0 }),
    ("x*x*x - x**3 + x³ - x²", { $0 * $0 * $0 - $0 * $0 }),
    ("x^5 - (x - 1)^4 + x^0 * x^1", { pow($0, 5) - pow($0 - 1, 4) + $0 }),
    ("|x - 1| * |x|", { abs($0 - 1) * abs($0) }),
    ("||x| - 1|", { abs(abs($0) - 1) }),
    ("max(x, 0.5) + min(x, 0)", { max($0, 0.5) + min($0, 0) }),
    ("mix(x, exp(x), 0.25)", { sigma(0.25) * $0 + (1 - sigma(0.25)) * exp($0) }),
    ("mix(x, x^2)", { ($0 + $0 * $0) / 2 }),
    ("left(x, exp(x)) - right(x, exp(x))", { $0 - exp($0) }),
    ("add(x, 0.25) * subtract(x, .5)", { ($0 + 0.25) * ($0 - 0.5) }),
    ("x_plus_beta(x, -3) + beta_times_x(x, 1e-3) + beta(2.)", { $0 - 3 + 1e-3 * $0 + 2 }),
    ("Swish(x) · 2E+0 − ReLU(x) × LeakyReLU(x)", { $0 * sigma($0) * 2 - max($0, 0) * max($0, 0) }),
    ("σ(arctan(x))", { sigma(atan($0)) }),
    ("sigmoid_gate(x, tanh(x))", { sigma($0) * tanh($0) }),
    ("\t x\n+ 12.5e-1 ", { $0 + 1.25 }),
  ]

  @Test(arguments: formulas.indices)
  func formulasHaveTheirValue(index: Int) throws {
    let (text, value) = Self.formulas[index]
    let expression = try ActivationExpression(parsing: text)
    for x in [-2.25, -0.4, 0, 0.3, 1.7] {
      // LeakyReLU × ReLU is 0 below 0, so the reference may write ReLU for it.
      #expect(
        agrees(expression.value(at: x), value(x), relative: 1e-14, absolute: 1e-14),
        "\(text) at \(x): \(expression.value(at: x)) against \(value(x))")
    }
  }

  @Test(arguments: [
    ("a + β", "x + 0.25", "x_plus_beta(x, 0.25)"),
    ("a + β", "x - 0.25", "x_plus_beta(x, -0.25)"),
    ("β · a", "-3 * x", "beta_times_x(x, -3)"),
    ("gate", "sigmoid(x) * x", "sigmoid_gate(x, x)"),
    ("negative part", "min(x, 0)", "min_x_0(x)"),
  ])
  func ofTwoMeaningsTheRicherIsRead(which: String, text: String, meaning: String) throws {
    let expression = try ActivationExpression(parsing: text)
    #expect(try ActivationExpression(parsing: meaning) == expression, "\(which)")
    #expect(expression.exactText() == text)
    #expect(expression.description == text)
  }

  @Test(arguments: [
    "add(x, 0.25)", "subtract(x, 0.25)", "multiply(2, x)", "multiply(sigmoid(x), x)",
    "min(x, beta(0))", "identity(x)", "left(x, tanh(x))", "-(2)", "x + (tanh(x) + x)",
    "x + tanh(x) + x", "-(x * x)", "-x * x", "(-2)^2", "-2^2", "-(-x)", "x - (-0.25)",
    "x + (-x)", "2 * (3 * x)", "1e+16 * x", "(x^2)^3", "x + (-x * x)", "exp(x)^2",
    "max(x, 0)", "mix(x, 1, -0.5)", "(x + 1)^4", "x * x^4", "x^6", "(x^2)^3 - x^12", "(x^5)^7",
    "0.1 + x", "x * 0.30000000000000004", "5e-324",
  ])
  func exactTextIsWrittenAsItIsRead(text: String) throws {
    #expect(try ActivationExpression(parsing: text).exactText() == text)
  }

  @Test(arguments: [UInt64(21), 22, 23])
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var stream = TestStream(seed: seed)
    for index in 0..<2000 {
      let expression = ActivationExpression.random(
        depth: 1 + index % 6, wild: true, from: &stream)
      let text = expression.exactText()
      #expect(try ActivationExpression(parsing: text) == expression, "seed \(seed): \(text)")
      // Six digits and no parentheses in sums of three: the same text, not the same tree.
      let description = expression.description
      // The sign of a zero is not printed.
      guard !description.contains(/-\s?0(?![.\d])/) else { continue }
      let read = try ActivationExpression(parsing: description)
      #expect(read.description == description, "seed \(seed): \(text)")
    }
  }

  @Test(arguments: [UInt64(25), 26])
  func everyPrimitiveIsWrittenAndReadBack(seed: UInt64) throws {
    let operations = OperationSet(unary: PrimitiveTable.unary, binary: PrimitiveTable.binary)
    var stream = TestStream(seed: seed)
    for index in 0..<500 {
      let expression = ActivationExpression.random(
        depth: 1 + index % 4, of: operations, from: &stream)
      let text = expression.exactText(for: operations)
      #expect(
        try ActivationExpression(parsing: text, operations: operations) == expression,
        "seed \(seed): \(text)")
    }
  }

  @Test func whatIsReadFromADescriptionHasTheSameValue() throws {
    var stream = TestStream(seed: 31)
    for _ in 0..<2000 {
      var expression = ActivationExpression.random(depth: 4, from: &stream)
      expression = expression.mapScalars { (16 * $0).rounded() / 16 }  // at most six digits
      let read = try ActivationExpression(parsing: expression.description)
      for x in [-2.7, -0.31, 0, 0.4, 1.9] {
        #expect(
          expression.isKept(by: read, at: x, from: &stream), "seed 31: \(expression.exactText())")
      }
    }
  }

  @Test(arguments: [
    ("", "column 1 of '': there is no formula; write one such as 'sigmoid(x) * x'"),
    (
      "sigmoid(gleu(x))",
      "column 9 of 'sigmoid(gleu(x))': there is no function 'gleu'; did you mean 'gelu'?"
    ),
    ("x + y", "column 5 of 'x + y': there is no variable 'y'; the input is called 'x'"),
    ("x +", "column 4 of 'x +': the text ends where x, a number, a function or '(' should"),
    ("x * / x", "column 5 of 'x * / x': '/' stands where x, a number, a function or '(' should"),
    ("(x", "column 3 of '(x': the text ends where an operator or ')' should"),
    ("x)", "column 2 of 'x)': ')' stands where an operator or the end should"),
    ("2x", "column 2 of '2x': 'x' stands where an operator or the end should"),
    ("|x", "column 3 of '|x': the text ends where an operator or '|' should"),
    ("max(x; 1)", "column 6 of 'max(x; 1)': ';' stands where an operator, ',' or ')' should"),
    ("relu + x", "column 1 of 'relu + x': 'relu' needs its arguments: relu(…)"),
    ("relu(x, x)", "column 1 of 'relu(x, x)': 'relu' does not take these arguments; write relu(a)"),
    (
      "mix(x, x, x)",
      "column 1 of 'mix(x, x, x)': 'mix' does not take these arguments; "
        + "write mix(a, b, β) or mix(a, b)"
    ),
    ("x / 2", "column 3 of 'x / 2': no operation is written a / b"),
    ("x ^ 0.5", "column 3 of 'x ^ 0.5': no operation is written a ^ b; there are: a^2, a^3"),
    ("ä + 日 ? x", "column 7 of 'ä + 日 ? x': '?' stands where an operator or the end should"),
  ])
  func faultyTextIsExplained(text: String, line: String) {
    let error = #expect(throws: ActivationExpressionError.self) {
      try ActivationExpression(parsing: text)
    }
    #expect(error?.description == "expression: " + line)
  }

  @Test func aLongTextIsQuotedAroundTheFault() {
    let text = String(repeating: "x + ", count: 30) + "?" + String(repeating: " + x", count: 30)
    let error = #expect(throws: ActivationExpressionError.self) {
      try ActivationExpression(parsing: text)
    }
    #expect(error?.column == 121)
    #expect(
      error?.description == "expression: column 121 of '…+ x + x + x + x + x + x + x + ? + x + x "
        + "+ x + x + x + x + x …': '?' stands where x, a number, a function or '(' should")
  }

  @Test(arguments: ["(", "-", "|", "relu(", "x + ", "x ^ ", "-(", "mix(x, "])
  func endlessNestingIsAnError(part: String) {
    let text = String(repeating: part, count: 100_000) + "x"
    #expect(throws: ActivationExpressionError.self) { try ActivationExpression(parsing: text) }
  }

  @Test func parenthesesMayNestAsDeepAsTheLimit() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "x" + String(repeating: ")", count: count)
    }
    #expect(try ActivationExpression(parsing: nested(99)) == .input)
    let error = #expect(throws: ActivationExpressionError.self) {
      try ActivationExpression(parsing: nested(100))
    }
    #expect(error?.reason == .tooDeep(limit: 100))
  }

  @Test(arguments: [
    ("tanh(", "x", ")", 99), ("-(", "x", ")", 49), ("x + ", "x", "", 99),
    ("mix(x, exp(", "x", "), 1)", 49),
    ("max(0, sigmoid(", "x", ") * x)", 30),
  ])
  func theDeepestFormulaFitsOnASmallStack(
    before: String, middle: String, after: String, count: Int
  ) async {
    let text =
      String(repeating: before, count: count) + middle + String(repeating: after, count: count)
    let isKept = await withCheckedContinuation { continuation in
      let thread = Thread {
        let expression = try? ActivationExpression(parsing: text)
        let again = expression.flatMap { try? ActivationExpression(parsing: $0.exactText()) }
        let canonical = expression?.canonical
        let value = canonical?.value(at: 0.25) ?? .nan
        continuation.resume(
          returning: expression != nil && again == expression && !value.isNaN
            && canonical?.canonical == canonical && expression?.latex.isEmpty == false)
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    #expect(isKept)
  }

  @Test(arguments: [UInt64(41), 42])
  func anyTextIsReadOrExplained(seed: UInt64) throws {
    var stream = TestStream(seed: seed)
    let words = [
      "x", "(", ")", "-", "+", "*", "^", "/", ",", "|", "2", "0.5", ".", "1e", "e5", "mix", "relu(",
      "sigmoid(", "min(", "²", "·", " ", "_0", "_s", "\n", "é", "🙂", "\u{301}", "'", "beta(",
    ]
    var (read, refused) = (0, 0)
    func attempt(_ text: String) {
      do {
        let expression = try ActivationExpression(parsing: text)
        read += 1
        #expect(
          (try? ActivationExpression(parsing: expression.exactText())) == expression,
          "seed \(seed): \(text)")
      } catch {
        refused += 1
        #expect((1...text.count + 1).contains(error.column), "seed \(seed): \(text)")
        #expect(!error.description.contains { $0.isNewline }, "seed \(seed): \(text)")
      }
    }
    for _ in 0..<4000 {
      let count = 1 + Int(stream.bits() % 12)
      attempt((0..<count).map { _ in stream.element(of: words) }.joined())
      let text = ActivationExpression.random(depth: 4, from: &stream).exactText()
      attempt(String(text.prefix(Int(stream.bits() % UInt64(text.count + 1)))))
      var mutated = Array(text)
      mutated[Int(stream.bits() % UInt64(mutated.count))] = Character(
        Unicode.Scalar(UInt8(32 + stream.bits() % 95)))
      attempt(String(mutated))
    }
    #expect(read > 500 && refused > 500, "seed \(seed): \(read) read, \(refused) refused")
  }
}

/// `a / (b + 1)`, to stand for operations that are added later.
private enum GuardedQuotient: BinaryPrimitive {
  static let name = "divide"
  static let formula = "x₁ / (x₂ + 1)"
  static let latex = "x_1 / (x_2 + 1)"
  static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number { a / (b + 1) }
  static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    (1 / (b + 1), -a / ((b + 1) * (b + 1)))
  }
  static func notation(of first: Notation, _ second: Notation) -> Notation {
    .symbol("(\(first.text)) / ((\(second.text)) + 1)", latex: latex)
  }
}

/// `cos(a)`, which is written by its name.
private enum Cosine: UnaryPrimitive {
  static let name = "cos"
  static let formula = "cos x"
  static let latex = "\\cos x"
  static func value<Number: Elementary>(_ x: Number) -> Number { x.cosine }
  static func derivative<Number: Elementary>(_ x: Number) -> Number { -x.sine }
}

extension ActivationExpressionParsingTests {
  static let larger = OperationSet(
    unary: OperationSet.grafs.unary.filter { $0.name != Cosine.name } + [.init(Cosine.self)],
    binary: OperationSet.grafs.binary.filter { $0.name != GuardedQuotient.name }
      + [.init(GuardedQuotient.self)])

  @Test(arguments: ["x / (cos(x) + 1)", "x / cos(x)", "divide(x, Cos(x))"])
  func operationsOfOtherSetsAreRead(text: String) throws {
    let expression = try ActivationExpression(parsing: text, operations: Self.larger)
    #expect(
      expression
        == .init(
          .init(GuardedQuotient.self), .input,
          .init(.init(Cosine.self), .input)))
    #expect(
      try ActivationExpression(
        parsing: expression.exactText(for: Self.larger), operations: Self.larger) == expression
    )
  }

  @Test func aSmallerSetReadsTheSameTextByWhatItHas() throws {
    let small = OperationSet(
      unary: [.init(Sigmoid.self), .init(Constant.self)], binary: [.init(Multiplication.self)])
    let expression = try ActivationExpression(parsing: "2 * sigmoid(x)", operations: small)
    #expect(expression.exactText() == "multiply(2, sigmoid(x))")
    #expect(expression.exactText(for: small) == "2 * sigmoid(x)")
    #expect(throws: ActivationExpressionError.self) {
      try ActivationExpression(parsing: "x + 2", operations: small)
    }
  }
}
