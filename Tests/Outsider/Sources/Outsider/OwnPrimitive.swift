import Activations

/// A primitive of one's own: `x · ln(1 + σ(x))` (Logish; Zhu et al., 2021).
enum Logish: UnaryPrimitive {
  static let name = "logish"
  static let formula = "x · ln(1 + σ(x))"
  static let latex = "x \\ln(1 + \\sigma(x))"

  static func value(_ x: Double) -> Double { x * Softplus.value(-Softplus.value(-x)) }

  static func derivative(_ x: Double) -> Double {
    let s = Sigmoid.value(x)
    return Softplus.value(-Softplus.value(-x)) + x * s * (1 - s) / (1 + s)
  }
}
