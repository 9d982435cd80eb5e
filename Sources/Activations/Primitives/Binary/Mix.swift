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
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar γ.
  ///   - values: The results, `[count]`; not overlapping the arguments.
  @inlinable public static func evaluate(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>
  ) {
    let first = Sigmoid.value(scalar)
    let second = Sigmoid.value(-scalar)
    for i in 0..<count {
      values[i] = first * a[i] + second * b[i]
    }
  }

  /// Computes the values and both partial derivatives.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar γ.
  ///   - values: The values, `[count]`; the results overlap neither the arguments nor each other.
  ///   - derivativesByFirst: The derivatives by the first argument, `[count]`.
  ///   - derivativesBySecond: The derivatives by the second argument, `[count]`.
  @inlinable public static func differentiate(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    values: UnsafeMutablePointer<Double>, derivativesByFirst: UnsafeMutablePointer<Double>,
    derivativesBySecond: UnsafeMutablePointer<Double>
  ) {
    let first = Sigmoid.value(scalar)
    let second = Sigmoid.value(-scalar)
    for i in 0..<count {
      values[i] = first * a[i] + second * b[i]
      derivativesByFirst[i] = first
      derivativesBySecond[i] = second
    }
  }

  /// Computes the derivatives by γ.
  ///
  /// - Parameters:
  ///   - a: The first arguments, `[count]`.
  ///   - b: The second arguments, `[count]`; `a` and `b` may be the same buffer.
  ///   - count: The number of elements.
  ///   - scalar: The learnable scalar γ.
  ///   - derivatives: The derivatives by γ, `[count]`.
  @inlinable public static func scalarDerivatives(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int, scalar: Double,
    derivatives: UnsafeMutablePointer<Double>
  ) {
    let slope = Sigmoid.derivative(scalar)
    for i in 0..<count {
      derivatives[i] = slope * a[i] - slope * b[i]
    }
  }

  public static func notation(
    of first: Notation, _ second: Notation, scalar: Notation
  ) -> Notation {
    .call(name, latex: Notation.operatorName(name), [first, second, scalar])
  }
}
