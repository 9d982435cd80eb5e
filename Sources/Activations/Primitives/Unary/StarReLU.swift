// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `0.8944 · max(x, 0)² − 0.4472`: the squared rectifier with mean 0 and variance 1 on N(0, 1).
///
/// Slope 1.7888·max(x, 0), continuous at 0. The value overflows beyond x ≈ 1.4e154. The source also
/// trains scale and offset, from these numbers on; here they are fixed. Source: Yu et al. 2022
/// (MetaFormer baselines).
public enum StarReLU: UnaryPrimitive {
  public static let name = "star_relu"
  public static let formula = "0.8944 · max(x, 0)² − 0.4472"
  public static let latex = "0.8944 \\max\\left(x, 0\\right)^2 - 0.4472"

  @inlinable public static func value<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= 0, 0, 0.8944 * (x * x)) - 0.4472
  }
  @inlinable public static func derivative<Number: Elementary>(_ x: Number) -> Number {
    .select(x <= 0, 0, (1.7888 * x).saturated)
  }

  public static func notation(of argument: Notation) -> Notation {
    .call(name, latex: Notation.operatorName("StarReLU"), [argument])
  }
}
