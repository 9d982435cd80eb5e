/// Blanks comments and texts of a Swift source.
///
/// - Parameter source: The text of a file.
/// - Returns: The code alone; lines and columns are kept.
func codeAlone(_ source: String) -> [Character] {
  var blanker = Blanker(source)
  blanker.code(until: nil)
  return blanker.characters
}

/// Walks through a source once, and blanks what is no code.
private struct Blanker {
  /// The source; comments and texts become blank on the way.
  var characters: [Character]
  private var position = 0

  init(_ source: String) { characters = Array(source) }

  /// Passes code: to the end, or behind the parenthesis that ends an interpolation.
  mutating func code(until end: Character?) {
    var depth = 0
    while position < characters.count {
      if isAt("//") {
        while position < characters.count, characters[position] != "\n" { blank() }
      } else if isAt("/*") {
        comment()
      } else if let marks = textMarks() {
        text(marks: marks)
      } else {
        let character = characters[position]
        position += 1
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if character == end, depth < 0 { return }
      }
    }
  }

  /// Blanks a comment between `/*` and `*/`, which may hold others.
  private mutating func comment() {
    var depth = 0
    while position < characters.count {
      let step = isAt("/*") ? 1 : isAt("*/") ? -1 : 0
      depth += step
      blank(step == 0 ? 1 : 2)
      if depth == 0 { return }
    }
  }

  /// The number of `#` before a quotation mark, where a text begins here.
  private func textMarks() -> Int? {
    let marks = characters[position...].prefix { $0 == "#" }.count
    return position + marks < characters.count && characters[position + marks] == "\""
      ? marks : nil
  }

  /// Blanks a text with its interpolations.
  private mutating func text(marks: Int) {
    let hashes = String(repeating: "#", count: marks)
    blank(marks)
    let quote = isAt("\"\"\"") ? "\"\"\"" : "\""
    blank(quote.count)
    while position < characters.count {
      if isAt(quote + hashes) { return blank(quote.count + marks) }
      if isAt("\\" + hashes + "(") {
        blank(marks + 2)
        let start = position
        code(until: ")")
        for index in start..<position where characters[index] != "\n" { characters[index] = " " }
      } else if isAt("\\" + hashes) {
        blank(marks + 2)
      } else if quote.count == 1, characters[position] == "\n" {
        return
      } else {
        blank()
      }
    }
  }

  private func isAt(_ text: String) -> Bool { characters[position...].starts(with: text) }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where position < characters.count {
      if characters[position] != "\n" { characters[position] = " " }
      position += 1
    }
  }
}
