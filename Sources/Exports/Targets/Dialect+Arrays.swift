extension Dialect {
  /// Python with the functions of a library of arrays.
  ///
  /// - Parameters:
  ///   - module: What stands before the names that these libraries share, such as `np`.
  ///   - functions: Whole names of those that differ.
  ///   - largest: The largest finite number of the type of an argument.
  /// - Returns: The dialect.
  static func arrays(
    _ module: String, _ functions: [ElementaryFunction: String],
    largest: @escaping (_ argument: String) -> String
  ) -> Dialect {
    let shared: [ElementaryFunction: String] = [
      .absolute: "abs", .squareRoot: "sqrt", .round: "round", .exp: "exp", .expm1: "expm1",
      .log: "log", .log1p: "log1p", .sin: "sin", .cos: "cos", .sinh: "sinh", .cosh: "cosh",
      .tanh: "tanh", .asinh: "arcsinh", .atan: "arctan", .power: "power",
    ]
    return Dialect(
      functions: shared.mapValues { "\(module).\($0)" }.merging(functions) { $1 },
      helperName: { "_\($0.name)" },
      select: { "\(module).where(\($0), \($1), \($2))" },
      fill: { "\(module).full_like(\($1), \($0))" },
      largest: largest, special: { "float(\"\($0)\")" },
      binding: { "\($0) = \($1)" },
      definition: { name, parameters, comment, statements, result in
        ["def \(name)(\(parameters.joined(separator: ", "))):"]
          + (comment.map { ["    # \($0)"] } ?? []) + statements.map { "    \($0)" }
          + ["    return \(result)"]
      })
  }
}

/// The part of a Python file that all array libraries have in common.
struct ArrayCode {
  let dialect: Dialect
  /// The functions that the code defines for itself, a blank line behind each.
  let helpers: [String]
  /// What elementary functions occur.
  let elementary: Set<ElementaryFunction>
  private let taken: Set<String>
  private let codes: [FunctionCode]

  init(_ functions: [ExportedFunction], _ dialect: Dialect) {
    self.dialect = dialect
    codes = functions.map(\.code)
    let roots = codes.flatMap { [$0.value, $0.derivative] }
    let called = HelperOrder.helpers(calledBy: roots)
    helpers = called.flatMap { dialect.definition(of: $0) + ["", ""] }
    elementary = HelperOrder.elementary(in: roots, called)
    // Python's helpers begin with an underscore, so no local name meets them.
    taken = ["given", "y"]
  }

  /// The statements that compute a function's value at `x` as `y`.
  func value(_ index: Int) -> [String] { body(codes[index].value) }

  /// The statements that compute its derivative at `x` as `y`.
  func derivative(_ index: Int) -> [String] { body(codes[index].derivative) }

  private func body(_ term: Term) -> [String] {
    let body = CodePrinter.body(term, parameters: ["x"], dialect: dialect, taken: taken)
    return body.statements + ["y = \(body.result)"]
  }

  /// A comment, the same in all libraries, on the function that widens an argument.
  static let whyWide = "# Half precision is computed in single and rounded once."

  /// e^−|x|·Iₙ(x) for libraries without it, by fixed numbers of terms.
  func bessel(_ module: String) -> [String] {
    let orders = [ElementaryFunction.besselI0e, .besselI1e].enumerated().filter {
      elementary.contains($1)
    }
    guard !orders.isEmpty else { return [] }
    let shared = """
      def _bessel(x, n):
          # e^-|x| I_n(x), n = 0 or 1: the power series below 20, the asymptotic series above.
          m = \(module).abs(x)
          near = \(module).where(m < 20.0, m, 20.0)
          far = \(module).where(m < 20.0, 20.0, m)
          below, above = 1.0, 1.0
          for k in range(60, 0, -1):
              below = 1.0 + 0.25 * near * near / (k * (k + n)) * below
          for k in range(40, 0, -1):
              above = 1.0 + ((2 * k - 1) ** 2 - 4 * n) / (8 * k * far) * above
          below = \(module).exp(-near) * (0.5 * near) ** n * below
          above = above / \(module).sqrt(6.283185307179586 * far)
          value = \(module).where(m < 20.0, below, above)
          return value if n == 0 else \(module).where(x < 0.0, -value, value)
      """
    return shared.split(separator: "\n").map(String.init) + ["", ""]
      + orders.flatMap { order, _ in
        ["def _bessel_i\(order)e(x):", "    return _bessel(x, \(order))", "", ""]
      }
  }

  /// Lines with a deeper indentation.
  static func indented(_ lines: [String], by spaces: Int = 4) -> [String] {
    lines.map { $0.isEmpty ? "" : String(repeating: " ", count: spaces) + $0 }
  }
}

extension Export {
  /// The comment above Python code.
  func pythonComment(for target: ExportTarget) -> [String] {
    comment(for: target).map { $0.isEmpty ? "#" : "# \($0)" }
  }
}
