/// Holm's correction for many comparisons (1979): however many hypotheses are true, the probability
/// of rejecting any true one is at most the level.
public enum HolmCorrection {
  /// The adjusted probabilities, to be compared with the level of the whole family.
  ///
  /// In ascending order, the k-th of m is multiplied by m − k + 1; none is below the one before,
  /// none above 1.
  ///
  /// - Parameter probabilities: p of every comparison of the family, from 0 to 1.
  /// - Returns: The adjusted ones, in the order of `probabilities`.
  public static func adjusted(_ probabilities: [Double]) -> [Double] {
    var adjusted = probabilities
    var largest = 0.0
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - rank) * probabilities[index]))
      adjusted[index] = largest
    }
    return adjusted
  }
}
