/// How the outputs of operations are kept from growing: not, at the output, or at the arguments.
///
/// Either rule passes no gradient where it clips, and all of it at the bound itself. The two agree
/// on x², x³, eˣ and sinh, but for rounding. They differ on the product, since `input` clamps its
/// factors: with ℓ = 10, 5 · 0.1 is 0.5 for `output`, and √10 · 0.1 = 0.316 for `input`; and on all
/// others, which only `output` bounds.
public enum Bounding: Sendable, Hashable {
  /// Nothing is clipped.
  case off

  /// An output y with |y| > ℓ is replaced by ℓ·sign(y), for every operation.
  ///
  /// Source: Strack, Safari, Hutter 2024, section 3.2.
  case output(Double)

  /// Arguments are clamped: those of x² to ±√ℓ, of x³ to ±∛ℓ, of sinh to ±asinh ℓ, of eˣ to ln ℓ
  /// and less, and each factor of a product to ±√ℓ.
  ///
  /// Each primitive states its interval, `clampedArguments(for:)`. All others stay unbounded, also
  /// those that grow and are not in GRAFS, such as cosh and eˣ − 1. (√x is the same for all
  /// rules: its guard √max(x, 10⁻³) is part of the primitive.) Source: the program that Strack,
  /// Safari, Hutter 2024 released.
  case input(Double)

  /// Clips outputs to ±ℓ; an infinite ℓ is `off`.
  ///
  /// - Parameter bound: ℓ, positive.
  public init(outputs bound: Double) {
    precondition(bound > 0, "Bounding: the bound \(bound) is not positive")
    self = bound == .infinity ? .off : .output(bound)
  }

  /// ℓ of the outputs; infinite where outputs are not clipped.
  var outputBound: Double {
    if case .output(let bound) = self { bound } else { .infinity }
  }

  /// The interval to which an operation's arguments are clamped; nil for none.
  package func clampedArguments(of operation: ElementaryOperation) -> ClosedRange<Double>? {
    guard case .input(let bound) = self else { return nil }
    return operation.clampedArguments(for: bound)
  }

  /// Whether ℓ, if there is one, is positive.
  var isValid: Bool {
    switch self {
    case .off: true
    case .output(let bound), .input(let bound): bound > 0
    }
  }
}

extension ClosedRange<Double> {
  /// The number, or the nearest bound where it is outside; NaN stays NaN.
  @inline(__always)
  func clamp(_ number: Double) -> Double {
    number < lowerBound ? lowerBound : number > upperBound ? upperBound : number
  }
}
