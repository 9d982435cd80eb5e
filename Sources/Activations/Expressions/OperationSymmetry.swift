/// What is known of operations besides their value, for rewriting: bit for bit, at every argument.
///
/// An operation that is not listed is merely rewritten less. Names, because a set may hold
/// operations that were added elsewhere.
package enum OperationSymmetry {
  /// f(−a) = f(a).
  package static let even: Set<String> = [
    "abs", "square", "cosh", "cos", "gaussian", "sinc", "bessel_i0e",
  ]

  /// f(−a) = −f(a).
  package static let odd: Set<String> = [
    "cube", "sinh", "tanh", "asinh", "atan", "erf", "sin", "softsign", "bessel_i1e", "sign",
    "asin", "atanh", "cbrt",
  ]

  /// f(a) ≥ 0.
  package static let notNegative: Set<String> = [
    "abs", "square", "sqrt", "exp", "relu", "sigmoid", "softplus", "cosh", "gaussian",
    "erfc", "bessel_i0e", "hard_sigmoid", "squared_relu", "acos", "acosh",
  ]

  /// f(a) ≥ 0 for a ≥ 0.
  package static let keepsNotNegative: Set<String> = [
    "cube", "sinh", "tanh", "asinh", "atan", "erf", "silu", "gelu", "golu", "gelu_sine",
    "gelu_sinc", "log1p", "sign", "asin", "atanh", "cbrt",
  ]

  /// f(a) = a for a ≥ 0.
  package static let identityAboveZero: Set<String> = ["abs", "relu", "elu", "leaky_relu"]

  /// f(a, b) = f(b, a).
  package static let commutative: Set<String> = [
    "add", "multiply", "max", "min", "gaussian_kernel", "laplacian_kernel", "beta_gaussian_kernel",
    "beta_laplacian_kernel", "hypot",
  ]

  /// f(a, a) = a, for `mix` but for the last bits. `beta_mix`, whose rounding grows with its
  /// unbounded β, is left out.
  package static let idempotent: Set<String> = ["max", "min", "mix", "left", "right"]
}

extension ActivationExpression {
  static func constant(_ value: Double) -> ActivationExpression {
    .unary(UnaryOperation(Constant.self), scalar: value, .input)
  }

  static func apply(
    _ primitive: any UnaryFunction.Type, _ argument: ActivationExpression, scalar: Double? = nil
  ) -> ActivationExpression {
    .unary(UnaryOperation(primitive), scalar: scalar, argument)
  }

  /// The number, of a constant.
  var constantValue: Double? {
    guard case .unary(let operation, let scalar, _) = self, operation.name == Constant.name else {
      return nil
    }
    return operation.scalarOrStart(scalar)
  }

  /// The argument of a certain unary operation.
  func argument(of primitive: any UnaryFunction.Type) -> ActivationExpression? {
    guard case .unary(let operation, _, let argument) = self, operation.name == primitive.name
    else { return nil }
    return argument
  }

  /// Whether the value is never below 0, as far as the outermost operations tell.
  var isNotNegative: Bool {
    switch self {
    case .input:
      return false
    case .unary(let operation, let scalar, let argument):
      if OperationSymmetry.notNegative.contains(operation.name) { return true }
      switch operation.name {
      case Constant.name: return operation.scalarOrStart(scalar) >= 0
      case Scale.name, Shift.name:
        return operation.scalarOrStart(scalar) >= 0 && argument.isNotNegative
      default:
        return OperationSymmetry.keepsNotNegative.contains(operation.name)
          && argument.isNotNegative
      }
    case .binary(let operation, _, let first, let second):
      switch operation.name {
      case Addition.name, Multiplication.name, Minimum.name, Mix.name:
        return first.isNotNegative && second.isNotNegative
      case Maximum.name: return first.isNotNegative || second.isNotNegative
      case SigmoidGate.name: return second.isNotNegative
      default: return false
      }
    }
  }

  /// Whether the value is never above 0, as far as the outermost operations tell.
  var isNotPositive: Bool {
    if let number = constantValue { return number <= 0 }
    if argument(of: NegativePart.self) != nil { return true }
    if let inner = argument(of: Negation.self) { return inner.isNotNegative }
    return false
  }
}
