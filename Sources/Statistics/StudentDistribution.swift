/// Student's t distribution.
public struct StudentDistribution: Sendable, Hashable {
  /// ν, positive; need not be whole.
  public let degreesOfFreedom: Double

  /// The distribution of ν degrees of freedom.
  ///
  /// - Precondition: ν is positive.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0, "StudentDistribution: \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value at least as far from 0 as `t`, on either side: `I_x(ν/2, 1/2)` with
  /// `x = ν / (ν + t²)` (DLMF 8.17.20 with the density of t).
  public func twoSidedProbability(_ t: Double) -> Double {
    let square = t * t
    guard square.isFinite else { return 0 }
    let sum = degreesOfFreedom + square
    return IncompleteBeta.regularized(
      degreesOfFreedom / sum, complement: square / sum, degreesOfFreedom / 2, 0.5)
  }

  /// The value beyond which, on either side, there is the probability `p`: found by halving, to the
  /// last bits.
  ///
  /// - Parameter p: Between 0 and 1.
  /// - Returns: A positive number.
  public func twoSidedQuantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "twoSidedQuantile: \(p) is not between 0 and 1")
    var (low, high) = (0.0, 1.0)
    while twoSidedProbability(high) > p { (low, high) = (high, 2 * high) }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if twoSidedProbability(middle) > p { low = middle } else { high = middle }
    }
  }
}
