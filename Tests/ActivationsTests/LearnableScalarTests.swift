import Activations
import Tensors
import TestSupport
import Testing

/// `a · x · σ(b · x)`.
private enum TwoScalars: LearnableUnaryPrimitive {
  static let name = "two_scalars"
  static let formula = "a · x · σ(b · x)"
  static let latex = "a x \\sigma(b x)"
  static let scalars = [
    LearnableScalar("a", start: .beta),
    LearnableScalar("b", start: InitialScalar(mean: 1.5, standardDeviation: 0.1)),
  ]

  static func value<Number: Elementary>(_ x: Number, _ s: [Number]) -> Number {
    s[0] * x * (s[1] * x).value(of: Sigmoid.self)
  }
  static func derivative<Number: Elementary>(_ x: Number, _ s: [Number]) -> Number {
    let gate = (s[1] * x).valueAndDerivative(of: Sigmoid.self)
    return s[0] * (gate.value + s[1] * x * gate.derivative)
  }
  static func derivative<Number: Elementary>(
    byScalar index: Int, _ x: Number, _ s: [Number]
  ) -> Number {
    let gate = (s[1] * x).valueAndDerivative(of: Sigmoid.self)
    return index == 0 ? x * gate.value : s[0] * x * x * gate.derivative
  }
}

@Suite("Learnable scalars")
struct LearnableScalarTests {
  @Test func learnableOnesStartAsPublished() {
    let learnable = PrimitiveTable.unary.filter(\.isLearnable)
    #expect(learnable.map(\.name) == ["x_plus_beta", "beta_times_x", "beta", "swish", "prelu"])
    #expect(
      learnable.dropLast().allSatisfy {
        $0.scalars.map(\.start) == [InitialScalar(mean: 1, standardDeviation: 0.25)]
      })
    #expect(PReLU.scalars[0].start == InitialScalar(mean: 0.25, standardDeviation: 0))
    #expect(Mix.scalars[0].start == InitialScalar(mean: 0, standardDeviation: 0))
    var stream = TestStream(seed: 5)
    let draws = (0..<20_000).map { _ in InitialScalar.beta.draw(from: &stream) }
    let mean = draws.reduce(0, +) / 20_000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(agrees(mean, 1, relative: 0, absolute: 5 * 0.25 / 141))
    #expect(agrees(variance, 0.0625, relative: 0.05))
  }

  private static let operation = ElementaryOperation(TwoScalars.self)
  private static let known = OperationSet(
    unary: OperationSet.allPrimitives.unary + [operation],
    binary: OperationSet.allPrimitives.binary)

  /// Beside operations without a scalar and with one, which take the columns around.
  @Test(
    "gradients by both scalars of an operation, alike for all samples and for each",
    arguments: [false, true])
  func gradients(hasRows: Bool) {
    let operations = [
      ElementaryOperation(Swish.self), Self.operation, ElementaryOperation(HyperbolicTangent.self),
      ElementaryOperation(Shift.self),
    ]
    let scalars: Tensor<Double> = randomTensor(hasRows ? [3, 4] : [4], seed: 3)
    let points: [Tensor<Double>] = [
      randomTensor([1, 60], seed: 5, scale: 2), randomTensor([3, 4], seed: 7), scalars,
    ]
    #expect(
      gradientMismatch(at: points, direction: randomTensor([3, 60], seed: 9), relative: 1e-6) {
        mixture(of: operations, at: [$0[0]], weights: $0[1], scalars: $0[2])
      } == nil)
    let value = differentiated(points, direction: nil) {
      mixture(of: operations, at: [$0[0]], weights: $0[1], scalars: $0[2])
    }.value
    let row = { (sample: Int) in Array(scalars.scalars[(hasRows ? 4 * sample : 0)...].prefix(4)) }
    for sample in 0..<3 {
      for point in 0..<60 {
        let (x, s) = (points[0].scalars[point], row(sample))
        let terms = [
          operations[0].value(x, scalars: [s[0]]), operations[1].value(x, scalars: [s[1], s[2]]),
          operations[2].value(x), operations[3].value(x, scalars: [s[3]]),
        ]
        let sum = zip(terms, points[1].scalars[(4 * sample)...]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(agrees(value.scalars[sample * 60 + point], sum, relative: 1e-13, absolute: 1e-14))
      }
    }
  }

  @Test("several scalars are written and read: in formulas, exact texts and genotypes")
  func texts() throws {
    let function = ActivationExpression(
      Self.operation, scalars: [0.1 + 0.2, -2], .init(of: ElementaryOperation(GELU.self)))
    #expect("\(function)" == "two_scalars(gelu(x), 0.3, -2)")
    let text = function.exactText(for: Self.known)
    #expect(text == "two_scalars(gelu(x), 0.30000000000000004, -2)")
    #expect(try ActivationExpression(parsing: text, operations: Self.known) == function)
    let short = try ActivationExpression(parsing: "two_scalars(x)", operations: Self.known)
    #expect(short == ActivationExpression(Self.operation, scalars: [1, 1.5], .input))
    let error = #expect(throws: ActivationExpressionError.self) {
      try ActivationExpression(parsing: "two_scalars(x, 1)", operations: Self.known)
    }
    #expect(
      error?.description.contains("two_scalars(a, β1, β2)") == true, "\(String(describing: error))")
    let genotype = try Genotype(
      parsing: "u0=two_scalars(0.5,-0.25) u1=relu", operations: Self.known)
    #expect(genotype["u0"]?.scalars == [0.5, -0.25])
    #expect(genotype.description == "u0=two_scalars(0.5,-0.25) u1=relu")
    #expect(
      throws: GenotypeError.wrongScalarCount(slot: "u0", operation: "two_scalars", expected: 2)
    ) {
      try Genotype(parsing: "u0=two_scalars(0.5)", operations: Self.known)
    }
    #expect(Self.operation.scalarLabels == ["two_scalars.1", "two_scalars.2"])
  }

  @Test("all open scalars of an operation are listed, filled and differentiated")
  func open() {
    let open = ActivationExpression(of: Self.operation)
    #expect(open.openScalars == TwoScalars.scalars.map(\.start))
    #expect(open.value(at: 2) == Self.operation.value(2, scalars: [1, 1.5]))
    let started = ActivationExpression.node(
      .init(Self.operation, scalars: [.open(start: 0.5), .fixed(3)], [.input]))
    #expect(started.openScalars == [InitialScalar(mean: 0.5, standardDeviation: 0)])
    #expect(started.value(at: 2) == Self.operation.value(2, scalars: [0.5, 3]))
  }
}
