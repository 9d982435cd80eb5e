import Activations
import Foundation
import TestSupport
import Testing

@Suite("Divergence from the uniform Dirichlet distribution")
struct DirichletDivergenceTests {
  @Test("the derivative of the digamma function at known places")
  func trigammaValues() {
    // ψ′(1) = π²/6, ψ′(½) = π²/2, ψ′(¼) = π² + 8·Catalan; ψ′(a) = ψ′(a + 1) + 1/a².
    let catalan = 0.915965594177219015
    for (a, expected) in [
      (1, Double.pi * .pi / 6), (0.5, .pi * .pi / 2), (0.25, .pi * .pi + 8 * catalan),
      (1e-6, 1e12 + .pi * .pi / 6 - 2 * 1.2020569031595942 * 1e-6), (1e8, 1e-8 + 0.5e-16),
    ] {
      #expect(abs(trigamma(a) / expected - 1) < 1e-14, "\(a)")
    }
    for a in stride(from: 0.3, to: 40, by: 1.7) {
      let step = 1e-4
      let difference =
        (8 * (digamma(a + step) - digamma(a - step)) - digamma(a + 2 * step)
          + digamma(a - 2 * step)) / (12 * step)
      #expect(abs(trigamma(a) / difference - 1) < 1e-9, "\(a)")
    }
  }

  @Test("is 0 for the uniform distribution", arguments: [1, 2, 23])
  func uniform(count: Int) {
    let concentrations = [Double](repeating: 1, count: count)
    #expect(abs(DirichletDivergence.value(concentrations)) < 1e-12)
    #expect(DirichletDivergence.gradient(concentrations).allSatisfy { abs($0) < 1e-12 })
  }

  /// Two elements are a beta distribution; the uniform density is 1.
  @Test("is the integral of p ln p", arguments: [[2.0, 2.0], [3, 1.5], [1.2, 4]])
  func integral(concentrations: [Double]) {
    let (a, b) = (concentrations[0], concentrations[1])
    let logarithm = lgamma(a + b) - lgamma(a) - lgamma(b)
    let count = 2_000_000
    var sum = 0.0
    for index in 0..<count {
      let x = (Double(index) + 0.5) / Double(count)
      let logDensity = logarithm + (a - 1) * log(x) + (b - 1) * log(1 - x)
      sum += exp(logDensity) * logDensity / Double(count)
    }
    #expect(abs(DirichletDivergence.value(concentrations) - sum) < 1e-5)
  }

  @Test("its gradient is the derivative")
  func gradient() {
    let concentrations = [0.05, 0.7, 1, 2.5, 8]
    let expected = concentrations.indices.map { index in
      func moved(_ factor: Double) -> Double {
        var concentrations = concentrations
        concentrations[index] *= factor
        return DirichletDivergence.value(concentrations)
      }
      let step = 1e-5
      return (moved(1 + step) - moved(1 - step)) / (2 * step * concentrations[index])
    }
    #expect(
      mismatch(DirichletDivergence.gradient(concentrations), expected, relative: 1e-8) == nil)
  }
}
