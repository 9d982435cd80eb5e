/// What the rules of rewriting ask of a function.
extension ActivationExpression {
  static func constant(_ value: Double) -> ActivationExpression {
    .apply(Constant.self, .input, scalars: [value])
  }

  static func apply(
    _ primitive: any UnaryFunction.Type, _ argument: ActivationExpression, scalars: [Double] = []
  ) -> ActivationExpression {
    .init(ElementaryOperation(primitive), scalars: scalars, argument)
  }

  static func apply(
    _ primitive: any BinaryFunction.Type, _ first: ActivationExpression,
    _ second: ActivationExpression, scalars: [Double] = []
  ) -> ActivationExpression {
    .init(ElementaryOperation(primitive), scalars: scalars, first, second)
  }

  /// The number, of a constant.
  var constantValue: Double? {
    guard case .node(let node) = self, node.operation.name == Constant.name else { return nil }
    return node.numbers[0]
  }

  /// The argument of a certain operation of one.
  func argument(of primitive: any UnaryFunction.Type) -> ActivationExpression? {
    guard case .node(let node) = self, node.operation.name == primitive.name else { return nil }
    return node.arguments[0]
  }

  /// The argument of an operation of one.
  var onlyArgument: ActivationExpression? {
    guard case .node(let node) = self, node.arguments.count == 1 else { return nil }
    return node.arguments[0]
  }

  /// Whether the value is never below 0, as far as the outermost operations tell.
  var isNotNegative: Bool {
    guard case .node(let node) = self else { return false }
    if node.operation.traits.contains(.notNegative) { return true }
    let arguments = node.arguments
    switch node.operation.name {
    case Constant.name: return node.numbers[0] >= 0
    case Scale.name, Shift.name: return node.numbers[0] >= 0 && arguments[0].isNotNegative
    case Addition.name, Multiplication.name, Minimum.name, Mix.name:
      return arguments.allSatisfy(\.isNotNegative)
    case Maximum.name: return arguments.contains { $0.isNotNegative }
    case SigmoidGate.name: return arguments[1].isNotNegative
    default:
      return node.operation.traits.contains(.keepsNotNegative)
        && arguments.allSatisfy(\.isNotNegative)
    }
  }

  /// Whether the value is never above 0, as far as the outermost operations tell.
  var isNotPositive: Bool {
    if let number = constantValue { return number <= 0 }
    if argument(of: NegativePart.self) != nil { return true }
    if let inner = argument(of: Negation.self) { return inner.isNotNegative }
    return false
  }
}
