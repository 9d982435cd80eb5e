import Foundation

/// The modified Bessel functions of orders 0 and 1, scaled by e⁻ˣ, and their derivatives, for x ≥
/// 0.
///
/// Below 20 the power series, whose terms are all positive; from there on the asymptotic series,
/// whose smallest term is e⁻²ˣ. I₀ − I₁, which the derivatives need, is summed there term by term,
/// because the sums cancel. Source: DLMF 10.25.2, 10.40.1 and 10.29.3.
@usableFromInline
struct ScaledBesselFunctions {
  /// e⁻ˣ·I₀(x).
  @usableFromInline let zero: Double
  /// e⁻ˣ·I₁(x).
  @usableFromInline let one: Double
  /// The derivative of `zero`, e⁻ˣ·(I₁ − I₀); at 0 its limit from above, −1.
  @usableFromInline let zeroDerivative: Double
  /// The derivative of `one`, e⁻ˣ·(I₀ − I₁ − I₁/x).
  @usableFromInline let oneDerivative: Double

  /// Computes all four.
  ///
  /// - Parameter x: The argument, 0 or more; all are NaN for NaN.
  @usableFromInline
  init(_ x: Double) {
    if x < 20 {
      let quarter = 0.25 * x * x
      var (term, k) = (1.0, 0.0)
      var (sum, sumOverArgument) = (1.0, 1.0)  // of I₀, and of I₁/(x/2)
      while term > 1e-18 * sum {
        k += 1
        term *= quarter / (k * k)
        sum += term
        sumOverArgument += term / (k + 1)
      }
      let scale = exp(-x)
      zero = scale * sum
      one = scale * (0.5 * x * sumOverArgument)
      zeroDerivative = one - zero
      oneDerivative = scale * (sum - 0.5 * sumOverArgument) - one
      return
    }
    let scale = 1 / (2 * Double.pi * x).squareRoot()
    var (zeroTerm, oneTerm, k) = (1.0, 1.0, 0.0)
    var (zeroSum, oneSum, difference) = (1.0, 1.0, 0.0)
    while abs(zeroTerm) > 1e-18, k < 40 {  // 40: from there on the terms grow for x = 20
      k += 1
      let odd = (2 * k - 1) * (2 * k - 1)
      let step = 1 / (8 * k * x)
      zeroTerm *= odd * step
      oneTerm *= (odd - 4) * step
      zeroSum += zeroTerm
      oneSum += oneTerm
      difference += zeroTerm - oneTerm
    }
    zero = scale * zeroSum
    one = scale * oneSum
    zeroDerivative = -scale * difference
    oneDerivative = scale * (difference - oneSum / x)
  }
}
