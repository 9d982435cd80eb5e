/// The normal distribution that the learnable scalar of an operation starts from.
///
/// Source: Strack, Safari, Hutter 2024 (GRAFS): β ~ N(1, 0.25²), γ = 0.
public struct InitialScalar: Sendable, Hashable {
  /// The mean, which also stands in where a genotype names an operation without its scalar.
  public let mean: Double

  /// The standard deviation; 0 for a fixed start.
  public let standardDeviation: Double

  /// Creates the distribution N(`mean`, `standardDeviation`²).
  ///
  /// - Parameters:
  ///   - mean: The mean.
  ///   - standardDeviation: The standard deviation, not negative.
  public init(mean: Double, standardDeviation: Double) {
    precondition(
      standardDeviation >= 0,
      "InitialScalar: standard deviation \(standardDeviation) is negative")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The start of every β: N(1, 0.25²).
  public static let beta = InitialScalar(mean: 1, standardDeviation: 0.25)

  /// The start of γ: 0, equal shares.
  public static let gamma = InitialScalar(mean: 0, standardDeviation: 0)

  /// Draws a start value: one normal variate, also where the deviation is 0.
  ///
  /// - Parameter source: The random stream, advanced by one normal variate.
  /// - Returns: The start value.
  public func draw(from source: inout some UniformNormalSource) -> Double {
    mean + standardDeviation * source.normal()
  }
}
