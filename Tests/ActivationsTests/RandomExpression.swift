import Activations

extension ActivationExpression {
  /// A random tree, of any shape.
  ///
  /// - Parameters:
  ///   - depth: The most operations above one another.
  ///   - operations: What it is made of.
  ///   - wild: Whether scalars may be far from 1 as well.
  ///   - stream: The random numbers.
  /// - Returns: The tree.
  static func random(
    depth: Int, of operations: OperationSet = .grafs, wild: Bool = false,
    from stream: inout TestStream
  ) -> ActivationExpression {
    if depth == 0 || stream.uniform() < 0.1 { return .input }
    func scalar() -> Double {
      let usual = [0, 1, -1, 2, -0.5, 0.25, stream.normal(), stream.normal(), -stream.normal()]
      return stream.element(of: wild ? usual + [1e-8, -1.5e-9, 3e16, 1.0 / 3] : usual)
    }
    if stream.uniform() < 0.5 {
      let operation = stream.element(of: operations.unary)
      // Reading gives the argument of a constant as x, on which it does not depend.
      let dropsArgument = [Constant.name, "zero", "one"].contains(operation.name)
      let below = dropsArgument ? 0 : depth - 1
      return .init(
        operation, scalars: operation.scalars.map { _ in scalar() },
        random(depth: below, of: operations, wild: wild, from: &stream))
    }
    let operation = stream.element(of: operations.binary)
    let first = random(depth: depth - 1, of: operations, wild: wild, from: &stream)
    let isSame = stream.uniform() < 0.2
    let second =
      isSame ? first : random(depth: depth - 1, of: operations, wild: wild, from: &stream)
    return .init(operation, scalars: operation.scalars.map { _ in scalar() }, first, second)
  }

  /// The same tree with every scalar replaced.
  func mapScalars(_ transform: (Double) -> Double) -> ActivationExpression {
    guard case .node(let node) = self else { return .input }
    let scalars = node.scalars.map { scalar in
      if case .fixed(let number) = scalar { Scalar.fixed(transform(number)) } else { scalar }
    }
    return .node(
      .init(node.operation, scalars: scalars, node.arguments.map { $0.mapScalars(transform) }))
  }

  /// The value with the result of every operation off by up to four units in the last place.
  func perturbedValue(at x: Double, from stream: inout TestStream) -> Double {
    guard case .node(let node) = self else { return x }
    let arguments = node.arguments.map { $0.perturbedValue(at: x, from: &stream) }
    let exact = node.operation.value(of: arguments, scalars: node.numbers)
    return exact * (1 + 0x1p-50 * (2 * stream.uniform() - 1))
  }

  /// Whether this function's value at `x`, if finite, is that of `other` to within rounding.
  func isKept(by other: ActivationExpression, at x: Double, from stream: inout TestStream) -> Bool {
    let value = value(at: x)
    guard value.isFinite else { return true }
    let kept = other.value(at: x)
    if kept == value { return true }
    var spread = 0.0
    for _ in 0..<12 {
      let perturbed = perturbedValue(at: x, from: &stream)
      guard perturbed.isFinite else { return true }  // within rounding of overflow
      spread = max(spread, abs(perturbed - value))
    }
    return abs(kept - value) <= 8 * spread
  }
}

extension TestStream {
  /// An argument of any size, or 0.
  mutating func argument() -> Double {
    let size = element(of: [0, 1, 1, 1, 1, 5, 5, 30, 1e3, 1e-3, 1e-9, 1e8, 1e100, 1e300])
    return size * normal()
  }
}
