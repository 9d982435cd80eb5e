extension Notation {
  /// A scalar that is learned, not yet numbered: a character for private use.
  static let openScalar = symbol("\u{E000}", latex: "\u{E000}")

  /// The formula with the scalars that are learned called `β`, or `β1`, `β2` and so on.
  var withNumberedScalars: Notation {
    Notation(
      textPiece: textPiece.numbered { $0.map { "β\($0)" } ?? "β" },
      latexPiece: latexPiece.numbered { $0.map { "\\beta_{\($0)}" } ?? "\\beta" })
  }
}

extension Notation.Piece {
  /// The piece with its scalars named by their number, of the only one by nil.
  fileprivate func numbered(_ name: (Int?) -> String) -> Notation.Piece {
    let count = string.count { $0 == "\u{E000}" }
    guard count > 0 else { return self }
    var number = 0
    var result = self
    result.string = string.reduce(into: "") { text, character in
      guard character == "\u{E000}" else { return text.append(character) }
      number += 1
      text += name(count == 1 ? nil : number)
    }
    return result
  }
}
