/// How a binary primitive that is not differentiable where its arguments are equal shares its
/// derivative there.
public struct TieRule: Sendable, Hashable {
  /// The derivative by the first argument at a tie.
  public let derivativeByFirst: Double

  /// The derivative by the second argument at a tie.
  public let derivativeBySecond: Double

  /// Why these derivatives.
  public let reason: String

  /// Half to each argument: the only choice that does not depend on their order.
  public static let halfToEach = TieRule(
    derivativeByFirst: 0.5, derivativeBySecond: 0.5,
    reason: "half to each argument, so that their order does not matter (as in PyTorch)")

  /// 0 to both: the midpoint of slopes that differ in their sign.
  public static let zeroToEach = TieRule(
    derivativeByFirst: 0, derivativeBySecond: 0,
    reason: "the midpoint of both slopes, as for |x|")
}
