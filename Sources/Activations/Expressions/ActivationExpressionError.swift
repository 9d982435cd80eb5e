/// Why a text is no activation function, and where.
public struct ActivationExpressionError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// There is no formula, only white space.
    case empty
    /// A word or sign, empty at the end of the text, stands where something else must.
    case unexpected(token: String, expected: String)
    /// No function has the name.
    case unknownFunction(UnknownOperation)
    /// The variable is called `x`.
    case unknownVariable(String)
    /// A function stands without arguments.
    case missingArguments(function: String)
    /// A function exists, but not with these arguments.
    case wrongArguments(function: String, forms: [String])
    /// None of the operations is written so.
    case noOperation(written: String, forms: [String])
    /// The number exceeds the range of double precision.
    case numberTooLarge(String)
    /// The number is not 0, but nearer to it than any of double precision.
    case numberTooSmall(String)
    /// The formula has more levels than can be read.
    case tooDeep(limit: Int)
    /// The formula has more operators, calls, names and numbers, whole powers written out.
    case tooLarge(limit: Int)
    /// A scalar that is learned stands at two places.
    case repeatedScalar(String)
    /// A part without `x`, such as `sqrt(-1)` or `1 / 0`, has no value.
    case constantNotReal(written: String)
  }

  /// What is wrong.
  public let reason: Reason

  /// Where, in characters from 1.
  public let column: Int

  /// The whole text.
  public let text: String

  init(_ reason: Reason, column: Int, text: String) {
    self.reason = reason
    self.column = column
    self.text = text
  }
}

extension ActivationExpressionError: CustomStringConvertible {
  /// One line: the column, the text around it, and the cure.
  public var description: String { "expression: column \(column) of '\(excerpt)': \(cause)" }

  /// The text, of a long one the 30 characters before and after the column, on one line.
  private var excerpt: String {
    let reach = 30
    let characters = Array(text)
    let start = max(0, min(column - 1, characters.count) - reach)
    let end = min(characters.count, column - 1 + reach)
    let middle = String(characters[start..<max(start, end)].map { $0.isNewline ? " " : $0 })
    return (start > 0 ? "…" : "") + middle + (end < characters.count ? "…" : "")
  }

  private var cause: String {
    switch reason {
    case .empty:
      "there is no formula; write one such as 'sigmoid(x) * x'"
    case .unexpected(let token, let expected):
      (token.isEmpty ? "the text ends" : "'\(token)' stands") + " where \(expected) should"
    case .unknownFunction(let error):
      error.description
    case .unknownVariable(let name):
      "there is no variable '\(name)'; the input is called 'x'"
    case .missingArguments(let function):
      "'\(function)' needs its arguments: \(function)(…)"
    case .wrongArguments(let function, let forms):
      "'\(function)' does not take these arguments; write \(forms.joined(separator: " or "))"
    case .noOperation(let written, let forms):
      "no operation is written \(written)"
        + (forms.isEmpty ? "" : "; there are: \(forms.joined(separator: ", "))")
    case .numberTooLarge(let literal):
      "the number \(literal) is too large for double precision; write one below 1.8e308"
    case .numberTooSmall(let literal):
      "the number \(literal) is too small for double precision; write 0, or one above 4.9e-324"
    case .tooDeep(let limit):
      "the formula has more than \(limit) levels; write a flatter one"
    case .tooLarge(let limit):
      "the formula has more than \(limit) parts, powers written out; write a shorter one"
    case .repeatedScalar(let name):
      "'\(name)' stands for two numbers, as each place learns its own; write other names, β1 and "
        + "β2, and no powers or functions that repeat it"
    case .constantNotReal(let written):
      "\(written) is no finite real number; give another constant"
    }
  }
}
