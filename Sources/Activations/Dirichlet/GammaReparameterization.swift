import Foundation

/// The implicit derivative of a Gamma draw by its concentration.
///
/// A draw z ~ Gamma(a, 1) is z = F⁻¹(u; a) for some fixed u, so dz/da = −(∂F/∂a)/p, with F the
/// distribution function and p the density. What is computed is the derivative of ln z,
///
///     d ln z / da = −(∂F(a, z)/∂a) / (z·p(a, z)),
///
/// as a function of a and ln z, because z itself underflows for small a, while ln z and this
/// derivative do not.
///
/// Two forms, each where it adds numbers of one sign:
///
/// - The series. With S = Σ zⁿ/((a+1)…(a+n)) and S′ = dS/da,
///   d ln z/da = −(S·(ln z − ψ(a+1)) + S′)/a. All terms have one sign up to z = e^ψ(a+1) ≈ a + ½,
///   and up to z = a + 2 the loss is small.
/// - The continued fraction K of Γ(a, z)/(z^a e^−z) and its derivative K′ by a:
///   d ln z/da = K·(ln z − ψ(a)) + K′, all of one sign from z = e^ψ(a) ≈ a − ½ on.
///
/// Both need about √a terms near z = a. For a > 10⁶ and z within a/2 of a, the Cornish–Fisher
/// expansion answers at once, so that a diverged concentration does not stall a search; further out
/// the two forms are fast.
///
/// Relative error at most 3e−14 for a from 1e−8 to 1e3 and quantiles from 1e−12 to 1 − 1e−12,
/// measured against mpmath; 1e−9 beyond 10⁶. Source: Figurnov, Mohamed, Mnih 2018, Implicit
/// reparameterization gradients; the series and the fraction: DLMF 8.7.1 and 8.9.2.
public enum GammaReparameterization {
  /// Returns d ln z / da at a fixed quantile; times z it is γ(a, z) = dz/da.
  ///
  /// - Parameters:
  ///   - concentration: a, at least `DirichletDraw.smallestConcentration` for a finite answer.
  ///   - logDraw: ln z, finite.
  /// - Returns: The derivative, positive.
  /// - Precondition: `concentration` is positive.
  public static func logDerivative(concentration: Double, logDraw: Double) -> Double {
    let a = concentration
    precondition(a > 0, "GammaReparameterization: concentration \(a) is not positive")
    let z = exp(logDraw)
    if a > 1e6, abs(z - a) < 0.5 * a { return expansion(a, z) }
    return z < a + 2
      ? series(a, z, logDraw: logDraw) : continuedFraction(a, z, logDraw: logDraw)
  }

  /// The series, for z < a + 2.
  private static func series(_ a: Double, _ z: Double, logDraw: Double) -> Double {
    var term = 1.0
    var termDerivative = 0.0
    var sum = 1.0
    var sumDerivative = 0.0
    var divisor = a
    // All terms of S are positive and all of S′ negative, so the last ones bound what is left out.
    while abs(termDerivative) > 1e-17 * abs(sumDerivative) || term > 1e-17 * sum {
      divisor += 1
      let reciprocal = 1 / divisor
      let factor = z * reciprocal
      termDerivative = factor * (termDerivative - term * reciprocal)
      term *= factor
      sum += term
      sumDerivative += termDerivative
    }
    return -(sum * (logDraw - digamma(a + 1)) + sumDerivative) / a
  }

  /// The continued fraction, for z ≥ a + 2: modified Lentz, with derivatives by a carried along.
  ///
  /// K = 1/(z+1−a − 1(1−a)/(z+3−a − 2(2−a)/(z+5−a − …))), whose logarithmic derivative is the sum
  /// of those of the factors.
  private static func continuedFraction(_ a: Double, _ z: Double, logDraw: Double) -> Double {
    var b = z + 1 - a
    var d = 1 / b
    var dDerivative = d * d  // db/da = −1
    var value = d
    var logDerivative = d
    var c = Double.infinity  // so that the first an/c is 0, as for c₀ = 1/tiny
    var cDerivative = 0.0
    var n = 0.0
    while true {
      n += 1
      let numerator = n * (a - n)  // its derivative by a is n
      b += 2
      let inverseC = 1 / c
      cDerivative = (n - numerator * cDerivative * inverseC) * inverseC - 1
      c = b + numerator * inverseC
      let denominator = b + numerator * d
      let denominatorDerivative = n * d + numerator * dDerivative - 1
      d = 1 / denominator
      dDerivative = -denominatorDerivative * d * d
      let change = c * d - 1
      let logChange = cDerivative / c - denominatorDerivative * d
      value *= 1 + change
      logDerivative += logChange
      if abs(change) < 1e-16 * 4, abs(logChange) < 1e-15 * abs(logDerivative) { break }
      if n > 1e5 { break }  // not reached up to a = 1e6: about √a terms
    }
    return value * (logDraw - digamma(a) + logDerivative)
  }

  /// The expansion for large a, with the draw as a normal score s:
  /// z = a + s√a + (s² − 1)/3 + (s³ − 7s)/(36√a) + …, solved for s and differentiated by a.
  ///
  /// Source: Abramowitz, Stegun 26.4.17 and 26.2.49.
  private static func expansion(_ a: Double, _ z: Double) -> Double {
    let root = a.squareRoot()
    let first = (z - a) / root
    let third = (first * first * first - 7 * first) / 36
    let score =
      first - (first * first - 1) / (3 * root)
      + (2 * first * (first * first - 1) / 9 - third) / a
    return (1 + score / (2 * root) - third / (2 * a * root)) / z
  }
}
