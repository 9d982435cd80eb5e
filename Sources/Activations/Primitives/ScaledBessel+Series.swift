import Foundation

/// Below 20 the power series, whose terms are all positive; from there on the asymptotic series,
/// whose smallest term is e⁻²ˣ. I₀ − I₁, which the derivatives need, is summed there term by term,
/// because the sums cancel. Source: DLMF 10.25.2, 10.40.1 and 10.29.3.
extension ScaledBessel<Double> {
  /// Computes all four.
  ///
  /// - Parameter x: The argument, 0 or more; all are NaN for NaN.
  @usableFromInline
  init(at x: Double) {
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
      let (zero, one) = (scale * sum, scale * (0.5 * x * sumOverArgument))
      self.init(
        zero: zero, one: one, zeroDerivative: one - zero,
        oneDerivative: scale * (sum - 0.5 * sumOverArgument) - one)
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
    self.init(
      zero: scale * zeroSum, one: scale * oneSum, zeroDerivative: -scale * difference,
      oneDerivative: scale * (difference - oneSum / x))
  }
}
