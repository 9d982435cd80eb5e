/// Names that can stand in the code of every target.
enum Identifier {
  /// Checks a name.
  ///
  /// - Parameter name: The name of a function.
  /// - Throws: `ExportError` if it is no identifier, or has a meaning already.
  static func check(_ name: String) throws(ExportError) {
    guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil else {
      throw .noIdentifier(name, suggestion: suggestion(for: name))
    }
    let lower = name.lowercased()
    let own = Helper.names.flatMap { [$0, Dialect.camelCase($0)] }
    if words.contains(lower) || own.contains(name) { throw .reservedName(name) }
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
    return first.isLetter ? word : "f\(word)"
  }

  /// Keywords of C, Swift and Python, and names that the code takes from their libraries.
  private static let words: Set<String> = {
    let all = """
      and as assert async await break case catch class const continue def default del do \
      double else elif enum except extern extension fallthrough false finally float for from \
      func global goto guard if import in init inline inout int internal is lambda let long \
      nil none nonlocal not operator or pass private protocol public raise register repeat \
      restrict return self short signed sizeof some static struct subscript super switch throw \
      throws true try type typedef typealias union unsigned var void volatile where while with \
      yield x main abs acos acosh asin asinh atan cbrt ceil cos cosh erf erfc exp expm1 fabs \
      fill finite floor fmax fmin fmod gamma j0 j1 jn y0 y1 yn ldexp lgamma log log10 log1p \
      max min nan numpy np pow remainder rint round sign sin sinh sqrt tan tanh torch nn jax \
      jnp keras ops math trunc infinity dbl_max flt_max input output module function
      """
    return Set(all.split(whereSeparator: \.isWhitespace).map(String.init))
  }()
}
