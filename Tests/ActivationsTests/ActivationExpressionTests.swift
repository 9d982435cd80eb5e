import Activations
import TestSupport
import Testing

@Suite("Activation expressions")
struct ActivationExpressionTests {
  static let printed: [(genotype: String, text: String, latex: String)] = [
    (
      "u0=gelu u1=relu b0=left u2=identity u3=gelu b1=sigmoid_gate", "sigmoid(gelu(x)) * gelu(x)",
      "\\sigma\\left(\\operatorname{GELU}\\left(x\\right)\\right) "
        + "\\cdot \\operatorname{GELU}\\left(x\\right)"
    ),
    (
      "u0=identity u1=identity b0=right u2=square u3=negation b1=add", "x^2 + (-x)",
      "x^2 + \\left(-x\\right)"
    ),
    (
      "u0=x_plus_beta(-0.5) u1=exp b0=subtract u2=cube u3=sqrt b1=multiply",
      "(x - 0.5 - exp(x))^3 * guarded_sqrt(x)",
      "\\left(x - 0.5 - e^{x}\\right)^3 \\cdot \\sqrt{\\max\\left(x, 10^{-3}\\right)}"
    ),
    (
      "u0=beta_times_x(1.23456789) u1=beta(-2) b0=add u2=negation u3=beta_times_x(-3) b1=subtract",
      "-(1.23457 * x - 2) - (-3 * x)",
      "-\\left(1.23457 \\cdot x - 2\\right) - \\left(-3 \\cdot x\\right)"
    ),
    (
      "u0=negation u1=min_x_0 b0=left u2=negation u3=abs b1=max", "max(x, abs(x))",
      "\\max\\left(x, \\left|x\\right|\\right)"
    ),
    (
      "u0=negation u1=min_x_0 b0=right u2=square u3=x_plus_beta(2) b1=multiply",
      "min(x, 0)^2 * (x + 2)",
      "\\min\\left(x, 0\\right)^2 \\cdot \\left(x + 2\\right)"
    ),
    (
      "u0=exp u1=erf b0=left u2=square u3=beta(0.00000001) b1=mix(0.25)",
      "mix(exp(x)^2, 1e-08, 0.25)",
      "\\operatorname{mix}\\left(\\left(e^{x}\\right)^2, 1 \\cdot 10^{-8}, 0.25\\right)"
    ),
    (
      "u0=negation u1=leaky_relu b0=multiply u2=square u3=silu b1=min",
      "min((-x * leaky_relu(x))^2, silu(x))",
      "\\min\\left(\\left(-x \\cdot \\operatorname{LeakyReLU}\\left(x\\right)\\right)^2, "
        + "\\operatorname{SiLU}\\left(x\\right)\\right)"
    ),
    (
      "u0=elu u1=asinh b0=multiply u2=negation u3=atan b1=add", "-elu(x) * asinh(x) + atan(x)",
      "-\\operatorname{ELU}\\left(x\\right) \\cdot \\operatorname{asinh}\\left(x\\right) "
        + "+ \\arctan\\left(x\\right)"
    ),
    (
      "u0=sinh u1=tanh b0=add u2=identity u3=softplus b1=subtract",
      "sinh(x) + tanh(x) - softplus(x)",
      "\\sinh\\left(x\\right) + \\tanh\\left(x\\right) - "
        + "\\operatorname{softplus}\\left(x\\right)"
    ),
    (
      "u0=sigmoid u1=identity b0=subtract u2=square u3=square b1=subtract",
      "(sigmoid(x) - x)^2 - x^2", "\\left(\\sigma\\left(x\\right) - x\\right)^2 - x^2"
    ),
    (
      "u0=sin u1=log_abs b0=beta_gaussian_kernel(0.5) u2=swish(2) u3=one b1=divide",
      "guarded_divide(swish(beta_gaussian_kernel(sin(x), guarded_log_abs(x), 0.5), 2), 1)",
      "\\operatorname{guarded\\_divide}\\left(\\operatorname{Swish}\\left("
        + "\\operatorname{beta\\_gaussian\\_kernel}\\left(\\sin\\left(x\\right), "
        + "\\operatorname{guarded\\_log\\_abs}\\left(x\\right), 0.5\\right), 2\\right), 1\\right)"
    ),
  ]

  @Test(arguments: printed)
  func expressionsArePrinted(genotype: String, text: String, latex: String) throws {
    let expression = try ActivationExpression(Genotype(parsing: genotype))
    #expect(expression.description == text)
    #expect(expression.latex == latex)
  }

  @Test func rightOperandsKeepTheirParentheses() {
    let x = Notation.input
    let y = Notation.call("f", latex: "f", [x])
    #expect(Notation.difference(x, .sum(x, y)).text == "x - (x + f(x))")
    #expect(Notation.difference(x, .difference(x, y)).text == "x - (x - f(x))")
    #expect(Notation.sum(x, .difference(x, y)).text == "x + x - f(x)")
    #expect(Notation.product(x, .product(x, y)).text == "x * x * f(x)")
    #expect(Notation.product(.sum(x, y), .negation(x)).text == "(x + f(x)) * (-x)")
    #expect(Notation.power(.power(x, 2), 3).text == "x^6")
    #expect(Notation.power(.power(x, 4), 3).latex == "x^{12}")
    #expect(Notation.power(x, .negation(y)).text == "x^(-f(x))")
    #expect(Notation.quotient(.sum(x, y), .product(x, y)).text == "(x + f(x)) / (x * f(x))")
    #expect(Notation.quotient(.negation(x), .quotient(x, y)).text == "-x / (x / f(x))")
    #expect(Notation.negation(.power(x, 2)).text == "-x^2")
    #expect(Notation.negation(.negation(x)).text == "-(-x)")
    #expect(Notation.power(.number(-2), 2).text == "(-2)^2")
    #expect(Notation.number(-0.0).text == "0")
  }

  static func random(from stream: inout TestStream) throws -> ActivationExpression {
    let genes = try CellGraph.twoCoreUnits.slots.map { slot in
      let operation = stream.element(of: OperationSet.grafs.operations(of: slot.arity))
      return try Genotype.Gene(
        slot: slot.name, operation: operation,
        scalars: operation.scalars.map { _ in 1 + 0.25 * stream.normal() })
    }
    return try ActivationExpression(Genotype(genes: genes))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func derivativesAgreeWithCentralDifferences(seed: UInt64) throws {
    var stream = TestStream(seed: seed)
    var compared = 0
    for _ in 0..<300 {
      let expression = try Self.random(from: &stream)
      for _ in 0..<8 {
        let x = 1.5 * stream.normal()
        let result = expression.valueAndDerivative(at: x)
        #expect(!result.value.isNaN, "seed \(seed): \(expression) at \(x)")
        let h = 1e-5
        let slopes = (-2...2).map {
          expression.valueAndDerivative(at: x + Double($0) * h).derivative
        }
        // Where the slope itself jumps or bends strongly, a difference says nothing.
        let bend = (slopes.max() ?? 0) - (slopes.min() ?? 0)
        guard bend <= 1e-3 * max(1, abs(result.derivative)), abs(result.value) < 1e4 else {
          continue
        }
        let (up, down) = (expression.value(at: x + h), expression.value(at: x - h))
        let difference = (up - down) / (2 * h)
        compared += 1
        #expect(
          agrees(
            result.derivative, difference, relative: 1e-6,
            absolute: 1e-6 * max(1, abs(result.value))),
          "seed \(seed): \(expression) at \(x): \(result.derivative) against \(difference)")
      }
    }
    #expect(compared > 1800, "seed \(seed): only \(compared) of 2400 compared")
  }

  @Test(arguments: [UInt64(11), 12])
  func simplificationKeepsTheFunction(seed: UInt64) throws {
    var stream = TestStream(seed: seed)
    for _ in 0..<500 {
      let expression = try Self.random(from: &stream)
      let simplified = expression.simplified
      #expect(simplified.operationCount <= expression.operationCount)
      #expect(simplified.simplified == simplified)
      for x in [-2.5, -0.3, 0, 0.8, 3.1] {
        let (full, short) = (
          expression.valueAndDerivative(at: x), simplified.valueAndDerivative(at: x)
        )
        // A mixture of equals rounds; all else is kept to the bit.
        #expect(
          agrees(full.value, short.value, relative: 1e-14), "seed \(seed): \(expression)")
        #expect(agrees(full.derivative, short.derivative, relative: 1e-14))
      }
    }
  }

  @Test(
    "Equal arguments are one",
    arguments: [
      ("max(gelu(x), gelu(x))", "gelu(x)"), ("min(-(-x), x)", "x"),
      ("mix(abs(x), left(abs(x), x), 0.25)", "abs(x)"), ("max(x, -x)", "max(x, -x)"),
      ("relu(max(x, x)) + relu(x)", "relu(x) + relu(x)"),
    ])
  func equalArguments(written: String, printed: String) throws {
    #expect(try ActivationExpression(parsing: written).description == printed)
  }

  @Test func boundingClipsEveryOutputAndItsDerivative() throws {
    let cube = ActivationExpression(.init(Cube.self), .input)
    #expect(cube.valueAndDerivative(at: 2, limits: Limits(outputs: .output(10))) == (8, 12))
    #expect(cube.valueAndDerivative(at: 3, limits: Limits(outputs: .output(10))) == (10, 0))
    #expect(cube.valueAndDerivative(at: -3, limits: Limits(outputs: .output(10))) == (-10, 0))
    let root = ActivationExpression(.init(SquareRoot.self), cube)
    #expect(root.value(at: 3, limits: Limits(outputs: .output(10))) == 10.0.squareRoot())
    #expect(cube.value(at: 3) == 27)
  }

  @Test func aSharedSlotIsRepeated() throws {
    let graph = try CellGraph(slots: [
      .init("u", .unary, of: "x"), .init("b", .binary, of: "u", "u"),
    ])
    let expression = try ActivationExpression(
      Genotype(parsing: "u=tanh b=multiply"), graph: graph)
    #expect(expression.description == "tanh(x) * tanh(x)")
    #expect(expression.operationCount == 3)
  }
}
