import Activations

/// What every target can compute, in its own words or in ours.
enum ElementaryFunction: String, CaseIterable {
  case negate, absolute, squareRoot, round
  case exp, expm1, log, log1p, sin, cos, sinh, cosh, tanh, asinh, atan, erf, erfc
  case besselI0e, besselI1e
  case add, subtract, multiply, divide, power
  case less, lessOrEqual, equal
  /// `select(condition, then, otherwise)`.
  case select

  /// The function of numbers; a condition is 1 or 0.
  func callAsFunction(_ numbers: [Double]) -> Double {
    let a = numbers[0]
    let b = numbers.count > 1 ? numbers[1] : 0
    switch self {
    case .negate: return -a
    case .absolute: return a.magnitude
    case .squareRoot: return a.root
    case .round: return a.nearest
    case .exp: return a.exponential
    case .expm1: return a.exponentialMinusOne
    case .log: return a.logarithm
    case .log1p: return a.logarithmOfOnePlus
    case .sin: return a.sine
    case .cos: return a.cosine
    case .sinh: return a.hyperbolic.sine
    case .cosh: return a.hyperbolic.cosine
    case .tanh: return a.hyperbolicTangent
    case .asinh: return a.inverseHyperbolicSine
    case .atan: return a.inverseTangent
    case .erf: return a.errorFunction
    case .erfc: return a.complementaryErrorFunction
    case .besselI0e: return a.magnitude.scaledBessel.zero
    case .besselI1e: return a < 0 ? -(-a).scaledBessel.one : a.scaledBessel.one
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .power: return a.power(b)
    case .less: return a < b ? 1 : 0
    case .lessOrEqual: return a <= b ? 1 : 0
    case .equal: return a == b ? 1 : 0
    case .select: return a == 0 ? numbers[2] : b
    }
  }
}
