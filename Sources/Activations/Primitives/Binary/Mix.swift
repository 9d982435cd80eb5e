// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `σ(γ)·x₁ + (1 − σ(γ))·x₂`: a learnable weighted mean.
///
/// Slopes σ(γ) and σ(−γ) by the arguments, σ′(γ)·(x₁ − x₂) by γ. It is written `mix(x₁, x₂, γ)`.
/// Source: Strack, Safari, Hutter 2024.
public enum Mix: LearnableBinaryPrimitive {
  public static let name = "mix"
  public static let formula = "σ(γ) · x₁ + (1 − σ(γ)) · x₂"
  public static let latex =
    "\\sigma(\\gamma) \\, x_1 + \\left(1 - \\sigma(\\gamma)\\right) x_2"
  public static let scalars = [LearnableScalar("gamma", start: .gamma)]
  public static let traits: Traits = [.idempotent, .gentle]

  @inlinable public static func constants<Number: Elementary>(of scalars: [Number]) -> [Number] {
    [
      scalars[0].value(of: Sigmoid.self), (-scalars[0]).value(of: Sigmoid.self),
      scalars[0].derivative(of: Sigmoid.self),
    ]
  }
  @inlinable public static func value<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    constants[0] * a + constants[1] * b
  }
  @inlinable public static func derivatives<Number: Elementary>(
    _ a: Number, _ b: Number, _ constants: [Number]
  ) -> (byFirst: Number, bySecond: Number) {
    (constants[0], constants[1])
  }
  @inlinable public static func derivative<Number: Elementary>(
    byScalar index: Int, _ a: Number, _ b: Number, _ constants: [Number]
  ) -> Number {
    constants[2] * a - constants[2] * b  // a − b might overflow
  }
}
