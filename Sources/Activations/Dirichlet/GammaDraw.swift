import Foundation

/// Draws from the Gamma distribution, as logarithms.
public enum GammaDraw {
  /// Returns ln z, z ~ Gamma(concentration, 1).
  ///
  /// For a concentration below 1 a draw with concentration + 1 is multiplied by
  /// U^(1/concentration); as a sum of logarithms that does not underflow.
  ///
  /// Source: Marsaglia, Tsang 2000, A simple method for generating gamma variables.
  ///
  /// - Parameters:
  ///   - concentration: The shape parameter.
  ///   - source: The random stream; a varying number of variates is taken.
  /// - Returns: ln z, finite for concentrations from `DirichletDraw.smallestConcentration` on.
  /// - Precondition: `concentration` is positive.
  public static func logarithm(
    concentration: Double, from source: inout some UniformNormalSource
  ) -> Double {
    precondition(concentration > 0, "GammaDraw: concentration \(concentration) is not positive")
    if concentration < 1 {
      let boosted = logarithm(concentration: concentration + 1, from: &source)
      return boosted + log(source.uniform()) / concentration
    }
    let d = concentration - 1.0 / 3
    let k = 1 / (9 * d).squareRoot()
    while true {
      let x = source.normal()
      let root = 1 + k * x
      guard root > 0 else { continue }
      let logCube = 3 * log(root)
      let cube = root * root * root
      if log(source.uniform()) < 0.5 * x * x + d * (1 - cube + logCube) {
        return log(d) + logCube
      }
    }
  }
}
