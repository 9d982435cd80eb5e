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

  @inlinable public static func value(_ a: Double, _ b: Double) -> Double {
    let (first, second) = (abs(a), abs(b))
    let (larger, smaller) = first > second ? (first, second) : (second, first)
    let ratio = larger == smaller ? 1 : smaller / larger
    return larger * (1 + ratio * ratio).squareRoot()
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double
  ) -> (byFirst: Double, bySecond: Double) {
    // NaN too, where one is: then both slopes are.
    let larger = abs(a) > abs(b) || a.isNaN ? abs(a) : abs(b)
    let (first, second) = (part(a, of: larger), part(b, of: larger))
    if a == 0 && b == 0 { return (0, 0) }
    let length = (first * first + second * second).squareRoot()
    return (first / length, second / length)
  }

  /// `x / larger`; ±1 where both are infinite.
  @inlinable static func part(_ x: Double, of larger: Double) -> Double {
    abs(x) == larger ? (x < 0 ? -1 : 1) : x / larger
  }

  public static func notation(of first: Notation, _ second: Notation) -> Notation {
    .symbol(
      "\(name)(\(first.text), \(second.text))",
      latex: Notation.operatorName(name) + "\\left(\(first.latex), \(second.latex)\\right)")
  }
}
