extension FormulaSyntax {
  /// Whether a name means a scalar that is learned: `β`, `β1`, `gamma2`, `α₃`.
  static func isScalarName(_ name: String) -> Bool {
    name.wholeMatch(of: /(?i)(alpha|beta|gamma|[αβγ])[0-9₀-₉]*/) != nil
  }

  /// The scalars that are learned, in the order in which they are written.
  private var openScalars: [(name: String, column: Int)] {
    if case .open(let name, _) = form { [(name, column)] } else { operands.flatMap(\.openScalars) }
  }

  /// Where the scalars that are learned start, in the order in which they are written.
  var openStarts: [Double?] {
    if case .open(_, let start) = form { [start] } else { operands.flatMap(\.openStarts) }
  }

  /// The first scalar that stands a second time, whichever way it is written; nil where all differ.
  var repeatedScalar: (name: String, column: Int)? {
    var seen: Set<String> = []
    return openScalars.first { !seen.insert(Self.plainScalarName($0.name)).inserted }
  }

  private static func plainScalarName(_ name: String) -> String {
    let letters = [("alpha", "α"), ("beta", "β"), ("gamma", "γ")].reduce(name.lowercased()) {
      $0.replacing($1.0, with: $1.1)
    }
    return String(
      letters.map { character in
        character.wholeNumberValue.map { Character(String($0)) } ?? character
      })
  }

  /// The formula with its scalars called `β`, or `β1`, `β2` and so on, in the order in which they
  /// are written.
  var withNumberedScalars: FormulaSyntax {
    var number = 0
    let isOnly = openScalars.count == 1
    func numbered(_ formula: FormulaSyntax) -> FormulaSyntax {
      guard case .open(_, let start) = formula.form else { return formula.mapOperands(numbered) }
      number += 1
      return .open(isOnly ? "β" : "β\(number)", start: start, column: formula.column)
    }
    return numbered(self)
  }
}
