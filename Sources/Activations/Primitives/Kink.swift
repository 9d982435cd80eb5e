/// A place where a unary primitive is not differentiable, and what it answers there.
public struct Kink: Sendable, Hashable {
  /// The argument.
  public let location: Double

  /// The value taken there.
  public let value: Double

  /// The derivative taken there.
  public let derivative: Double

  /// The limit of the derivative from below.
  public let slopeBelow: Double

  /// The limit of the derivative from above.
  public let slopeAbove: Double

  /// Why this derivative.
  public let reason: String

  /// Creates a kink.
  ///
  /// - Parameters:
  ///   - location: The argument.
  ///   - value: The value taken there.
  ///   - derivative: The derivative taken there.
  ///   - slopeBelow: The limit of the derivative from below.
  ///   - slopeAbove: The limit of the derivative from above.
  ///   - reason: Why this derivative.
  public init(
    at location: Double, value: Double, derivative: Double, slopeBelow: Double, slopeAbove: Double,
    reason: String
  ) {
    self.location = location
    self.value = value
    self.derivative = derivative
    self.slopeBelow = slopeBelow
    self.slopeAbove = slopeAbove
    self.reason = reason
  }
}
