/// `x`, for which values and slopes are already where they belong.
public struct Identity: PointwiseFunction {
  /// Makes the function, which has no parameters.
  public init() {}

  /// Copies the arguments.
  public func evaluate(
    _ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>
  ) {
    if x != UnsafePointer(y) { y.update(from: x, count: count) }
  }

  /// Copies the gradient.
  public func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
  ) {
    slopes.update(from: gradient, count: count)
  }
}
