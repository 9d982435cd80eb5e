/// A function or an initializer, as far as its list of parameters.
struct Declaration {
  /// Its name; `init` of an initializer.
  let name: String

  /// The line on which it begins, from 1.
  let line: Int

  /// The number of its parameters.
  let parameters: Int
}

/// Finds the functions and initializers that a Swift source declares.
///
/// - Parameter source: The text of a file.
/// - Returns: The declarations in their order.
func declarations(in source: String) -> [Declaration] {
  let code = codeAlone(source)
  var found: [Declaration] = []
  var line = 1
  var position = 0
  while position < code.count {
    if code[position] == "\n" { line += 1 }
    guard let word = word(at: position, of: code) else {
      position += 1
      continue
    }
    // `.init(…)` is a call.
    let isDeclaration =
      word == "func" || (word == "init" && (position == 0 || code[position - 1] != "."))
    if isDeclaration, let list = code[position...].firstIndex(of: "(") {
      let name = String(code[position..<list]).split(separator: " ").joined(separator: " ")
      found.append(
        Declaration(name: name, line: line, parameters: parameterCount(of: code, from: list)))
    }
    position += word.count
  }
  return found
}

/// The identifier that begins at a position, where one does.
private func word(at position: Int, of code: [Character]) -> String? {
  func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "`"
  }
  guard isPart(code[position]) else { return nil }
  return String(code[position...].prefix(while: isPart))
}

/// The number of parameters in a list.
///
/// - Parameters:
///   - code: A source without comments and texts.
///   - start: Where the list's opening parenthesis stands.
/// - Returns: The number, 0 for an empty list.
private func parameterCount(of code: [Character], from start: Int) -> Int {
  var depth = 0
  var angles = 0
  var count = 0
  var isInParameter = false
  for position in start..<code.count {
    let character = code[position]
    let previous = position > 0 ? code[position - 1] : " "
    switch character {
    case "(", "[", "{":
      isInParameter = isInParameter || depth > 0
      depth += 1
    case ")", "]", "}":
      depth -= 1
      if depth == 0 { return count + (isInParameter ? 1 : 0) }
    // After a name it opens generic arguments; after a space it compares.
    case "<" where previous.isLetter || previous.isNumber: angles += 1
    case ">" where angles > 0 && previous != "-": angles -= 1
    case "," where depth == 1 && angles == 0:
      count += 1
      isInParameter = false
    default: isInParameter = isInParameter || !character.isWhitespace
    }
  }
  return count
}
