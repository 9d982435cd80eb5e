import Activations

/// `x · ln(1 + σ(x))`, an operation that the package does not have. Source: Zhu et al. 2021.
enum Logish: UnaryPrimitive {
  static let name = "logish"
  static let formula = "x · ln(1 + σ(x))"
  static let latex = "x \\ln(1 + \\sigma(x))"

  static func value<Number: Elementary>(_ x: Number) -> Number {
    x * x.value(of: Sigmoid.self).logarithmOfOnePlus
  }

  static func derivative<Number: Elementary>(_ x: Number) -> Number {
    let s = x.value(of: Sigmoid.self)
    return s.logarithmOfOnePlus + x * s * (1 - s) / (1 + s)
  }
}
