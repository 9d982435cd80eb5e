import Foundation

/// The Kullback–Leibler divergence of a Dirichlet distribution from the uniform one on the simplex.
///
/// With c₀ = Σc over K elements,
///
///     KL = ln Γ(c₀) − Σ ln Γ(c) − ln Γ(K) + Σ (c − 1)(ψ(c) − ψ(c₀)),
///     ∂KL/∂c = (c − 1) ψ′(c) − (c₀ − K) ψ′(c₀).
///
/// Source: Penny, 2001, "KL-divergences of normal, gamma, Dirichlet and Wishart densities"; as a
/// regularizer: Chen et al., 2021 (DrNAS).
public enum DirichletDivergence {
  /// Returns KL(Dir(c) ‖ Dir(1)), in nats.
  ///
  /// - Parameter concentrations: c, all positive.
  /// - Returns: 0 or more.
  public static func value(_ concentrations: [Double]) -> Double {
    let sum = concentrations.reduce(0, +)
    let digammaOfSum = digamma(sum)
    return concentrations.reduce(
      logGamma(sum) - logGamma(Double(concentrations.count))
    ) { total, c in
      total - logGamma(c) + (c - 1) * (digamma(c) - digammaOfSum)
    }
  }

  /// Returns the derivatives of the divergence by the concentrations.
  ///
  /// - Parameter concentrations: c, all positive.
  /// - Returns: One for each.
  public static func gradient(_ concentrations: [Double]) -> [Double] {
    let sum = concentrations.reduce(0, +)
    let shared = (sum - Double(concentrations.count)) * trigamma(sum)
    return concentrations.map { ($0 - 1) * trigamma($0) - shared }
  }

  /// ln Γ(a) for positive a. (`lgamma` would also write a global.)
  private static func logGamma(_ a: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(a, &sign)
  }
}

/// Returns ψ′(a) = d² ln Γ(a) / da².
///
/// By ψ′(a) = ψ′(a + 1) + 1/a² up to 10, from there by the asymptotic series
/// 1/a + 1/(2a²) + Σ B₂ₖ/a²ᵏ⁺¹. Source: Abramowitz, Stegun 6.4.6 and 6.4.12.
///
/// - Parameter a: The argument.
/// - Returns: ψ′(a), with a relative error of a few 1e−15.
/// - Precondition: `a` is positive.
public func trigamma(_ a: Double) -> Double {
  precondition(a > 0, "trigamma: the argument \(a) is not positive")
  var (x, sum) = (a, 0.0)
  while x < 10 {
    sum += 1 / (x * x)
    x += 1
  }
  let r = 1 / (x * x)
  // Bernoulli numbers B₂ₖ.
  let bernoulli: [Double] = [
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
  ]
  var series = 0.0
  for number in bernoulli.reversed() { series = (series + number) * r }
  return sum + (1 + series) / x + 0.5 * r
}
