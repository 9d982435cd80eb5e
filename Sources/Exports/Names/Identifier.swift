/// Names that can stand in code: a letter, then letters, digits and underscores.
enum Identifier {
  /// Checks a name.
  ///
  /// - Parameter name: The name of a function.
  /// - Throws: `ExportError.noIdentifier`, with a name like it.
  static func check(_ name: String) throws(ExportError) {
    guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil else {
      throw .noIdentifier(name, suggestion: suggestion(for: name))
    }
  }

  /// The class of a function: `my_function` as `MyFunction`.
  static func typeName(_ name: String) -> String {
    let joined = Dialect.camelCase(name)
    let type = joined.prefix(1).uppercased() + joined.dropFirst()
    return type == name ? name + "Module" : type
  }

  private static func suggestion(for name: String) -> String {
    let letters = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    let word = String(letters).split(separator: "_").joined(separator: "_")
    guard let first = word.first else { return "activation" }
    // A name of one letter is that of an argument in most code.
    if word.count == 1 { return "my_\(word)" }
    return first.isLetter ? word : "f\(word)"
  }
}
