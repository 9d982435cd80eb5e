extension CanonicalForm {
  /// What an operation that no published set has is made of: the same value, to the last bit.
  ///
  /// So `squared_relu(x)` and `relu(x)^2` are the same function, and what searches find keeps the
  /// form that it has without these operations.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - a: The argument, canonical.
  /// - Returns: The canonical form; nil of other operations.
  static func composition(_ operation: ElementaryOperation, of a: Expression) -> Expression? {
    switch operation.name {
    case GoLU.name:
      return multiplied(a, apply(Exponential.self, negated(apply(Exponential.self, negated(a)))))
    case SquaredReLU.name:
      return apply(Square.self, apply(ReLU.self, a))
    case StarReLU.name:
      let squared = apply(Square.self, apply(ReLU.self, a))
      return apply(Shift.self, apply(Scale.self, squared, scalars: [0.8944]), scalars: [-0.4472])
    case GELUSine.name:
      return apply(
        Addition.self, apply(GELU.self, a),
        apply(Scale.self, apply(Sine.self, a), scalars: [0.1]))
    case GELUSinc.name:
      let gate = apply(
        Shift.self, apply(Scale.self, apply(Sinc.self, a), scalars: [0.5]), scalars: [1])
      return multiplied(apply(GELU.self, a), gate)
    default:
      return nil
    }
  }
}
