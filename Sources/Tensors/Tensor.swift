/// A row-major array of numbers with value semantics, copied only when a shared one is changed.
public struct Tensor<Scalar: TensorScalar>: @unchecked Sendable {
  /// The extents, outermost first.
  public let shape: Shape

  var buffer: Buffer<Scalar>

  private init(shape: Shape, buffer: Buffer<Scalar>) {
    self.shape = shape
    self.buffer = buffer
  }

  /// Makes a tensor that `fill` initializes.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - fill: Writes all `shape.count` elements; their values are undefined before.
  public init(_ shape: Shape, fill: (UnsafeMutablePointer<Scalar>) throws -> Void) rethrows {
    self.init(shape: shape, buffer: Buffer(count: shape.count))
    try fill(buffer.pointer)
  }

  /// Makes a tensor of equal elements.
  public init(repeating value: Scalar, _ shape: Shape) {
    self.init(shape: shape, buffer: Buffer(count: shape.count))
    Scalar.fill(buffer.pointer, count: count, with: value)
  }

  /// Makes a tensor of zeros.
  public init(zeros shape: Shape) {
    self.init(repeating: 0, shape)
  }

  /// Makes a tensor from its elements in row-major order.
  ///
  /// - Precondition: there are `shape.count` elements.
  public init(_ scalars: [Scalar], _ shape: Shape) {
    precondition(
      scalars.count == shape.count, "Tensor: \(scalars.count) elements do not fill \(shape)")
    self.init(shape: shape, buffer: Buffer(count: scalars.count))
    scalars.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      buffer.pointer.initialize(from: start, count: source.count)
    }
  }

  /// Makes a tensor of rank 1.
  public init(_ scalars: [Scalar]) {
    self.init(scalars, [scalars.count])
  }

  /// The number of elements.
  public var count: Int { buffer.count }

  /// Where the elements lie, as long as a tensor of them is kept and none is changed.
  var address: UnsafePointer<Scalar> { UnsafePointer(buffer.pointer) }

  /// The elements in row-major order, copied.
  public var scalars: [Scalar] {
    withPointers(self) { Array(UnsafeBufferPointer(start: $0, count: count)) }
  }

  /// Changes elements in place, after a copy if another tensor shares them.
  package mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    if !isKnownUniquelyReferenced(&buffer) {
      let copy = Buffer<Scalar>(count: count)
      copy.pointer.initialize(from: buffer.pointer, count: count)
      buffer = copy
    }
    return try body(buffer.pointer)
  }

  /// The same elements under another shape.
  ///
  /// - Precondition: both shapes have the same number of elements.
  public func reshaped(_ shape: Shape) -> Tensor {
    precondition(shape.count == count, "reshaped: \(self.shape) cannot become \(shape)")
    return Tensor(shape: shape, buffer: buffer)
  }

  /// The same elements in another precision.
  public func converted<Other: TensorScalar>(to type: Other.Type) -> Tensor<Other> {
    withPointers(self) { source in
      Tensor<Other>(shape) { target in
        for index in 0..<count { target[index] = Other(source[index]) }
      }
    }
  }
}

extension Tensor: Equatable {
  /// Whether shapes and all elements agree; as for scalars, NaN equals nothing.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape
      && withPointers(left, right) { first, second in
        (0..<left.count).allSatisfy { first[$0] == second[$0] }
      }
  }
}

/// Lends the elements of several tensors for reading; the pointers must not outlive `body`.
package func withPointers<each Scalar: TensorScalar, Result>(
  _ tensors: repeat Tensor<each Scalar>,
  body: (repeat UnsafePointer<each Scalar>) throws -> Result
) rethrows -> Result {
  try withExtendedLifetime((repeat each tensors)) {
    try body(repeat UnsafePointer((each tensors).buffer.pointer))
  }
}
