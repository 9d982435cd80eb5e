import CKernels

/// A number a tensor can hold.
///
/// Networks compute in `Float`; architecture parameters, of which there are a few hundred, in
/// `Double`. Loops over either are requirements, so that generic code calls compiled ones.
public protocol TensorScalar: BinaryFloatingPoint, Sendable {
  /// Computes `sums[i] += parts[i]`.
  static func accumulate(
    _ parts: UnsafePointer<Self>, count: Int, into sums: UnsafeMutablePointer<Self>)

  /// Computes `elements[i] = value`.
  static func fill(_ elements: UnsafeMutablePointer<Self>, count: Int, with value: Self)

  /// Computes `elements[i] *= factor`.
  static func scale(_ elements: UnsafeMutablePointer<Self>, count: Int, by factor: Self)

  /// The sum of the elements' squares, always added in the same order.
  static func sumOfSquares(_ elements: UnsafePointer<Self>, count: Int) -> Double

  /// Whether no element is infinite or NaN.
  static func areFinite(_ elements: UnsafePointer<Self>, count: Int) -> Bool

  /// A step of Adam over a stretch of elements.
  static func adamStep(
    _ gradient: UnsafePointer<Self>, count: Int, _ step: AdamStep<Self>,
    mean: UnsafeMutablePointer<Self>, square: UnsafeMutablePointer<Self>,
    weights: UnsafeMutablePointer<Self>)
}

extension Float: TensorScalar {
  /// Computes `sums[i] += parts[i]`.
  public static func accumulate(
    _ parts: UnsafePointer<Float>, count: Int, into sums: UnsafeMutablePointer<Float>
  ) {
    grafs_accumulate(parts, count, sums)
  }

  /// Computes `elements[i] = value`.
  public static func fill(
    _ elements: UnsafeMutablePointer<Float>, count: Int, with value: Float
  ) {
    elements.initialize(repeating: value, count: count)
  }

  /// Computes `elements[i] *= factor`.
  public static func scale(
    _ elements: UnsafeMutablePointer<Float>, count: Int, by factor: Float
  ) {
    for index in 0..<count { elements[index] *= factor }
  }

  /// The sum of the elements' squares, always added in the same order.
  public static func sumOfSquares(_ elements: UnsafePointer<Float>, count: Int) -> Double {
    (0..<count).reduce(0) { $0 + Double(elements[$1]) * Double(elements[$1]) }
  }

  /// Whether no element is infinite or NaN.
  public static func areFinite(_ elements: UnsafePointer<Float>, count: Int) -> Bool {
    (0..<count).allSatisfy { elements[$0].isFinite }
  }

  /// A step of Adam over a stretch of elements.
  public static func adamStep(
    _ gradient: UnsafePointer<Float>, count: Int, _ step: AdamStep<Float>,
    mean: UnsafeMutablePointer<Float>, square: UnsafeMutablePointer<Float>,
    weights: UnsafeMutablePointer<Float>
  ) {
    adamLoop(gradient, count: count, step, mean: mean, square: square, weights: weights)
  }
}

extension Double: TensorScalar {
  /// Computes `sums[i] += parts[i]`.
  public static func accumulate(
    _ parts: UnsafePointer<Double>, count: Int, into sums: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count { sums[index] += parts[index] }
  }

  /// Computes `elements[i] = value`.
  public static func fill(
    _ elements: UnsafeMutablePointer<Double>, count: Int, with value: Double
  ) {
    elements.initialize(repeating: value, count: count)
  }

  /// Computes `elements[i] *= factor`.
  public static func scale(
    _ elements: UnsafeMutablePointer<Double>, count: Int, by factor: Double
  ) {
    for index in 0..<count { elements[index] *= factor }
  }

  /// The sum of the elements' squares, always added in the same order.
  public static func sumOfSquares(_ elements: UnsafePointer<Double>, count: Int) -> Double {
    (0..<count).reduce(0) { $0 + elements[$1] * elements[$1] }
  }

  /// Whether no element is infinite or NaN.
  public static func areFinite(_ elements: UnsafePointer<Double>, count: Int) -> Bool {
    (0..<count).allSatisfy { elements[$0].isFinite }
  }

  /// A step of Adam over a stretch of elements.
  public static func adamStep(
    _ gradient: UnsafePointer<Double>, count: Int, _ step: AdamStep<Double>,
    mean: UnsafeMutablePointer<Double>, square: UnsafeMutablePointer<Double>,
    weights: UnsafeMutablePointer<Double>
  ) {
    adamLoop(gradient, count: count, step, mean: mean, square: square, weights: weights)
  }
}
