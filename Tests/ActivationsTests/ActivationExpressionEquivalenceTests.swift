import Activations
import TestSupport
import Testing

@Suite("Equivalence of activation expressions")
struct ActivationExpressionEquivalenceTests {
  static let canonicalForms: [(text: String, canonical: String)] = [
    ("left(x, exp(x))", "x"), ("right(exp(x), identity(x))", "x"), ("-(-tanh(x))", "tanh(x)"),
    ("max(relu(x), relu(x))", "relu(x)"), ("min(x, x)", "x"),
    ("mix(gelu(x), gelu(x), 0.7)", "gelu(x)"),
    ("x - x", "0"), ("exp(x) + x", "x + exp(x)"), ("mix(exp(x), x, 0.25)", "mix(x, exp(x), -0.25)"),
    ("abs(abs(x))", "abs(x)"), ("relu(relu(x))", "relu(x)"), ("abs(-x)", "abs(x)"),
    ("min(min(x, 0), 0)", "min(x, 0)"), ("relu(min(x, 0))", "0"), ("x + 0", "x"), ("1 * x", "x"),
    ("0 * exp(x)", "0"), ("x * 2", "2 * x"), ("x + x", "2 * x"), ("x * x", "x^2"),
    ("x * x^2", "x^3"), ("sigmoid(x) * x", "silu(x)"), ("x * sigmoid(x)", "silu(x)"),
    ("tanh(-x)", "-tanh(x)"), ("(-x) * (-exp(x))", "x * exp(x)"), ("max(x, -x)", "abs(x)"),
    ("min(-x, x)", "-abs(x)"), ("max(-x, -exp(x))", "-min(x, exp(x))"), ("max(x, 0)", "relu(x)"),
    ("relu(-x)", "-min(x, 0)"), ("relu(x) + min(x, 0)", "x"), ("relu(x) - min(x, 0)", "abs(x)"),
    ("min(x, 0) - relu(x)", "-abs(x)"), ("1 - x", "-(x - 1)"), ("(x - exp(x))^2", "(x - exp(x))^2"),
    ("(exp(x) - x)^2", "(x - exp(x))^2"), ("sqrt(4) * tanh(0.5 + 0.5 * -1) + x", "x"),
    ("leaky_relu(exp(x))", "exp(x)"), ("abs(x)^2", "x^2"), ("-2 * -x", "2 * x"),
    ("x - (-exp(x))", "x + exp(x)"), ("max(relu(x), min(exp(x), 0))", "relu(x)"),
  ]

  @Test(arguments: canonicalForms.indices)
  func knownFormsAreCanonical(index: Int) throws {
    let (text, canonical) = Self.canonicalForms[index]
    let expression = try ActivationExpression(parsing: text)
    #expect(expression.canonical.exactText() == canonical, "\(text)")
    let other = try ActivationExpression(parsing: canonical)
    #expect(expression.isCanonicallyEquivalent(to: other), "\(text)")
    #expect(other.isCanonicallyEquivalent(to: expression), "\(text)")
    #expect(expression.isNumericallyEquivalent(to: other), "\(text)")
    #expect(other.isNumericallyEquivalent(to: expression), "\(text)")
  }

  /// Operations that people compare with are what they are made of, bit for bit.
  @Test(arguments: [
    ("squared_relu(x)", "relu(x)^2"), ("squared_relu(-x)", "relu(-x) * relu(-x)"),
    ("star_relu(tanh(x))", "0.8944 * relu(tanh(x))^2 - 0.4472"),
    ("golu(x)", "x * exp(-exp(-x))"), ("golu(2 * x)", "exp(-exp(-(2 * x))) * (2 * x)"),
    ("gelu_sine(x)", "gelu(x) + 0.1 * sin(x)"), ("gelu_sine(x)", "0.1 * sin(x) + gelu(x)"),
    ("gelu_sinc(x)", "gelu(x) * (1 + 0.5 * sinc(x))"),
  ])
  func baselinesAreWhatTheyAreMadeOf(name: String, formula: String) throws {
    let first = try ActivationExpression(
      parsing: name, operations: .allPrimitives, reading: .mathematics)
    let second = try ActivationExpression(
      parsing: formula, operations: .allPrimitives, reading: .mathematics)
    #expect(first != second && first.isCanonicallyEquivalent(to: second))
    for x in [-90, -7.2, -3.3, -1, -0.1, 0, 1e-9, 0.4, 2.5, 77] as [Double] {
      #expect(first.value(at: x) == second.value(at: x), "at \(x)")
      #expect(first.canonical.value(at: x) == first.value(at: x), "at \(x)")
    }
  }

  @Test(arguments: [
    ("relu(x)", "leaky_relu(x)"), ("x", "identity(x) + 1e-6"), ("x - exp(x)", "exp(x) - x"),
    ("gelu(x)", "silu(x)"), ("max(x, 0)", "min(x, 0)"),
    ("mix(x, exp(x), 0.25)", "mix(exp(x), x, 0.25)"),
    ("sigmoid_gate(x, exp(x))", "sigmoid_gate(exp(x), x)"), ("1e-10", "2e-10"), ("x^2", "x^3"),
    ("relu(x)", "softplus(x)"), ("tanh(x)", "erf(x)"), ("sqrt(x)", "sqrt(abs(x))"),
    ("0", "1e-300 * x"),
    ("abs(x)", "x"), ("left(x, exp(x))", "left(exp(x), x)"), ("relu(x) - x", "relu(x)"),
  ])
  func differentFunctionsAreNotEquivalent(first: String, second: String) throws {
    let (a, b) = (
      try ActivationExpression(parsing: first), try ActivationExpression(parsing: second)
    )
    #expect(!a.isCanonicallyEquivalent(to: b) && !b.isCanonicallyEquivalent(to: a))
    #expect(!a.isNumericallyEquivalent(to: b) && !b.isNumericallyEquivalent(to: a))
  }

  @Test func theTwoNotionsDifferWhereSumsAreRegrouped() throws {
    let a = try ActivationExpression(parsing: "x + tanh(x) + exp(x)")
    let b = try ActivationExpression(parsing: "x + (tanh(x) + exp(x))")
    #expect(!a.isCanonicallyEquivalent(to: b))
    #expect(a.isNumericallyEquivalent(to: b) && b.isNumericallyEquivalent(to: a))
  }

  @Test(arguments: [UInt64(51), 52, 53])
  func canonicalFormsKeepFiniteValues(seed: UInt64) {
    var stream = TestStream(seed: seed)
    var finite = 0
    for index in 0..<2000 {
      let expression = ActivationExpression.random(depth: 1 + index % 6, from: &stream)
      let canonical = expression.canonical
      #expect(canonical.canonical == canonical, "seed \(seed): \(expression.exactText())")
      #expect(canonical.simplified == canonical, "seed \(seed): \(expression.exactText())")
      #expect(canonical.operationCount <= 2 * expression.operationCount + 1)
      for _ in 0..<12 {
        let x = stream.argument()
        if expression.value(at: x).isFinite { finite += 1 }
        #expect(
          expression.isKept(by: canonical, at: x, from: &stream),
          "seed \(seed): \(expression.exactText()) at \(x), canonical \(canonical.exactText())")
      }
    }
    #expect(finite > 12_000, "seed \(seed): only \(finite) of 24000 values were finite")
  }

  @Test(arguments: [UInt64(61), 62])
  func withoutMixturesAndGatesEveryBitIsKept(seed: UInt64) {
    var stream = TestStream(seed: seed)
    var compared = 0
    while compared < 6000 {
      let expression = ActivationExpression.random(depth: 5, from: &stream)
      let text = expression.exactText()
      guard !text.contains("mix("), !text.contains("sigmoid") else { continue }
      let canonical = expression.canonical
      for _ in 0..<4 {
        let x = stream.argument()
        compared += 1
        let value = expression.value(at: x)
        guard value.isFinite else { continue }
        #expect(canonical.value(at: x) == value, "seed \(seed): \(text) at \(x)")
      }
    }
  }

  @Test func symmetriesHoldBitForBit() {
    var stream = TestStream(seed: 65)
    for _ in 0..<3000 {
      let (a, b) = (stream.argument(), stream.argument())
      for operation in PrimitiveTable.unary {
        let (value, mirrored) = (
          operation.value(at: [a], scalar: 0.7), operation.value(at: [-a], scalar: 0.7)
        )
        let above = operation.value(at: [abs(a)], scalar: 0.7)
        let (name, traits) = (operation.name, operation.traits)
        // Beyond the domain of one there is no value.
        if value.isNaN || mirrored.isNaN || above.isNaN { continue }
        if traits.contains(.even) { #expect(value == mirrored, "\(name)(±\(a))") }
        if traits.contains(.odd) { #expect(value == -mirrored, "\(name)(±\(a))") }
        if traits.contains(.notNegative) { #expect(value >= 0, "\(name)(\(a))") }
        if traits.contains(.keepsNotNegative) {
          #expect(above >= 0, "\(name)(\(abs(a)))")
        }
        if traits.contains(.identityAboveZero) { #expect(above == abs(a)) }
      }
      for operation in PrimitiveTable.binary
      where operation.traits.contains(.commutative) {
        let (one, other) = (
          operation.value(at: [a, b], scalar: 0.7), operation.value(at: [b, a], scalar: 0.7)
        )
        #expect(one == other || one.isNaN && other.isNaN, "\(operation.name)(\(a), \(b))")
      }
      for operation in PrimitiveTable.binary
      where operation.traits.contains(.idempotent) {
        // Both parts of a mixture are rounded.
        let value = operation.value(at: [a, a], scalar: 0.7)
        #expect(abs(value - a) <= 3e-16 * abs(a), "\(operation.name)(\(a), \(a))")
      }
    }
  }

  @Test(arguments: [UInt64(71), 72])
  func disguisesAreSeenThrough(seed: UInt64) {
    var stream = TestStream(seed: seed)
    for _ in 0..<1000 {
      let expression = ActivationExpression.random(depth: 4, from: &stream)
      let disguised = Self.disguise(expression, from: &stream)
      #expect(
        expression.isCanonicallyEquivalent(to: disguised)
          && disguised.isCanonicallyEquivalent(to: expression),
        "seed \(seed): \(expression.exactText()) as \(disguised.exactText())")
    }
  }

  /// The same function written in another way.
  static func disguise(
    _ expression: ActivationExpression, from stream: inout TestStream
  ) -> ActivationExpression {
    func binary(
      _ primitive: any BinaryFunction.Type, _ a: ActivationExpression, _ b: ActivationExpression
    ) -> ActivationExpression {
      .init(.init(primitive), scalars: primitive.scalars.map { _ in 0.7 }, a, b)
    }
    func unary(
      _ primitive: any UnaryFunction.Type, _ a: ActivationExpression
    ) -> ActivationExpression {
      .init(.init(primitive), scalars: primitive.scalars.map(\.start.mean), a)
    }
    var result = expression
    if case .node(let node) = expression {
      let arguments = node.arguments.map { disguise($0, from: &stream) }
      let swapped = ActivationExpression.node(
        .init(node.operation, scalars: node.scalars, arguments.reversed()))
      switch node.operation.name {
      case "add", "multiply", "max", "min": result = swapped
      case "mix":
        result = .init(node.operation, scalars: [-node.numbers[0]], arguments[1], arguments[0])
      case "subtract": result = unary(Negation.self, swapped)
      case "sigmoid_gate":
        result = binary(Multiplication.self, arguments[1], unary(Sigmoid.self, arguments[0]))
      default: result = .node(.init(node.operation, scalars: node.scalars, arguments))
      }
    }
    let node = result
    switch stream.bits() % 7 {
    case 0: return unary(Negation.self, unary(Negation.self, node))
    case 1: return binary(Maximum.self, node, node)
    case 2: return binary(Mix.self, node, node)
    case 3: return binary(LeftArgument.self, node, unary(Exponential.self, node))
    case 4: return binary(RightArgument.self, .input, node)
    case 5: return unary(Identity.self, binary(Minimum.self, node, node))
    default: return node
    }
  }

  @Test(arguments: [UInt64(81), 82])
  func randomClaimsAreTrueAndSymmetric(seed: UInt64) {
    var stream = TestStream(seed: seed)
    var claims = 0
    for _ in 0..<6000 {
      let a = ActivationExpression.random(depth: 2, from: &stream)
      let b = ActivationExpression.random(depth: 2, from: &stream)
      let (canonically, numerically) = (
        a.isCanonicallyEquivalent(to: b), a.isNumericallyEquivalent(to: b)
      )
      #expect(canonically == b.isCanonicallyEquivalent(to: a))
      #expect(numerically == b.isNumericallyEquivalent(to: a))
      guard canonically || numerically else { continue }
      claims += 1
      for _ in 0..<20 {
        let x = 9 * (2 * stream.uniform() - 1)
        guard b.value(at: x).isFinite else { continue }
        #expect(
          a.isKept(by: b, at: x, from: &stream) || b.isKept(by: a, at: x, from: &stream),
          "seed \(seed): \(a.exactText()) and \(b.exactText()) at \(x)")
      }
    }
    #expect(claims > 30, "seed \(seed): only \(claims) claims")
  }

  @Test(arguments: [UInt64(91), 92])
  func canonicallyEquivalentFunctionsAreNumericallyEquivalent(seed: UInt64) {
    var stream = TestStream(seed: seed)
    var compared = 0
    for _ in 0..<1000 {
      let expression = ActivationExpression.random(depth: 4, from: &stream)
      // Where it is finite too seldom, numbers say nothing.
      let finite = ActivationExpression.equivalenceGrid.filter {
        expression.valueAndDerivative(at: $0).value.magnitude < 1e100
      }
      guard 4 * finite.count > 3 * ActivationExpression.equivalenceGrid.count else { continue }
      guard expression.isNumericallyEquivalent(to: expression) else { continue }
      compared += 1
      #expect(
        expression.isNumericallyEquivalent(to: expression.canonical),
        "seed \(seed): \(expression.exactText())")
    }
    #expect(compared > 700, "seed \(seed): only \(compared) compared")
  }

  @Test(arguments: [UInt64(101), 102])
  func derivativesOfAnyTreeAgreeWithCentralDifferences(seed: UInt64) {
    var stream = TestStream(seed: seed)
    var compared = 0
    for index in 0..<1500 {
      let expression = ActivationExpression.random(depth: 1 + index % 5, from: &stream)
      let x = 1.5 * stream.normal()
      let slope = expression.valueAndDerivative(at: x).derivative
      let nearby = (-4...4).map {
        expression.valueAndDerivative(at: x + Double($0) * 0x1p-11)
      }
      let slopes = nearby.map(\.derivative)
      let size = nearby.map { abs($0.value) }.max() ?? 0
      // Where the slope itself jumps or bends strongly, a difference says nothing.
      guard let low = slopes.min(), let high = slopes.max(), size < 1e4,
        high - low <= 0.02 * max(1e-3, abs(slope))
      else { continue }
      compared += 1
      let difference = centralDifference({ expression.value(at: $0) }, at: x)
      #expect(
        agrees(slope, difference, relative: 1e-5, absolute: 1e-8 * max(1, size)),
        "seed \(seed): \(expression.exactText()) at \(x): \(slope) against \(difference)")
    }
    #expect(compared > 900, "seed \(seed): only \(compared) of 1500 compared")
  }
}
