// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `√(x₁² + x₂²)`, which overflows only where the root itself does.
///
/// Slopes x₁/√(x₁² + x₂²) and x₂/√(x₁² + x₂²), 0 where both arguments are, as that of |x|. Computed
/// as m·√(1 + (n/m)²), m the larger magnitude and n the smaller one: squares would overflow.
public enum Hypotenuse: BinaryPrimitive {
  public static let name = "hypot"
  public static let formula = "√(x₁² + x₂²)"
  public static let latex = "\\sqrt{x_1^2 + x_2^2}"
  public static let traits: Traits = [.commutative, .gentle]
  public static let codeName = "hypotenuse"

  @inlinable public static func value<Number: Elementary>(_ a: Number, _ b: Number) -> Number {
    let (first, second) = (a.magnitude.named("a"), b.magnitude.named("b"))
    let larger = Number.select(first > second, first, second).named("m")
    let smaller = Number.select(first > second, second, first).named("n")
    let divisor = Number.select(larger == smaller, 1, larger)
    let ratio = Number.select(larger == smaller, 1, smaller / divisor).named("r")
    return larger * (1 + ratio * ratio).root
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number
  ) -> (byFirst: Number, bySecond: Number) {
    let (first, second) = (a.magnitude, b.magnitude)
    // NaN, too, where one is: then both slopes are.
    let larger = Number.select(
      first > second, first, .select(first == first, second, first)
    ).named("m")
    let divisor = Number.select(larger == 0, 1, larger)
    // ±1 where both are infinite.
    let left = Number.select(first == larger, a.signum, a / divisor).named("u")
    let right = Number.select(second == larger, b.signum, b / divisor).named("v")
    let length = Number.select(larger == 0, 1, (left * left + right * right).root)
    return (left / length, right / length)
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .symbol(
      "\(name)(\(first.text), \(second.text))",
      latex: Notation.operatorName(name) + "\\left(\(first.latex), \(second.latex)\\right)")
  }
}
