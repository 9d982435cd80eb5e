import Activations
import Foundation
import TestSupport
import Testing

@Suite("Unary primitives")
struct UnaryPrimitiveTests {
  static let scalars = [1.3, -0.6, 0]

  static let bentAtZero = [
    ELU.name, Softsign.name, ScaledBesselI1.name, SquaredReLU.name, StarReLU.name,
  ]
  static let steepAtZero = [
    AbsoluteLogarithm.name, Reciprocal.name, NaturalLogarithm.name, CubeRoot.name,
  ]

  /// How far a point is from the end of an operation's domain, where it is steep.
  static func distance(_ operation: ElementaryOperation, _ x: Double) -> Double {
    switch operation.name {
    case LogarithmOfOnePlus.name: 1 + x
    case InverseSine.name, InverseCosine.name, InverseHyperbolicTangent.name: 1 - abs(x)
    case InverseHyperbolicCosine.name: x - 1
    default: .infinity
    }
  }

  /// Arguments from −60 to 60, dense near 0, and none within the difference's reach of a kink.
  static func points(of operation: ElementaryOperation) -> [Double] {
    var points: [Double] = []
    for i in -300...300 {
      let t = Double(i) / 300
      points.append(60 * t * t * t + 0.0113)
    }
    return points.filter { x in
      has(operation, x) && operation.kinks.allSatisfy { abs(x - $0.location) > 0x1p-8 }
    }
  }

  /// Whether an operation has a real value: what people write has no guard.
  static func has(_ operation: ElementaryOperation, _ x: Double) -> Bool {
    switch operation.name {
    case NaturalLogarithm.name: x >= 0
    case LogarithmOfOnePlus.name: x >= -1
    case InverseSine.name, InverseCosine.name, InverseHyperbolicTangent.name: abs(x) <= 1
    case InverseHyperbolicCosine.name: x >= 1
    default: true
    }
  }

  private func one(
    _ operation: ElementaryOperation, _ x: Double, _ scalar: Double
  ) -> (value: Double, derivative: Double) {
    let result = operation.valueAndDerivatives(
      of: [x], scalars: operation.scalars.map { _ in scalar })
    return (result.value, result.derivatives[0])
  }

  private func byScalar(_ operation: ElementaryOperation, _ x: Double, _ scalar: Double) -> Double {
    operation.isLearnable ? operation.derivative(byScalar: 0, x, scalars: [scalar]) : 0
  }

  @Test(arguments: PrimitiveTable.unary)
  func derivativeAgreesWithCentralDifferences(operation: ElementaryOperation) {
    for x in Self.points(of: operation) {
      // √x bends too much near its guard for a step of 2⁻¹⁰.
      if operation.name == SquareRoot.name, x > 0, x < 0.05 { continue }
      // Their second derivative jumps at 0, where the difference then errs by 1e−5.
      if Self.bentAtZero.contains(operation.name), abs(x) <= 0x1p-9 { continue }
      // 1/x and ln|x| bend without limit towards 0: 2⁻⁸ of the distance leaves 1e−9.
      var step = Self.steepAtZero.contains(operation.name) ? min(0x1p-10, abs(x) * 0x1p-8) : 0x1p-10
      // Others so towards the ends of their domains.
      step = min(step, Self.distance(operation, x) * 0x1p-8)
      for scalar in Self.scalars {
        let result = one(operation, x, scalar)
        let difference = centralDifference(
          { operation.value(at: [$0], scalar: scalar) }, at: x, step: step)
        // The difference's own rounding is about 1e−12 of the value, or of the largest summand x.
        let rounding = 4e-12 * max(1, abs(result.value), abs(x)) * (0x1p-10 / step)
        #expect(
          agrees(result.derivative, difference, relative: 1e-6, absolute: rounding),
          "\(operation) at \(x), scalar \(scalar): \(result.derivative) against \(difference)")
        let bySlope = centralDifference({ operation.value(at: [x], scalar: $0) }, at: scalar)
        #expect(
          agrees(
            byScalar(operation, x, scalar), bySlope, relative: 1e-6,
            absolute: rounding), "\(operation) at \(x), by scalar \(scalar)")
      }
    }
  }

  /// With β = 1 it is SiLU, with β = 0 half of x.
  @Test func swishHasItsSpecialCases() {
    for x in [-30.0, -1.5, 0, 0.25, 4] {
      #expect(Swish.value(x, scalars: [1]) == SiLU.value(x))
      #expect(Swish.value(x, scalars: [0]) == 0.5 * x)
    }
  }

  /// With a = 0.01 it is LeakyReLU, with a = 0 ReLU, with a = 1 the identity.
  @Test func parametricRectifierHasItsSpecialCases() {
    for x in [-30.0, -1.5, 0, 0.25, 4] {
      #expect(PReLU.value(x, scalars: [0.01]) == LeakyReLU.value(x))
      #expect(PReLU.value(x, scalars: [0]) == ReLU.value(x))
      #expect(PReLU.value(x, scalars: [1]) == x)
    }
  }

  @Test func squareRootNearItsGuard() {
    for x in [0.0011, 0.002, 0.01, 0.04] {
      let h = x * 1e-4
      let difference = (SquareRoot.value(x + h) - SquareRoot.value(x - h)) / (2 * h)
      #expect(agrees(SquareRoot.derivative(x), difference, relative: 1e-6))
    }
  }

  /// Relative error 1e−14 in the derivative and, but for GELU's far left tail, in the value: there
  /// the argument of erfc is rounded, and erfc(t) multiplies relative errors by 2t², 1,300 at most;
  /// and GoLU's, where the argument e⁻ˣ of an exponential is, which multiplies them by e⁻ˣ, 745 at
  /// most.
  @Test func valuesAndDerivativesAgreeWithTheReference() throws {
    let table = try ReferenceTable("unary.csv", named: true)
    for operation in PrimitiveTable.unary {
      let rows = table.rows.filter { $0.name == operation.name }
      #expect(rows.count >= 25)
      for row in rows {
        let (x, scalar) = (row.numbers[0], row.numbers[1])
        let result = one(operation, x, scalar)
        let isGELU = [GELU.name, GELUSinc.name].contains(operation.name)
        let rounding = operation.name == GoLU.name ? 4e-16 * min(exp(-x), 745) : 0
        let tolerance = 1e-14 + rounding + (isGELU ? 2e-16 * x * x : 0)
        #expect(
          agrees(result.value, row.numbers[2], relative: tolerance), "\(operation) at \(x)")
        #expect(
          agrees(result.derivative, row.numbers[3], relative: 2e-14 + rounding),
          "\(operation)′ at \(x)")
        #expect(
          agrees(
            byScalar(operation, x, scalar), row.numbers[4], relative: 2e-14),
          "\(operation) at \(x), by scalar")
      }
    }
  }

  @Test(arguments: PrimitiveTable.unary)
  func kinksTakeWhatTheyState(operation: ElementaryOperation) {
    let scalar = operation.meanScalars.first ?? 0
    for kink in operation.kinks {
      let result = one(operation, kink.location, scalar)
      #expect(result.value == kink.value)
      #expect(result.derivative == kink.derivative)
      let below = one(operation, kink.location.nextDown, scalar)
      let above = one(operation, kink.location.nextUp, scalar)
      #expect(kink.slopeBelow != kink.slopeAbove || abs(below.value - above.value) > 1)
      #expect(agrees(below.derivative, kink.slopeBelow, relative: 1e-12))
      #expect(agrees(above.derivative, kink.slopeAbove, relative: 1e-12))
    }
  }

  @Test func kinksAreWhereTheyAreKnown() {
    let kinked = PrimitiveTable.unary.filter { !$0.kinks.isEmpty }.map(\.name)
    #expect(
      kinked == [
        "abs", "sqrt", "relu", "min_x_0", "leaky_relu", "log_abs", "reciprocal", "bessel_i0e",
        "selu", "hard_sigmoid", "hardswish", "prelu", "sign",
      ])
    #expect(Reciprocal.value(5e-4) == 1000 && Reciprocal.value(-5e-4) == -1000)
    #expect(Reciprocal.value(0) == 1000 && Reciprocal.derivative(5e-4) == 0)
    #expect(ScaledBesselI1.value(0) == 0 && ScaledBesselI1.derivative(0) == 0.5)
    #expect(Sinc.value(0) == 1 && Sinc.derivative(0) == 0 && Sinc.value(-3) == 0)
    #expect(SquareRoot.kinks.map(\.location) == [1e-3])
    #expect(SquareRoot.value(-5) == 1e-3.squareRoot())
    #expect(SquareRoot.derivative(-5) == 0)
    #expect(ReLU.derivative(0) + NegativePart.derivative(0) == Identity.derivative(0))
    #expect(ELU.derivative(0) == 1)
  }

  @Test(arguments: PrimitiveTable.unary)
  func extremeArgumentsGiveNoNaN(operation: ElementaryOperation) {
    let magnitudes = [
      0, Double.leastNonzeroMagnitude, 1e-300, 1e-20, 38.6, 709.5, 710.4, 745.2, 1e4, 1e103, 1e154,
      1e200, 1e300,
      Double.greatestFiniteMagnitude,
    ]
    for x in magnitudes + magnitudes.map(-) where Self.has(operation, x) {
      for scalar in Self.scalars {
        let result = one(operation, x, scalar)
        #expect(!result.value.isNaN, "\(operation) at \(x)")
        #expect(result.derivative.isFinite, "\(operation)′ at \(x)")
        #expect(byScalar(operation, x, scalar).isFinite)
      }
    }
  }

  @Test func onlyGrowingFunctionsOverflow() {
    let infinite = PrimitiveTable.unary.filter { Self.has($0, 1e200) && !$0.value(1e200).isFinite }
      .map(\.name)
    #expect(
      infinite == [
        "square", "cube", "exp", "sinh", "cosh", "expm1", "squared_relu", "star_relu",
      ])
    #expect(HyperbolicCosine.value(710.4).isFinite)
    #expect(LogSigmoid.value(-1e300) == -1e300 && LogSigmoid.value(1e300) == 0)
    #expect(HyperbolicSine.value(710.4).isFinite)
    #expect(Softplus.value(1e300) == 1e300)
    #expect(SiLU.value(1e300) == 1e300)
    #expect(Mish.value(1e300) == 1e300 && Mish.value(-1e300) == 0)
    #expect(TanhExp.value(1e300) == 1e300 && TanhExp.value(-1e300) == 0)
    #expect(GoLU.value(1e300) == 1e300 && GoLU.value(-1e300) == 0)
    #expect(GELUSinc.value(1e300) == 1e300 && GELUSinc.value(-1e300) == 0)
    #expect(HardSwish.value(1e300) == 1e300 && HardSwish.value(-1e300) == 0)
    #expect(GELU.value(1e300) == 1e300)
    #expect(SiLU.value(-1e300) == 0)
    #expect(GELU.value(-1e300) == 0)
    #expect(ELU.value(-1e300) == -1)
    #expect(SiLU.derivative(1e300) == 1)
    #expect(GELU.derivative(1e300) == 1)
    #expect(GoLU.derivative(1e300) == 1 && GoLU.derivative(-1e300) == 0)
    #expect(GoLU.derivative(-7) == 0 && GoLU.derivative(-6.6) != 0)
  }

  /// At 0: x·e⁻¹, ½·x·3/2, ½·x + 0.1·x.
  @Test func gatedFunctionsAreRightAtZero() {
    for (primitive, slope) in [
      (GoLU.self as any UnaryPrimitive.Type, exp(-1)), (GELUSinc.self, 0.75), (GELUSine.self, 0.6),
      (SquaredReLU.self, 0),
    ] {
      #expect(primitive.value(0) == 0)
      #expect(agrees(primitive.derivative(0), slope, relative: 1e-15))
      for x in [1e-300, 1e-20, -1e-20, 1e-9] {
        #expect(agrees(primitive.value(x), slope * x, relative: 1e-8, absolute: 1e-17))
      }
    }
    #expect(StarReLU.value(0) == -0.4472 && StarReLU.derivative(0) == 0)
  }

  @Test(arguments: PrimitiveTable.unary)
  func notANumberIsSeen(operation: ElementaryOperation) {
    if [Constant.name, Zero.name, One.name].contains(operation.name) { return }
    #expect(operation.value(at: [.nan], scalar: 1).isNaN)
  }

  @Test(arguments: PrimitiveTable.unary)
  func loopsHaveTheBitsOfTheScalarFunctions(operation: ElementaryOperation) {
    let x =
      Self.points(of: operation)
      + (operation.kinks.map(\.location) + [1e4, -1e4, 800, -800])
      .filter { Self.has(operation, $0) }
    let scalar = 0.7
    var values = [Double](repeating: .nan, count: x.count)
    var again = values
    var derivatives = values
    var scalarSlopesOf = values
    do {
      var first = values.mutableSpan
      var second = again.mutableSpan
      var slopes = derivatives.mutableSpan
      var scalarSlopes = scalarSlopesOf.mutableSpan
      let scalars = operation.scalars.map { _ in scalar }
      operation.evaluate(x.span, x.span, scalars: scalars, values: &first)
      var none = [Double]()
      var unused = none.mutableSpan
      operation.differentiate(
        x.span, x.span, scalars: scalars, values: &second, byFirst: &slopes, bySecond: &unused)
      if operation.isLearnable {
        operation.differentiate(
          byScalar: 0, x.span, x.span, scalars: scalars, derivatives: &scalarSlopes)
      }
    }
    for (i, x) in x.enumerated() {
      let expected = one(operation, x, scalar)
      #expect(expected.value == operation.value(at: [x], scalar: scalar))
      #expect(values[i] == expected.value)
      #expect(again[i] == expected.value)
      #expect(derivatives[i] == expected.derivative)
      if operation.isLearnable { #expect(scalarSlopesOf[i] == byScalar(operation, x, scalar)) }
    }
  }

  @Test(arguments: PrimitiveTable.unary.compactMap { $0.primitive as? any UnaryPrimitive.Type })
  func derivativeAloneHasTheBitsOfTheFusedOne(primitive: any UnaryPrimitive.Type) {
    for x in Self.points(of: ElementaryOperation(primitive)) {
      #expect(primitive.derivative(x) == primitive.valueAndDerivative(x).derivative)
      #expect(primitive.value(x) == primitive.valueAndDerivative(x).value)
    }
  }
}
