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
  public static let initialScalar: InitialScalar? = .gamma

  @inlinable public static func value(_ a: Double, _ b: Double, scalar: Double) -> Double {
    Sigmoid.value(scalar) * a + Sigmoid.value(-scalar) * b
  }
  @inlinable public static func derivatives(
    _ a: Double, _ b: Double, scalar: Double
  ) -> (byFirst: Double, bySecond: Double) {
    (Sigmoid.value(scalar), Sigmoid.value(-scalar))
  }
  @inlinable public static func scalarDerivative(
    _ a: Double, _ b: Double, scalar: Double
  ) -> Double {
    let slope = Sigmoid.derivative(scalar)
    return slope * a - slope * b  // a − b might overflow
  }

  // The loops compute the shares once instead of once per element.

  /// Computes `values[i] = f(a[i], b[i])`.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar γ.
  ///   - values: The results.
  @inlinable public static func evaluate(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>
  ) {
    let first = Sigmoid.value(scalar)
    let second = Sigmoid.value(-scalar)
    precondition(
      values.count == a.count && b.count == a.count, "\(name): stretches of different lengths")
    for i in a.indices {
      values[unchecked: i] = first * a[unchecked: i] + second * b[unchecked: i]
    }
  }

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar γ.
  ///   - values: The values.
  ///   - derivativesByFirst: The derivatives by the first argument.
  ///   - derivativesBySecond: The derivatives by the second argument.
  @inlinable public static func differentiate(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    values: inout MutableSpan<Double>, derivativesByFirst: inout MutableSpan<Double>,
    derivativesBySecond: inout MutableSpan<Double>
  ) {
    let first = Sigmoid.value(scalar)
    let second = Sigmoid.value(-scalar)
    precondition(
      values.count == a.count && b.count == a.count && derivativesByFirst.count == a.count
        && derivativesBySecond.count == a.count, "\(name): stretches of different lengths")
    for i in a.indices {
      values[unchecked: i] = first * a[unchecked: i] + second * b[unchecked: i]
      derivativesByFirst[unchecked: i] = first
      derivativesBySecond[unchecked: i] = second
    }
  }

  /// Computes the derivatives by γ.
  ///
  /// - Parameters:
  ///   - a: The first arguments.
  ///   - b: The second arguments; `a` and `b` may be the same memory.
  ///   - scalar: The learnable scalar γ.
  ///   - derivatives: The derivatives by γ.
  @inlinable public static func scalarDerivatives(
    _ a: Span<Double>, _ b: Span<Double>, scalar: Double,
    derivatives: inout MutableSpan<Double>
  ) {
    let slope = Sigmoid.derivative(scalar)
    precondition(
      derivatives.count == a.count && b.count == a.count, "\(name): stretches of different lengths")
    for i in a.indices {
      derivatives[unchecked: i] = slope * a[unchecked: i] - slope * b[unchecked: i]
    }
  }

  public static func notation(
    of first: Notation, _ second: Notation, scalar: Notation
  ) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second, scalar])
  }
}
