import Foundation

/// A formula being written: as plain text and as LaTeX at once, with as few parentheses as are
/// right.
///
/// Each primitive says how it is written by one combination of the functions below. Sums and
/// products of more than two are written without parentheses, `a + b + c`, whichever way they nest.
public struct Notation: Sendable, Hashable {
  /// How tightly the outermost operator of a formula binds, loosest first.
  public enum Binding: Int, Sendable, Comparable {
    /// `a + b` and `a - b`.
    case sum
    /// `a * b`.
    case product
    /// `-a`.
    case sign
    /// `a^2`.
    case power
    /// A name, a positive number, a call.
    case atom

    /// Whether `left` binds less tightly than `right`.
    ///
    /// - Parameters:
    ///   - left: A binding.
    ///   - right: Another.
    /// - Returns: Whether `left` binds less tightly.
    public static func < (left: Binding, right: Binding) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// A formula in one of the two notations.
  struct Piece: Sendable, Hashable {
    var string: String
    var binding: Binding
    /// The base as it stands before an exponent, and the exponent, of a whole power.
    var wholePower: WholePower?

    var startsWithMinus: Bool { string.hasPrefix("-") }
  }

  struct WholePower: Sendable, Hashable {
    let base: String
    let exponent: Int
  }

  /// The signs that differ between the notations.
  struct Markup: Sendable, Equatable {
    let open: String
    let close: String
    let times: String

    static let plain = Markup(open: "(", close: ")", times: " * ")
    static let latex = Markup(open: "\\left(", close: "\\right)", times: " \\cdot ")

    func parenthesize(_ piece: Piece, if needed: Bool) -> String {
      needed ? open + piece.string + close : piece.string
    }
  }

  let textPiece: Piece
  let latexPiece: Piece

  /// The formula as plain text, such as `sigmoid(gelu(x)) * gelu(x)`.
  public var text: String { textPiece.string }

  /// The formula in LaTeX math mode.
  public var latex: String { latexPiece.string }

  /// The input of the activation function, `x`.
  public static let input = symbol("x", latex: "x")

  /// Returns a name or anything else that never needs parentheses.
  ///
  /// - Parameters:
  ///   - text: The plain text.
  ///   - latex: The LaTeX.
  ///   - latexBinding: How tightly the LaTeX form binds.
  /// - Returns: The formula.
  public static func symbol(
    _ text: String, latex: String, latexBinding: Binding = .atom
  ) -> Notation {
    Notation(
      textPiece: Piece(string: text, binding: .atom),
      latexPiece: Piece(string: latex, binding: latexBinding))
  }

  /// Returns a number with six significant digits.
  ///
  /// - Parameter value: The number.
  /// - Returns: The formula, such as `-0.25` or `1e-08`.
  public static func number(_ value: Double) -> Notation {
    number(written: String(format: "%.6g", value == 0 ? 0 : value))
  }

  /// Returns a number with the digits that it takes to read it back exactly.
  ///
  /// - Parameter value: The number.
  /// - Returns: The formula, such as `-0.21351800397530563`.
  public static func exactNumber(_ value: Double) -> Notation { number(written: "\(value)") }

  private static func number(written text: String) -> Notation {
    let sign: Binding = text.hasPrefix("-") ? .sign : .atom
    let parts = text.split(separator: "e", maxSplits: 1)
    guard parts.count == 2, let exponent = Int(parts[1]) else {
      let piece = Piece(string: text, binding: sign)
      return Notation(textPiece: piece, latexPiece: piece)
    }
    return Notation(
      textPiece: Piece(string: text, binding: sign),
      latexPiece: Piece(string: "\(parts[0]) \\cdot 10^{\(exponent)}", binding: .product))
  }

  /// Returns the LaTeX of an upright function name, such as `\operatorname{GELU}`.
  ///
  /// - Parameter name: The name; underscores are escaped.
  /// - Returns: The LaTeX.
  public static func operatorName(_ name: String) -> String {
    "\\operatorname{\(name.replacingOccurrences(of: "_", with: "\\_"))}"
  }

  /// Returns `name(first, second, …)`.
  ///
  /// - Parameters:
  ///   - name: The function's name in plain text.
  ///   - latex: The function's name in LaTeX.
  ///   - arguments: The arguments in order.
  /// - Returns: The formula.
  public static func call(_ name: String, latex: String, _ arguments: [Notation]) -> Notation {
    let text = arguments.map(\.text).joined(separator: ", ")
    let list = arguments.map(\.latex).joined(separator: ", ")
    return symbol("\(name)(\(text))", latex: "\(latex)\\left(\(list)\\right)")
  }

  /// Returns `base^exponent`; a power of a power is one power.
  ///
  /// - Parameters:
  ///   - base: The base.
  ///   - exponent: The exponent, a positive integer.
  /// - Returns: The formula.
  public static func power(_ base: Notation, _ exponent: Int) -> Notation {
    base.map { piece, markup in
      let inner = piece.wholePower?.base ?? markup.parenthesize(piece, if: piece.binding < .atom)
      let whole = exponent * (piece.wholePower?.exponent ?? 1)
      let written = markup == .latex && whole > 9 ? "{\(whole)}" : "\(whole)"
      return Piece(
        string: "\(inner)^\(written)", binding: .power,
        wholePower: WholePower(base: inner, exponent: whole))
    }
  }

  /// Returns `base^exponent`.
  ///
  /// - Parameters:
  ///   - base: The base.
  ///   - exponent: The exponent, any formula.
  /// - Returns: The formula.
  public static func power(_ base: Notation, _ exponent: Notation) -> Notation {
    let inner = Markup.plain.parenthesize(base.textPiece, if: base.textPiece.binding < .atom)
    let outer = Markup.plain.parenthesize(
      exponent.textPiece, if: exponent.textPiece.binding < .atom)
    let latex = Markup.latex.parenthesize(base.latexPiece, if: base.latexPiece.binding < .atom)
    return Notation(
      textPiece: Piece(string: "\(inner)^\(outer)", binding: .power),
      latexPiece: Piece(string: "\(latex)^{\(exponent.latex)}", binding: .power))
  }

  /// Returns `left / right`.
  ///
  /// - Parameters:
  ///   - left: The numerator.
  ///   - right: The denominator.
  /// - Returns: The formula.
  public static func quotient(_ left: Notation, _ right: Notation) -> Notation {
    let (a, b) = (left.textPiece, right.textPiece)
    let first = Markup.plain.parenthesize(a, if: a.binding == .sum)
    let second = Markup.plain.parenthesize(b, if: b.binding <= .product || b.startsWithMinus)
    return Notation(
      textPiece: Piece(string: "\(first) / \(second)", binding: .product),
      latexPiece: Piece(string: "\\frac{\(left.latex)}{\(right.latex)}", binding: .atom))
  }

  /// Returns `-operand`.
  ///
  /// - Parameter operand: What is negated.
  /// - Returns: The formula.
  public static func negation(_ operand: Notation) -> Notation {
    operand.map { piece, markup in
      let needed = piece.binding == .sum || piece.startsWithMinus
      // Minus a product is a product whose first factor is negated: the same number.
      let binding: Binding = !needed && piece.binding == .product ? .product : .sign
      return Piece(string: "-" + markup.parenthesize(piece, if: needed), binding: binding)
    }
  }

  /// Returns `left + right`, or `left - number` where `right` is a negative number.
  ///
  /// - Parameters:
  ///   - left: The first summand.
  ///   - right: The second summand.
  /// - Returns: The formula.
  public static func sum(_ left: Notation, _ right: Notation) -> Notation {
    combine(left, right) { left, right, markup in
      if right.startsWithMinus, Double(right.string) != nil {
        return Piece(string: "\(left.string) - \(right.string.dropFirst())", binding: .sum)
      }
      let inner = markup.parenthesize(right, if: right.startsWithMinus)
      return Piece(string: "\(left.string) + \(inner)", binding: .sum)
    }
  }

  /// Returns `left - right`.
  ///
  /// - Parameters:
  ///   - left: The minuend.
  ///   - right: The subtrahend.
  /// - Returns: The formula.
  public static func difference(_ left: Notation, _ right: Notation) -> Notation {
    combine(left, right) { left, right, markup in
      let needed = right.binding == .sum || right.startsWithMinus
      let inner = markup.parenthesize(right, if: needed)
      return Piece(string: "\(left.string) - \(inner)", binding: .sum)
    }
  }

  /// Returns `left * right`.
  ///
  /// - Parameters:
  ///   - left: The first factor.
  ///   - right: The second factor.
  /// - Returns: The formula.
  public static func product(_ left: Notation, _ right: Notation) -> Notation {
    combine(left, right) { left, right, markup in
      let first = markup.parenthesize(left, if: left.binding == .sum)
      let needed = right.binding == .sum || right.startsWithMinus
      let second = markup.parenthesize(right, if: needed)
      return Piece(string: first + markup.times + second, binding: .product)
    }
  }

  private func map(_ transform: (Piece, Markup) -> Piece) -> Notation {
    Notation(
      textPiece: transform(textPiece, .plain), latexPiece: transform(latexPiece, .latex))
  }

  private static func combine(
    _ left: Notation, _ right: Notation, _ transform: (Piece, Piece, Markup) -> Piece
  ) -> Notation {
    Notation(
      textPiece: transform(left.textPiece, right.textPiece, .plain),
      latexPiece: transform(left.latexPiece, right.latexPiece, .latex))
  }
}
