extension Export {
  /// Swift: each function and its derivative in double precision, and for floats.
  var swift: String {
    let code = functions.map { ($0, $0.code) }
    let roots = code.flatMap { [$0.1.value, $0.1.derivative] }
    let helpers = HelperOrder.helpers(calledBy: roots)
    let elementary = HelperOrder.elementary(in: roots, helpers)
    let dialect = Dialect.swift
    let taken = Set(helpers.map(dialect.helperName))
    let first = functions[0].name
    var lines = comment(for: .swift).map { $0.isEmpty ? "//" : "// \($0)" }
    lines += [
      "//", "// let y = \(first)(0.5)", "// let slope = \(first)(derivativeAt: 0.5)",
      "// let values = inputs.map { \(first)($0) as Float }", "", "import Foundation",
    ]
    for (function, code) in code {
      let name = function.name
      let value = CodePrinter.body(code.value, parameters: ["x"], dialect: dialect, taken: taken)
      let slope = CodePrinter.body(
        code.derivative, parameters: ["x"], dialect: dialect, taken: taken)
      lines += ["", "/// \(function.formula)", "public func \(name)(_ x: Double) -> Double {"]
      lines += value.statements.map { "  \($0)" } + ["  return \(value.result)", "}"]
      lines += ["", "/// The derivative of `\(name)`."]
      lines += ["public func \(name)(derivativeAt x: Double) -> Double {"]
      lines += slope.statements.map { "  \($0)" } + ["  return \(slope.result)", "}"]
      lines += [
        "", "/// `\(name)` of a float, computed in double precision.",
        "public func \(name)(_ x: Float) -> Float { Float(\(name)(Double(x))) }", "",
        "/// The derivative of `\(name)`, computed in double precision.",
        "public func \(name)(derivativeAt x: Float) -> Float {",
        "  let limit = Double(Float.greatestFiniteMagnitude)",
        "  let slope = \(name)(derivativeAt: Double(x))",
        "  return Float(slope > limit ? limit : slope < -limit ? -limit : slope)", "}",
      ]
    }
    for helper in helpers {
      lines.append("")
      lines += dialect.definition(of: helper)
    }
    lines += Self.bessel(elementary)
    return lines.map { "\($0)\n" }.joined()
  }

  private static func bessel(_ needed: Set<ElementaryFunction>) -> [String] {
    let orders = [ElementaryFunction.besselI0e, .besselI1e].enumerated().filter {
      needed.contains($1)
    }
    guard !orders.isEmpty else { return [] }
    return [""] + bessel
      + orders.flatMap { order, _ in
        ["", "private func besselI\(order)e(_ x: Double) -> Double { bessel(x, \(order)) }"]
      }
  }

  private static let bessel = """
    /// e^-|x| I_n(x), n = 0 or 1: the power series below 20, the asymptotic series above.
    private func bessel(_ x: Double, _ n: Double) -> Double {
      let m = abs(x)
      var sum = 1.0
      if m < 20 {
        for k in stride(from: 60.0, to: 0, by: -1) { sum = 1 + 0.25 * m * m / (k * (k + n)) * sum }
        return exp(-m) * (n == 0 ? 1 : 0.5 * x) * sum
      }
      for k in stride(from: 40.0, to: 0, by: -1) {
        let odd = (2 * k - 1) * (2 * k - 1)
        sum = 1 + (odd - 4 * n) / (8 * k * m) * sum
      }
      return (n == 1 && x < 0 ? -sum : sum) / (2 * Double.pi * m).squareRoot()
    }
    """.split(separator: "\n").map(String.init)
}

extension Dialect {
  /// Swift with Foundation's functions, in double precision.
  static var swift: Dialect {
    var functions = scalarFunctions
    functions[.absolute] = "abs"
    functions[.besselI0e] = "besselI0e"
    functions[.besselI1e] = "besselI1e"
    return Dialect(
      functions: functions, helperName: { camelCase($0.name) }, select: nil, fill: nil,
      largest: { _ in "Double.greatestFiniteMagnitude" },
      special: { $0.isNaN ? "Double.nan" : $0 > 0 ? "Double.infinity" : "-Double.infinity" },
      binding: { "let \($0) = \($1)" },
      definition: { name, parameters, comment, statements, result in
        let list = parameters.map { "_ \($0): Double" }.joined(separator: ", ")
        return (comment.map { ["/// \($0)"] } ?? [])
          + ["private func \(name)(\(list)) -> Double {"] + statements.map { "  \($0)" }
          + ["  return \(result)", "}"]
      })
  }
}
