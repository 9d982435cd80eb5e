import Foundation

/// Returns ψ(a) = d ln Γ(a) / da.
///
/// Up to 1 by ψ(a) = ψ(a+1) − 1/a and between 2 and 10 by ψ(a) = ψ(a−1) + 1/(a−1), this is brought
/// to [1, 2], where a rational function times the distance to the root 1.4616… keeps all digits
/// also beside the root; from 10 on by the asymptotic series ln a − 1/(2a) − Σ B₂ₖ/(2k·a²ᵏ).
///
/// Source: Abramowitz, Stegun 6.3.5 and 6.3.18; the rational function is that of Boost.Math 1.80,
/// `digamma_imp_1_2` for 53 bits (John Maddock, Boost Software License 1.0).
///
/// - Parameter a: The argument.
/// - Returns: ψ(a), with a relative error of a few 1e−16.
/// - Precondition: `a` is positive.
public func digamma(_ a: Double) -> Double {
  precondition(a > 0, "digamma: the argument \(a) is not positive")
  if a >= 10 {
    let r = 1 / (a * a)
    // Bernoulli numbers B₂ₖ / 2k.
    let series =
      r
      * (1.0 / 12
        - r
        * (1.0 / 120
          - r
          * (1.0 / 252
            - r
            * (1.0 / 240
              - r * (1.0 / 132 - r * (691.0 / 32760 - r * (1.0 / 12 - r * 3617.0 / 8160)))))))
    return log(a) - 0.5 / a - series
  }
  var x = a
  var shift = 0.0
  if x < 1 {
    shift = -1 / x
    x += 1
  }
  while x > 2 {
    x -= 1
    shift += 1 / x
  }
  return shift + digammaBetweenOneAndTwo(x)
}

/// ψ on [1, 2]: (x − root)·(Y + P(x − 1)/Q(x − 1)), the root in three parts.
private func digammaBetweenOneAndTwo(_ x: Double) -> Double {
  let offset = 0.99558162689208984375
  let distance =
    x - 1569415565.0 / 1073741824 - 381566830.0 / 1073741824 / 1073741824
    - 0.9016312093258695918615325266959189453125e-19
  let t = x - 1
  let p0 = -0.045251321448739056 + t * -0.0020713321167745952
  let p =
    0.25479851061131551
    + t
    * (-0.32555031186804491
      + t * (-0.65031853770896507 + t * (-0.28919126444774784 + t * p0)))
  let q0 = 0.0021284987017821144 + t * -0.55789841321675513e-6
  let q =
    1
    + t
    * (2.0767117023730469
      + t * (1.4606242909763515 + t * (0.43593529692665969 + t * (0.054151797245674225 + t * q0))))
  return distance * offset + distance * (p / q)
}
