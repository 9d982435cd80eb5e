import Activations

/// An operation as code, in elementary functions: its value and its derivatives, with the guards,
/// tails and ties of the primitive.
///
/// It is written once for all targets. A primitive's own file computes the same in double
/// precision; here the formulas also hold in single precision, where both sides of a `select` are
/// computed.
struct OperationCode: Sendable {
  /// How one function stands in the code.
  enum Rule: Sendable {
    /// In place, because it is one operator or a function that languages have.
    case inline(@Sendable ([Term]) -> Term)
    /// As a call of a function with this name.
    case helper(String, @Sendable ([Term]) -> Term)

    /// Applies the function to arguments; a learnable operation's scalar is the last.
    func callAsFunction(_ arguments: [Term]) -> Term {
      switch self {
      case .inline(let body): body(arguments)
      case .helper(let name, _):
        arguments[0].pool.term(.call(Helper(name: name), arguments.map(\.index)))
      }
    }
  }

  /// The value.
  let value: Rule
  /// The derivatives by each argument.
  let derivatives: [Rule]

  /// The code of every primitive, by its name.
  static let table: [String: OperationCode] = unary.merging(binary) { _, _ in
    preconditionFailure("OperationCode: an operation is both unary and binary")
  }
}
