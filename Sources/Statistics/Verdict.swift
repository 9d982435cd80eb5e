/// What may be said of a function beside a baseline.
public enum Verdict: String, Codable, Sendable, Hashable {
  /// Its mean is the better one, and that is not chance.
  case better
  /// Its mean is the worse one, and that is not chance.
  case worse
  /// The measurements do not tell.
  case notDistinguishable = "not distinguishable"

  /// The probability, over all comparisons of a family, that any difference is called real but is
  /// not.
  public static let familywiseLevel = 0.05

  /// Judges a comparison.
  ///
  /// - Parameters:
  ///   - difference: The function's mean minus the baseline's.
  ///   - isHigherBetter: Whether a higher mean is the better one.
  ///   - adjustedProbability: p after a correction for the whole family; nil where nothing was
  ///     tested.
  public init(
    difference: Double, isHigherBetter: Bool = true, adjustedProbability: Double?
  ) {
    guard let adjustedProbability, adjustedProbability < Self.familywiseLevel else {
      self = .notDistinguishable
      return
    }
    self = (difference > 0) == isHigherBetter ? .better : .worse
  }
}
