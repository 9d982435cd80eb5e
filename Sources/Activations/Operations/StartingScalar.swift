/// The scalar by which a tree is evaluated, printed and compared.
protocol ScalarStarting {
  /// The distribution that the learnable scalar starts from; nil without one.
  var initialScalar: InitialScalar? { get }
}

extension ScalarStarting {
  /// The scalar that a tree gives; where it leaves it open, the mean of its start; 0 of an
  /// operation without one.
  func scalarOrStart(_ given: Double?) -> Double { given ?? initialScalar?.mean ?? 0 }
}

extension UnaryOperation: ScalarStarting {}
extension BinaryOperation: ScalarStarting {}
extension SlotOperation: ScalarStarting {}
