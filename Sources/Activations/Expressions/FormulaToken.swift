/// A word of a formula: a number, a name, or one sign.
struct FormulaToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case name
    case sign(Character)
    case end
  }

  let kind: Kind

  /// As it is written; empty at the end.
  let text: String

  /// Where it begins, in characters from 1.
  let column: Int

  /// The signs that mean others, as papers and keyboards have them.
  private static let synonyms: [Character: Character] = [
    "·": "*", "∙": "*", "⋅": "*", "×": "*", "÷": "/", "−": "-", "–": "-",
  ]

  private static let superscripts: [Character: Double] = [
    "⁰": 0, "¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9,
  ]

  /// Splits a text into words, the last of which is the end.
  ///
  /// - Parameter text: The formula.
  /// - Returns: The words.
  /// - Throws: `ActivationExpressionError` at a number beyond the range of double precision, or
  ///   so near 0 that it would be 0.
  static func tokens(of text: String) throws(ActivationExpressionError) -> [FormulaToken] {
    let characters = Array(text)
    var tokens: [FormulaToken] = []
    var start = 0

    func end(from index: Int, while holds: (Character) -> Bool) -> Int {
      characters[index...].firstIndex { !holds($0) } ?? characters.count
    }
    func hasDigit(at index: Int) -> Bool {
      index < characters.count && isDigit(characters[index])
    }

    while start < characters.count {
      let first = characters[start]
      var next = start + 1
      var kind: Kind?
      if isDigit(first) || (first == "." && hasDigit(at: next)) {
        next = end(from: start, while: isDigit)
        if next < characters.count, characters[next] == "." {
          next = end(from: next + 1, while: isDigit)
        }
        if next < characters.count, "eE".contains(characters[next]) {
          let signed = next + 1 < characters.count && "+-".contains(characters[next + 1])
          let digits = next + (signed ? 2 : 1)
          if hasDigit(at: digits) { next = end(from: digits, while: isDigit) }
        }
        let literal = String(characters[start..<next])
        guard let value = Double("0" + literal), value.isFinite else {
          throw ActivationExpressionError(.numberTooLarge(literal), column: start + 1, text: text)
        }
        let digits = literal.prefix { !"eE".contains($0) }
        guard value != 0 || digits.allSatisfy({ "0.".contains($0) }) else {
          throw ActivationExpressionError(.numberTooSmall(literal), column: start + 1, text: text)
        }
        kind = .number(value)
      } else if first == "_" || first.isLetter {
        next = end(from: start) {
          $0 == "_" || $0.isLetter || isDigit($0) || ("₀"..."₉").contains($0)
        }
        kind = .name
      } else if let exponent = superscripts[first] {
        tokens.append(FormulaToken(kind: .sign("^"), text: String(first), column: start + 1))
        kind = .number(exponent)
      } else if first == "⁻", next < characters.count, let exponent = superscripts[characters[next]]
      {
        next += 1
        tokens.append(FormulaToken(kind: .sign("^"), text: "⁻", column: start + 1))
        kind = .number(-exponent)
      } else if first == "*", next < characters.count, characters[next] == "*" {
        next += 1
        kind = .sign("^")
      } else if !first.isWhitespace {
        kind = .sign(synonyms[first] ?? first)
      }
      if let kind {
        tokens.append(
          FormulaToken(kind: kind, text: String(characters[start..<next]), column: start + 1))
      }
      start = next
    }
    tokens.append(FormulaToken(kind: .end, text: "", column: characters.count + 1))
    return tokens
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
