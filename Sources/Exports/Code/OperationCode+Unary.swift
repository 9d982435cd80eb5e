extension OperationCode {
  private typealias Body = @Sendable (Term) -> Term

  /// A function whose value and derivative stand in place.
  private static func inline(_ value: @escaping Body, slope: @escaping Body) -> OperationCode {
    OperationCode(
      value: .inline { value($0[0]) }, derivatives: [.inline { slope($0[0]) }])
  }

  /// A function that languages have, whose derivative is a function of its own.
  static func inline(
    _ value: @escaping @Sendable (Term) -> Term, _ name: String,
    slope: @escaping @Sendable (Term) -> Term
  ) -> OperationCode {
    OperationCode(
      value: .inline { value($0[0]) },
      derivatives: [.helper("\(name)_derivative") { slope($0[0]) }])
  }

  /// Two functions of their own.
  static func helpers(
    _ name: String, _ value: @escaping @Sendable (Term) -> Term,
    slope: @escaping @Sendable (Term) -> Term
  ) -> OperationCode {
    OperationCode(
      value: .helper(name) { value($0[0]) },
      derivatives: [.helper("\(name)_derivative") { slope($0[0]) }])
  }

  private static let twoOverRootPi = 1.1283791670955126

  static let unary: [String: OperationCode] = {
    var all: [String: OperationCode] = [:]
    all["identity"] = inline({ $0 }, slope: { $0.number(1) })
    all["negation"] = inline({ -$0 }, slope: { $0.number(-1) })
    all["abs"] = inline(\.magnitude, slope: \.sign)
    all["square"] = inline({ $0 * $0 }, slope: { (2 * $0).saturated })
    all["cube"] = inline({ $0 * $0 * $0 }, slope: { (3 * $0 * $0).saturated })
    all["sqrt"] = helpers(
      "guarded_sqrt", { ($0 <= 1e-3).select(1e-3, $0).squareRoot },
      slope: { ($0 <= 1e-3).select(0, 0.5 / ($0 <= 1e-3).select(1e-3, $0).squareRoot) })
    all["x_plus_beta"] = OperationCode(
      value: .inline { $0[0] + $0[1] }, derivatives: [.inline { $0[0].number(1) }])
    all["beta_times_x"] = OperationCode(
      value: .inline { $0[1] * $0[0] }, derivatives: [.inline { $0[1] }])
    all["beta"] = OperationCode(
      value: .inline { $0[1] }, derivatives: [.inline { $0[0].number(0) }])
    all["exp"] = inline(\.exponential, slope: { $0.exponential.saturated })
    all["sinh"] = inline(\.hyperbolicSine, slope: { $0.hyperbolicCosine.saturated })
    all["tanh"] = inline(
      \.hyperbolicTangent, "tanh",
      slope: {
        let e = (-2 * $0.magnitude).exponential.named("e")
        return 4 * e / ((1 + e) * (1 + e))  // 1 − tanh² would cancel
      })
    all["asinh"] = inline(
      \.inverseHyperbolicSine, "asinh",
      slope: { ($0.magnitude > 1e10).select(1 / $0.magnitude, 1 / (1 + $0 * $0).squareRoot) })
    all["atan"] = inline(\.inverseTangent, slope: { 1 / (1 + $0 * $0) })
    all["relu"] = helpers("relu", { ($0 <= 0).select(0, $0) }, slope: { ($0 <= 0).select(0, 1) })
    all["min_x_0"] = helpers(
      "negative_part", { ($0 >= 0).select(0, $0) }, slope: { ($0 > 0).select(0, 1) })
    all["sigmoid"] = helpers(
      "sigmoid",
      {
        let e = (-$0.magnitude).exponential.named("e")
        return ($0 < 0).select(e, 1) / (1 + e)
      },
      slope: {
        let e = (-$0.magnitude).exponential.named("e")
        return e / ((1 + e) * (1 + e))
      })
    all["softplus"] = helpers(
      "softplus",
      { ($0 <= 0).select(0, $0) + (-$0.magnitude).exponential.logarithmOfOnePlus },
      slope: { sigmoid($0) })
    all["erf"] = inline(\.errorFunction, slope: { twoOverRootPi * (-($0 * $0)).exponential })
    all["silu"] = helpers(
      "silu", { lowest($0, -1000) * sigmoid($0) },
      slope: { x in
        let held = held(x, 1000).named("held")  // where sigmoid(x) or sigmoid(-x) is 0
        return sigmoid(x) * (1 + held * sigmoid(-x))
      })
    all["gelu"] = helpers(
      "gelu",
      { x in
        let lowest = lowest(x, -40).named("lowest")  // where erfc is 0
        return lowest * (0.5 * (-0.7071067811865476 * lowest).complementaryErrorFunction)
      },
      slope: { x in
        let held = held(x, 40).named("held")
        let density = 0.3989422804014327 * (-0.5 * held * held).exponential
        return 0.5 * (-0.7071067811865476 * held).complementaryErrorFunction + held * density
      })
    all["elu"] = helpers(
      "elu", { ($0 > 0).select($0, ($0 > 0).select(0, $0).exponentialMinusOne) },
      slope: { ($0 > 0).select(1, ($0 > 0).select(0, $0).exponential) })
    all["leaky_relu"] = helpers(
      "leaky_relu", { ($0 > 0).select($0, 0.01 * $0) }, slope: { ($0 > 0).select(1, 0.01) })
    all["log_abs"] = inline(
      { ($0.magnitude + 1e-5).logarithm }, slope: { $0.sign / ($0.magnitude + 1e-5) })
    all["log"] = inline(
      \.logarithm, "log",
      slope: { ($0 < 0).select($0.logarithm, (1 / $0.magnitude).saturated) })
    all["log1p"] = inline(
      \.logarithmOfOnePlus, "log1p",
      slope: { ($0 < -1).select($0.logarithmOfOnePlus, (1 / (1 + $0).magnitude).saturated) })
    all["sign"] = inline(\.sign, slope: { $0.number(0) })
    all["sin"] = inline(\.sine, slope: \.cosine)
    all["cos"] = inline(\.cosine, slope: { -$0.sine })
    all["cosh"] = inline(\.hyperbolicCosine, slope: { $0.hyperbolicSine.saturated })
    all["sinc"] = helpers(
      "sinc",
      { x in
        // x less the nearest even number, so that all digits are kept near the zeros.
        let r = (x - 2 * (0.5 * x).rounded).named("r")
        let m = r.magnitude.named("m")
        let sine = (Double.pi * (m > 0.5).select(1 - m, m)).sine
        return (x == 0).select(
          1, (r < 0).select(-sine, sine) / (Double.pi * (x == 0).select(1, x)))
      },
      slope: { x in
        let z = (Double.pi * x).named("z")
        let t = (z * z).named("t")
        // d/dz sin(z)/z = −z·Σ, the same eight terms as the primitive.
        let terms: [Double] = [
          3, 30, 840, 45_360, 3_991_680, 518_918_400, 93_405_312_000, 22_230_464_256_000,
        ]
        var series = x.number(1 / terms[7])
        for term in terms.dropLast().reversed() { series = x.number(1 / term) - t * series }
        let r = (x - 2 * (0.5 * x).rounded).named("r")
        let far = ((Double.pi * r).cosine - sinc(x)) / (x == 0).select(1, x)
        return (z.magnitude < 1).select(-Double.pi * (z * series), far)
      })
    all["gaussian"] = inline(
      { (-($0 * $0)).exponential }, slope: { -2 * ($0 * (-($0 * $0)).exponential) })
    all["zero"] = inline({ $0.number(0) }, slope: { $0.number(0) })
    all["one"] = inline({ $0.number(1) }, slope: { $0.number(0) })
    all["reciprocal"] = inline(
      { 1 / $0.magnitudeAtLeast(1e-3) }, "reciprocal",
      slope: {
        let held = $0.magnitudeAtLeast(1e-3).named("held")
        return ($0.magnitude <= 1e-3).select(0, -1 / (held * held))
      })
    all["erfc"] = inline(
      \.complementaryErrorFunction, slope: { -twoOverRootPi * (-($0 * $0)).exponential })
    all["expm1"] = inline(\.exponentialMinusOne, slope: { $0.exponential.saturated })
    all["log_sigmoid"] = helpers(
      "log_sigmoid", { -(-$0).call(Helper(name: "softplus")) }, slope: { sigmoid(-$0) })
    all["bessel_i0e"] = inline(
      \.besselI0e, "bessel_i0e",
      slope: { $0.sign * ($0.magnitude.besselI1e - $0.besselI0e) })
    all["bessel_i1e"] = inline(
      \.besselI1e, "bessel_i1e",
      slope: {
        let m = $0.magnitude.named("m")
        let one = m.besselI1e.named("i1")
        return (m < 1e-30).select(0.5, $0.besselI0e - one - one / (m < 1e-30).select(1, m))
      })
    all["selu"] = helpers(
      "selu",
      {
        ($0 > 0).select(
          1.0507009873554805 * $0,
          1.7580993408473766 * ($0 > 0).select(0, $0).exponentialMinusOne)
      },
      slope: {
        ($0 > 0).select(
          1.0507009873554805, 1.7580993408473766 * ($0 > 0).select(0, $0).exponential)
      })
    all["softsign"] = helpers(
      "softsign", { $0 / (1 + $0.magnitude) },
      slope: {
        let s = (1 / (1 + $0.magnitude)).named("s")
        return s * s
      })
    all["hard_sigmoid"] = helpers(
      "hard_sigmoid", { ($0 < -2.5).select(0, ($0 > 2.5).select(1, 0.2 * $0 + 0.5)) },
      slope: { ($0.magnitude > 2.5).select(0, 0.2) })
    all["swish"] = OperationCode(
      value: .helper("swish") { $0[0] * sigmoid($0[1] * $0[0]) },
      derivatives: [
        .helper("swish_derivative") {
          let z = ($0[1] * $0[0]).named("z")
          return sigmoid(z) + held(z, 1000) * z.call(Helper(name: "sigmoid_derivative"))
        }
      ])
    all["mish"] = helpers(
      "mish",
      { x in
        let (numerator, rest) = mishParts(x)
        return lowest(x, -1000) * (numerator / (numerator + rest))
      },
      slope: { x in
        let (numerator, rest) = mishParts(x)
        let sum = (numerator + rest).named("sum")
        let t = (numerator / sum).named("t")
        return t + held(x, 1000) * (rest / sum * (1 + t)) * sigmoid(x)
      })
    all["hardswish"] = helpers(
      "hardswish",
      { ($0 <= -3).select(0, ($0 >= 3).select($0, $0 * ($0 + 3) / 6)) },
      slope: { ($0 <= -3).select(0, ($0 >= 3).select(1, (2 * $0 + 3) / 6)) })
    all["tanhexp"] = helpers(
      "tanhexp",
      { x in
        let inner = tanhexpRange(x)
        return (x > 4).select(x, inner * inner.exponential.hyperbolicTangent)
      },
      slope: { x in
        let inner = tanhexpRange(x)
        let e = inner.exponential.named("e")
        let t = e.hyperbolicTangent.named("t")
        return (x > 4).select(1, t + inner * e * (1 - t * t))
      })
    all["prelu"] = OperationCode(
      value: .helper("prelu") { ($0[0] > 0).select($0[0], $0[1] * $0[0]) },
      derivatives: [.helper("prelu_derivative") { ($0[0] > 0).select($0[0].number(1), $0[1]) }])
    all.merge(inverses) { _, _ in preconditionFailure("OperationCode: an operation stands twice") }
    all.merge(gated) { _, _ in preconditionFailure("OperationCode: an operation stands twice") }
    return all
  }()

  /// n = eˣ(eˣ + 2) and 2, divided by e²ˣ for x ≥ 0: tanh(softplus(x)) = n / (n + 2).
  private static func mishParts(_ x: Term) -> (numerator: Term, rest: Term) {
    let e = (-x.magnitude).exponential.named("e")
    let numerator = (x < 0).select(e * (e + 2), 1 + 2 * e).named("n")
    return (numerator, (x < 0).select(2, 2 * e * e).named("rest"))
  }

  /// Where x · tanh(eˣ) is neither x nor 0.
  private static func tanhexpRange(_ x: Term) -> Term {
    (x < -1000).select(-1000, (x > 4).select(4, x)).named("inner")
  }

  static func sigmoid(_ x: Term) -> Term { x.call(Helper(name: "sigmoid")) }

  private static func sinc(_ x: Term) -> Term { x.call(Helper(name: "sinc")) }

  /// `x`, held at `bound` below it.
  static func lowest(_ x: Term, _ bound: Double) -> Term { (x < bound).select(bound, x) }

  /// `x`, held at ±`bound`.
  private static func held(_ x: Term, _ bound: Double) -> Term {
    (x < -bound).select(-bound, (x > bound).select(bound, x))
  }
}
