import Foundation

/// Whose words a formula is written in.
public enum FormulaReading: Sendable {
  /// This program's, as files hold them: the name of an operation means that operation, with its
  /// guard.
  case operations
  /// Those of mathematics, as people write: what has no `x` in it is a number, `sqrt(a)` is
  /// `a^0.5`, and nothing guards against a constant: `divide(x, 0.0001)` is `x / 0.0001`, and
  /// `power(x, 4)` is `x^4`. Functions such as `tan` are read as what they are defined to be.
  case mathematics
}

extension FormulaGrammar {
  /// How many operators, calls, names and numbers a formula may have, powers written out.
  static let maximumSize = 10_000

  /// The formula in the words of operations: constants as numbers, guarded operations of constants
  /// as the operators they guard.
  ///
  /// - Parameters:
  ///   - formula: What is written, the names of functions looked up.
  ///   - text: The text it stands in, for errors.
  /// - Returns: A formula that means the same operations in both readings.
  /// - Throws: `ActivationExpressionError` where a constant is no real number, or cannot be read.
  func operations(
    of formula: FormulaSyntax, text: String
  ) throws(ActivationExpressionError) -> FormulaSyntax {
    let inner = try formula.mapOperands { (operand) throws(ActivationExpressionError) in
      try operations(of: operand, text: text)
    }
    if case .name(let name) = inner.form, let value = Self.constants[name.lowercased()] {
      return .number(value, column: inner.column)
    }
    let plain = Self.unguarded(inner)
    if case .infix(.divide, _, let divisor) = plain.form, divisor.number == 0 {
      throw ActivationExpressionError(
        .constantNotReal(written: inner.text), column: formula.column, text: text)
    }
    guard !plain.operands.isEmpty, plain.operands.allSatisfy({ $0.number != nil }) else {
      return plain
    }
    let value = try expression(written: plain, text: text).value(at: 0)
    guard value.isFinite else {
      throw ActivationExpressionError(
        .constantNotReal(written: inner.text), column: formula.column, text: text)
    }
    return .number(value, column: formula.column)
  }

  /// Numbers that have names.
  static let constants = ["pi": Double.pi, "π": .pi, "e": exp(1)]

  /// A guarded operation as the operator that it guards, where only a constant can be at fault.
  private static func unguarded(_ formula: FormulaSyntax) -> FormulaSyntax {
    guard case .call(let name, let arguments) = formula.form else { return formula }
    func infix(_ sign: FormulaSyntax.InfixOperator, _ a: FormulaSyntax, _ b: FormulaSyntax)
      -> FormulaSyntax
    {
      .infix(sign, a, b, column: formula.column)
    }
    switch (name, arguments.count) {
    case (SquareRoot.name, 1):
      return infix(.power, arguments[0], .number(0.5, column: formula.column))
    case (Reciprocal.name, 1) where arguments[0].number != nil:
      return infix(.divide, .number(1, column: formula.column), arguments[0])
    case (Division.name, 2) where arguments[1].number != nil:
      return infix(.divide, arguments[0], arguments[1])
    case (Power.name, 2) where arguments.contains { $0.number != nil }:
      return infix(.power, arguments[0], arguments[1])
    case (AbsoluteLogarithm.name, 1) where arguments[0].number != nil:
      let magnitude = FormulaSyntax.call(AbsoluteValue.name, arguments, column: formula.column)
      return .call(NaturalLogarithm.name, [magnitude], column: formula.column)
    case (RealPower.name, 2):
      return infix(.power, arguments[0], arguments[1])
    default:
      return formula
    }
  }
}
