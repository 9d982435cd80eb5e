/// Numbers, or code that computes them: what the formula of a primitive is written in.
///
/// A formula that is generic over this protocol is a primitive's one formula: with `Double` it
/// computes, with a term of generated code it writes itself down, in every language that functions
/// are exported to. Generated code may compute both sides of a choice, and in single precision, so
/// neither side may do harm there.
public protocol Elementary: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// What a comparison gives.
  associatedtype Condition

  /// A number that no literal says.
  init(_ number: Double)

  /// Minus the number.
  static prefix func - (number: Self) -> Self
  /// The sum.
  static func + (left: Self, right: Self) -> Self
  /// The difference.
  static func - (left: Self, right: Self) -> Self
  /// The product.
  static func * (left: Self, right: Self) -> Self
  /// The quotient.
  static func / (left: Self, right: Self) -> Self

  /// Whether `left` is less; not, if either is NaN. So for the other comparisons.
  static func < (left: Self, right: Self) -> Condition
  /// Whether `left` is less or equal.
  static func <= (left: Self, right: Self) -> Condition
  /// Whether `left` is greater.
  static func > (left: Self, right: Self) -> Condition
  /// Whether `left` is greater or equal.
  static func >= (left: Self, right: Self) -> Condition
  /// Whether both are equal.
  static func == (left: Self, right: Self) -> Condition

  /// `then` where the condition holds, else `otherwise`; numbers compute only the one chosen.
  static func select(
    _ condition: Condition, _ then: @autoclosure () -> Self, _ otherwise: @autoclosure () -> Self
  ) -> Self

  /// The same for two numbers, such as a value and its derivative, that share what they are made
  /// of.
  static func select(
    _ condition: Condition, _ then: () -> (Self, Self), otherwise: () -> (Self, Self)
  ) -> (Self, Self)

  /// |x|.
  var magnitude: Self { get }
  /// 1 or −1 with the sign of the number; 0 and NaN themselves.
  var signum: Self { get }
  /// The number, or the largest finite one with its sign where it has overflowed.
  ///
  /// A value may overflow to infinity: bounding clips it. Its derivative then meets the clip's
  /// gradient 0, and 0 · ∞ is NaN, so every derivative of a primitive is finite for every finite
  /// argument. NaN stays NaN, so that a diverged run is seen.
  var saturated: Self { get }
  /// To the nearest integer, halves to even ones.
  var nearest: Self { get }
  /// √x.
  var root: Self { get }
  /// eˣ.
  var exponential: Self { get }
  /// eˣ − 1, with all digits of small x.
  var exponentialMinusOne: Self { get }
  /// ln x; NaN below 0.
  var logarithm: Self { get }
  /// ln(1 + x), with all digits of small x; NaN below −1.
  var logarithmOfOnePlus: Self { get }
  /// sin x.
  var sine: Self { get }
  /// cos x.
  var cosine: Self { get }
  /// sinh x and cosh x.
  var hyperbolic: (sine: Self, cosine: Self) { get }
  /// tanh x.
  var hyperbolicTangent: Self { get }
  /// asinh x.
  var inverseHyperbolicSine: Self { get }
  /// atan x.
  var inverseTangent: Self { get }
  /// erf x.
  var errorFunction: Self { get }
  /// erfc x = 1 − erf x, with all digits of its right tail.
  var complementaryErrorFunction: Self { get }
  /// The modified Bessel functions of orders 0 and 1, of a number that is not negative.
  var scaledBessel: ScaledBessel<Self> { get }

  /// xʸ; NaN for a negative x and a y that is not whole.
  func power(_ exponent: Self) -> Self

  /// The number, or ±`least` with its sign where its magnitude is smaller; 0 counts as positive.
  ///
  /// The guard of denominators: `x / y` and `1 / y` stay finite for finite arguments, and are what
  /// they say outside. NaN stays NaN.
  func magnitudeAtLeast(_ least: Double) -> Self

  /// The value of a primitive at this number; code calls a function.
  func value(of primitive: (some UnaryPrimitive).Type) -> Self

  /// The derivative of a primitive at this number; code calls a function.
  func derivative(of primitive: (some UnaryPrimitive).Type) -> Self

  /// Both, which numbers compute together.
  func valueAndDerivative(
    of primitive: (some UnaryPrimitive).Type
  ) -> (value: Self, derivative: Self)

  /// The value of a primitive at two numbers; code calls a function.
  static func value(
    of primitive: (some BinaryPrimitive).Type, _ first: Self, _ second: Self
  ) -> Self

  /// The same number, called so where code gives it a name.
  func named(_ name: StaticString) -> Self
}

extension Elementary {
  /// The number, held at `bound` below it.
  @inlinable
  public func atLeast(_ bound: Self) -> Self { .select(self < bound, bound, self) }

  /// The number, held at `bound` above it.
  @inlinable
  public func atMost(_ bound: Self) -> Self { .select(self > bound, bound, self) }
}

/// The modified Bessel functions of orders 0 and 1, scaled by e⁻ˣ, and their derivatives, for x ≥
/// 0.
public struct ScaledBessel<Number> {
  /// e⁻ˣ·I₀(x).
  public let zero: Number
  /// e⁻ˣ·I₁(x).
  public let one: Number
  /// The derivative of `zero`, e⁻ˣ·(I₁ − I₀); at 0 its limit from above, −1.
  public let zeroDerivative: Number
  /// The derivative of `one`, e⁻ˣ·(I₀ − I₁ − I₁/x).
  public let oneDerivative: Number

  /// Names the four.
  @inlinable
  public init(zero: Number, one: Number, zeroDerivative: Number, oneDerivative: Number) {
    self.zero = zero
    self.one = one
    self.zeroDerivative = zeroDerivative
    self.oneDerivative = oneDerivative
  }
}
