import Activations

/// A function and its derivative as terms of one argument.
///
/// The derivative goes forward, as `ActivationExpression.valueAndDerivative` does: with one
/// argument it costs what the reverse direction costs, and where something overflows both are the
/// same.
struct FunctionCode {
  /// The value.
  let value: Term
  /// The derivative by the argument.
  let derivative: Term

  /// Writes a function as terms.
  ///
  /// - Parameters:
  ///   - expression: The function.
  ///   - limits: How operations are bounded.
  init(_ expression: ActivationExpression, limits: Limits) {
    let pool = TermPool()
    let both = Self.terms(of: expression, limits: limits, input: pool.parameter(0))
    (value, derivative) = (both.value, both.slope)
  }

  private typealias Both = (value: Term, slope: Term)

  private static func terms(
    of expression: ActivationExpression, limits: Limits, input: Term
  ) -> Both {
    switch expression {
    case .input:
      return (input, input.number(1))
    case .unary(let operation, let scalar, let argument):
      let range = limits.outputs.clampedArguments(of: .unary(operation))
      let inner = clamp(terms(of: argument, limits: limits, input: input), to: range)
      if let argument = inner.value.constant {
        return constant(
          operation.value(argument, scalar: scalar ?? 0), bound: limits.bound, input: input)
      }
      let arguments = [inner.value] + numbers(scalar, input)
      let code = code(of: operation.name)
      let partial = limited(code.derivatives[0](arguments), of: operation.name, limits)
      let slope = product(partial, inner.slope)
      return clip((code.value(arguments), slope), bound: limits.bound)
    case .binary(let operation, let scalar, let first, let second):
      let range = limits.outputs.clampedArguments(of: .binary(operation))
      let a = clamp(terms(of: first, limits: limits, input: input), to: range)
      let b = clamp(terms(of: second, limits: limits, input: input), to: range)
      if let first = a.value.constant, let second = b.value.constant {
        let value = operation.value(first, second, scalar: scalar ?? 0)
        return constant(value, bound: limits.bound, input: input)
      }
      let arguments = [a.value, b.value] + numbers(scalar, input)
      let code = code(of: operation.name)
      let byFirst = limited(code.derivatives[0](arguments), of: operation.name, limits)
      let bySecond = limited(code.derivatives[1](arguments), of: operation.name, limits)
      let slope =
        a.slope.index == b.slope.index
        ? product(sum(byFirst, bySecond), a.slope)
        : sum(product(byFirst, a.slope), product(bySecond, b.slope))
      return clip((code.value(arguments), slope), bound: limits.bound)
    }
  }

  /// An argument clamped to an interval, with slope 0 outside.
  private static func clamp(_ both: Both, to range: ClosedRange<Double>?) -> Both {
    guard let range else { return both }
    if let value = both.value.constant {
      let clamped = min(max(value, range.lowerBound), range.upperBound)
      return (both.value.number(clamped), both.value.number(0))
    }
    var (value, slope) = both
    if range.upperBound < .greatestFiniteMagnitude {
      let isAbove = both.value > range.upperBound
      value = isAbove.select(range.upperBound, value)
      if slope.constant != 0 { slope = isAbove.select(0, slope) }
    }
    if range.lowerBound > -.greatestFiniteMagnitude {
      let isBelow = both.value < range.lowerBound
      value = isBelow.select(range.lowerBound, value)
      if slope.constant != 0 { slope = isBelow.select(0, slope) }
    }
    return (value, slope)
  }

  /// A derivative within the limit of slopes.
  private static func limited(_ partial: Term, of name: String, _ limits: Limits) -> Term {
    guard let bound = limits.slopes else { return partial }
    if let value = partial.constant { return partial.number(min(max(value, -bound), bound)) }
    if bound >= 2, gentle.contains(name) { return partial }
    return partial.call(.clipped, partial.number(bound))
  }

  /// Operations whose derivatives stay within ±2, whatever their scalar is.
  static let gentle: Set<String> = [
    "identity", "negation", "abs", "x_plus_beta", "tanh", "asinh", "atan", "relu", "min_x_0",
    "sigmoid", "softplus", "erf", "silu", "gelu", "elu", "leaky_relu", "sin", "cos", "sinc",
    "gaussian", "erfc", "log_sigmoid", "bessel_i0e", "bessel_i1e", "selu", "softsign",
    "hard_sigmoid", "mish", "hardswish", "tanhexp", "golu", "gelu_sine", "gelu_sinc", "add",
    "subtract", "max", "min", "left", "right", "mix", "gaussian_kernel", "laplacian_kernel", "sign",
    "hypot",
  ]

  private static func code(of name: String) -> OperationCode {
    guard let code = OperationCode.table[name] else {
      preconditionFailure("OperationCode: '\(name)' has no code; add it to the table")
    }
    return code
  }

  private static func numbers(_ scalar: Double?, _ input: Term) -> [Term] {
    scalar.map { [input.number($0)] } ?? []
  }

  /// p · s by the chain rule: derivatives are finite, so 0 wins.
  private static func product(_ partial: Term, _ slope: Term) -> Term {
    if partial.constant == 0 || slope.constant == 0 { return partial.number(0) }
    let product = partial * slope.named("slope")
    // Two huge factors would make ∞, and with a derivative of 0 behind them NaN.
    return isOperator(product) && mayOverflow(product) ? product.saturated : product
  }

  private static func sum(_ first: Term, _ second: Term) -> Term {
    let sum = first + second
    return mayOverflow(first) && mayOverflow(second) ? sum.saturated : sum
  }

  /// Whether a product is not just one of its factors.
  private static func isOperator(_ term: Term) -> Bool {
    if case .function(.multiply, _) = term.node { true } else { false }
  }

  /// Whether a term is made of functions that grow so fast that they leave single precision.
  private static func mayOverflow(_ term: Term) -> Bool {
    let fast: Set<Elementary> = [.exp, .expm1, .sinh, .cosh, .power]
    return term.pool.reachable(from: [term]).contains { index in
      switch term.pool.nodes[index] {
      case .function(let function, _): fast.contains(function)
      case .call(let helper, _):
        helper == .saturated || ["guarded_power", "real_power"].contains(helper.name)
          || isSaturated(helper)
      default: false
      }
    }
  }

  /// Whether a function of the code holds its own result finite.
  private static func isSaturated(_ helper: Helper) -> Bool {
    HelperOrder.helpers(calledBy: [helper.body(in: TermPool())]).contains(.saturated)
  }

  private static func constant(_ value: Double, bound: Double?, input: Term) -> Both {
    let bound = bound ?? .infinity
    let clipped = value > bound ? bound : value < -bound ? -bound : value
    return (input.number(clipped), input.number(0))
  }

  private static func clip(_ both: Both, bound: Double?) -> Both {
    guard let bound else { return both }
    if let value = both.value.constant {
      return constant(value, bound: bound, input: both.value)
    }
    if case .call(.clipped, _) = both.value.node { return both }
    let value = both.value.call(.clipped, both.value.number(bound))
    guard both.slope.constant != 0 else { return (value, both.slope) }
    return (value, (both.value.magnitude > bound).select(0, both.slope))
  }
}

extension Limits {
  /// ℓ, where outputs are clipped to it.
  fileprivate var bound: Double? {
    if case .output(let bound) = outputs { bound } else { nil }
  }
}
