/// A random stream as far as this module needs it.
public protocol UniformNormalSource {
  /// Returns a uniform variate strictly between 0 and 1.
  mutating func uniform() -> Double

  /// Returns a standard normal variate.
  mutating func normal() -> Double
}
