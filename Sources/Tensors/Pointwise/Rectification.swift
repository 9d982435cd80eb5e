import CKernels

/// `max(x, 0)`: ReLU. The slope at 0 is 0; NaN passes through.
public struct Rectification: PointwiseFunction {
  /// Makes the function, which has no parameters.
  public init() {}

  /// Computes `y[i] = max(x[i], 0)`; `y` may be `x`.
  public func evaluate(
    _ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>
  ) {
    grafs_relu_forward(x, count, y)
  }

  /// Computes `slopes[i] = gradient[i]` where `x[i]` is positive, 0 elsewhere.
  public func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
  ) {
    grafs_relu_backward(x, gradient, count, slopes)
  }
}
