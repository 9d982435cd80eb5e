import Foundation

/// The regularized incomplete beta function, of which the tails of many distributions are made.
enum IncompleteBeta {
  /// `I_x(a, b)`: the part of the beta distribution's mass from 0 to `x`.
  ///
  /// By the continued fraction DLMF 8.17.22, which converges fast for `x < (a + 1) / (a + b + 2)`;
  /// beyond, by `I_x(a, b) = 1 − I_{1−x}(b, a)` (DLMF 8.17.4).
  ///
  /// - Parameters:
  ///   - x: From 0 to 1.
  ///   - complement: `1 − x`, which the caller may know without the cancellation of a difference.
  ///   - a: Positive.
  ///   - b: Positive.
  /// - Returns: A value from 0 to 1.
  static func regularized(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    let logBeta = lgamma(a) + lgamma(b) - lgamma(a + b)
    let front = exp(a * log(x) + b * log(complement) - logBeta)
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(x, a, b) / a : 1 - front * fraction(complement, b, a) / b
  }

  /// The fraction `1 / (1 + d₁ / (1 + d₂ / …))` of DLMF 8.17.22 from the left, by Lentz's method as
  /// Thompson and Barnett (1986) have modified it: numerators and denominators of zero become tiny.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var (c, d) = (1.0, 1 / nonzero(1 - (a + b) * x / (a + 1)))
    var value = d
    // A few times the root of a or b is enough.
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var factor = 1.0
      for numerator in [even, odd] {
        d = 1 / nonzero(1 + numerator * d)
        c = nonzero(1 + numerator / c)
        factor = c * d
        value *= factor
      }
      if abs(factor - 1) < 1e-16 { break }
    }
    return value
  }
}
