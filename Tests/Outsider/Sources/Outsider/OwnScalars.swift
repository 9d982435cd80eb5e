import Activations

/// `a · x · σ(b · x)`, an operation with two scalars.
enum ScaledSwish: LearnableUnaryPrimitive {
  static let name = "scaled_swish"
  static let formula = "a · x · σ(b · x)"
  static let latex = "a\\,x\\,\\sigma(b\\,x)"
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
