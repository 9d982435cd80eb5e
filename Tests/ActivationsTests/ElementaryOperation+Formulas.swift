import Activations

/// What tests ask of an operation of either arity, one number at a time, all of its scalars alike.
extension ElementaryOperation {
  func value(at arguments: [Double], scalar: Double) -> Double {
    value(of: arguments, scalars: scalars.map { _ in scalar })
  }

  /// The derivatives by the arguments.
  func derivatives(at arguments: [Double], scalar: Double) -> [Double] {
    valueAndDerivatives(of: arguments, scalars: scalars.map { _ in scalar }).derivatives
  }

  /// How far the arguments are from where the operation has no derivative, or (ELU) no second one.
  func distanceToKink(at arguments: [Double]) -> Double {
    let places = kinks.map(\.location) + (name == ELU.name ? [0] : [])
    let ofOne = places.map { abs(arguments[0] - $0) }.min() ?? .infinity
    return tieRule == nil ? ofOne : abs(arguments[0] - arguments[1])
  }

  /// The scalars of some operations side by side, where all are alike.
  static func scalars(_ scalar: Double, of operations: [ElementaryOperation]) -> [Double] {
    operations.flatMap { $0.scalars.map { _ in scalar } }
  }
}

extension Array<ElementaryOperation> {
  /// For each operation the column of its only scalar; nil of those without one.
  var scalarColumns: [Int?] {
    var next = 0
    return map { operation in
      defer { next += operation.scalars.count }
      return operation.scalars.isEmpty ? nil : next
    }
  }

  /// The number of scalars of all.
  var scalarCount: Int { reduce(0) { $0 + $1.scalars.count } }
}
