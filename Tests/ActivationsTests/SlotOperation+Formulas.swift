import Activations

/// What tests ask of an operation of either arity, one number at a time.
extension SlotOperation {
  func value(at arguments: [Double], scalar: Double) -> Double {
    switch self {
    case .unary(let operation): operation.value(arguments[0], scalar: scalar)
    case .binary(let operation): operation.value(arguments[0], arguments[1], scalar: scalar)
    }
  }

  /// The derivatives by the arguments.
  func derivatives(at arguments: [Double], scalar: Double) -> [Double] {
    switch self {
    case .unary(let operation):
      return [operation.valueAndDerivative(arguments[0], scalar: scalar).derivative]
    case .binary(let operation):
      let result = operation.valueAndDerivatives(arguments[0], arguments[1], scalar: scalar)
      return [result.byFirst, result.bySecond]
    }
  }

  /// How far the arguments are from where the operation has no derivative, or (ELU) no second one.
  func distanceToKink(at arguments: [Double]) -> Double {
    switch self {
    case .unary(let operation):
      let kinks = operation.kinks.map(\.location) + (operation.name == ELU.name ? [0] : [])
      return kinks.map { abs(arguments[0] - $0) }.min() ?? .infinity
    case .binary(let operation):
      return operation.tieRule == nil ? .infinity : abs(arguments[0] - arguments[1])
    }
  }
}
