import CKernels

/// A number a tensor can hold.
///
/// Networks compute in `Float`; architecture parameters, of which there are a few hundred, in
/// `Double`. Loops over either are requirements, so that generic code calls compiled ones.
public protocol TensorScalar: BinaryFloatingPoint, Sendable {
  /// Computes `sums[i] += parts[i]`.
  static func accumulate(
    _ parts: UnsafePointer<Self>, count: Int, into sums: UnsafeMutablePointer<Self>)
}

extension Float: TensorScalar {
  /// Computes `sums[i] += parts[i]`.
  public static func accumulate(
    _ parts: UnsafePointer<Float>, count: Int, into sums: UnsafeMutablePointer<Float>
  ) {
    grafs_accumulate(parts, count, sums)
  }
}

extension Double: TensorScalar {
  /// Computes `sums[i] += parts[i]`.
  public static func accumulate(
    _ parts: UnsafePointer<Double>, count: Int, into sums: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count { sums[index] += parts[index] }
  }
}
