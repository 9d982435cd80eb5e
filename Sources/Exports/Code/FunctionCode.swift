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
    (value, derivative) = (both.value.placed(in: pool), both.slope.placed(in: pool))
  }

  private typealias Both = (value: Term, slope: Term)

  private static func terms(
    of expression: ActivationExpression, limits: Limits, input: Term
  ) -> Both {
    guard case .node(let node) = expression else { return (input, 1) }
    let operation = node.operation
    let range = limits.outputs.clampedArguments(of: operation)
    let arguments = node.arguments.map {
      clamp(terms(of: $0, limits: limits, input: input), to: range)
    }
    let scalars = node.numbers.map { Term($0) }
    let code = OperationCode(operation)
    let value = code.value(arguments.map(\.value), scalars: scalars)
    if let constant = value.constant { return Self.constant(constant, bound: limits.bound) }
    let partials = arguments.indices.map { index in
      limited(
        code.derivative(byArgument: index, arguments.map(\.value), scalars: scalars),
        of: operation, limits)
    }
    let slopes = arguments.map(\.slope)
    let slope =
      slopes.dropFirst().allSatisfy { isSame($0, slopes[0]) }
      ? product(partials.dropFirst().reduce(partials[0], sum), slopes[0])
      : sum(product(partials[0], slopes[0]), product(partials[1], slopes[1]))
    return clip((value, slope), bound: limits.bound)
  }

  private static func isSame(_ a: Term, _ b: Term) -> Bool {
    a.home == nil || b.home == nil ? a.constant == b.constant : a.index == b.index
  }

  /// An argument clamped to an interval, with slope 0 outside.
  private static func clamp(_ both: Both, to range: ClosedRange<Double>?) -> Both {
    guard let range else { return both }
    if let value = both.value.constant {
      let clamped = min(max(value, range.lowerBound), range.upperBound)
      return (Term(clamped), 0)
    }
    var (value, slope) = both
    if range.upperBound < .greatestFiniteMagnitude {
      let isAbove = both.value > Term(range.upperBound)
      value = .select(isAbove, Term(range.upperBound), value)
      if slope.constant != 0 { slope = .select(isAbove, 0, slope) }
    }
    if range.lowerBound > -.greatestFiniteMagnitude {
      let isBelow = both.value < Term(range.lowerBound)
      value = .select(isBelow, Term(range.lowerBound), value)
      if slope.constant != 0 { slope = .select(isBelow, 0, slope) }
    }
    return (value, slope)
  }

  /// A derivative within the limit of slopes.
  private static func limited(
    _ partial: Term, of operation: ElementaryOperation, _ limits: Limits
  ) -> Term {
    guard let bound = limits.slopes else { return partial }
    if let value = partial.constant { return Term(min(max(value, -bound), bound)) }
    if bound >= 2, operation.traits.contains(.gentle) { return partial }
    return .call(.clipped, [partial, Term(bound)])
  }

  /// p · s by the chain rule: derivatives are finite, so 0 wins.
  private static func product(_ partial: Term, _ slope: Term) -> Term {
    if partial.constant == 0 || slope.constant == 0 { return 0 }
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
    let fast: Set<ElementaryFunction> = [.exp, .expm1, .sinh, .cosh, .power]
    guard let pool = term.home else { return false }
    return pool.reachable(from: [term]).contains { index in
      switch pool.nodes[index] {
      case .function(let function, _): fast.contains(function)
      case .call(let helper, _): helper == .saturated || mayOverflow(helper)
      default: false
      }
    }
  }

  /// Whether a function of the code has a power, or holds its own result finite.
  private static func mayOverflow(_ helper: Helper) -> Bool {
    let body = helper.body(in: TermPool())
    let helpers = HelperOrder.helpers(calledBy: [body])
    return helpers.contains(.saturated)
      || HelperOrder.elementary(in: [body], helpers).contains(.power)
  }

  private static func constant(_ value: Double, bound: Double?) -> Both {
    let bound = bound ?? .infinity
    return (Term(value > bound ? bound : value < -bound ? -bound : value), 0)
  }

  private static func clip(_ both: Both, bound: Double?) -> Both {
    guard let bound else { return both }
    if let value = both.value.constant {
      return constant(value, bound: bound)
    }
    if case .call(.clipped, _) = both.value.node { return both }
    let value = Term.call(.clipped, [both.value, Term(bound)])
    guard both.slope.constant != 0 else { return (value, both.slope) }
    return (value, .select(both.value.magnitude > Term(bound), 0, both.slope))
  }
}

extension Limits {
  /// ℓ, where outputs are clipped to it.
  fileprivate var bound: Double? {
    if case .output(let bound) = outputs { bound } else { nil }
  }
}
