extension Export {
  /// C99: each function and its derivative in double precision, and for floats.
  var c: String {
    let code = functions.map { ($0, $0.code) }
    let roots = code.flatMap { [$0.1.value, $0.1.derivative] }
    let helpers = HelperOrder.helpers(calledBy: roots)
    let elementary = HelperOrder.elementary(in: roots, helpers)
    let dialect = Dialect.c
    let taken = Set(helpers.map(\.name))
    var lines = ["/*"] + comment(for: .c).map { $0.isEmpty ? " *" : " * \($0)" } + [" */"]
    lines += ["#include <float.h>", "#include <math.h>", ""]
    for (function, _) in code {
      lines += Self.signatures(function.name).map { "\($0);" }
    }
    lines += Self.bessel(elementary)
    for helper in helpers {
      lines.append("")
      lines += dialect.definition(of: helper)
    }
    for (function, code) in code {
      let name = function.name
      let value = CodePrinter.body(code.value, parameters: ["x"], dialect: dialect, taken: taken)
      let slope = CodePrinter.body(
        code.derivative, parameters: ["x"], dialect: dialect, taken: taken)
      lines.append("")
      lines += dialect.definition(
        name, ["x"], function.formula, value.statements, value.result, isExtern: true)
      lines.append("")
      lines += dialect.definition(
        "\(name)_derivative", ["x"], nil, slope.statements, slope.result, isExtern: true)
      let signatures = Self.signatures(name)
      lines += [
        "", "/* For floats, computed in double precision. */", "\(signatures[2]) {",
        "  return (float)\(name)(x);", "}", "", "\(signatures[3]) {",
        "  double slope = \(name)_derivative(x);",
        "  return (float)(slope > FLT_MAX ? FLT_MAX : (slope < -FLT_MAX ? -FLT_MAX : slope));", "}",
      ]
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static func signatures(_ name: String) -> [String] {
    [
      "double \(name)(double x)", "double \(name)_derivative(double x)",
      "float \(name)_float(float x)", "float \(name)_derivative_float(float x)",
    ]
  }

  /// The Bessel functions that are needed, summed from the last term of their series on.
  private static func bessel(_ needed: Set<ElementaryFunction>) -> [String] {
    let orders = [ElementaryFunction.besselI0e, .besselI1e].enumerated().filter {
      needed.contains($1)
    }
    guard !orders.isEmpty else { return [] }
    return [""] + bessel
      + orders.flatMap { order, _ in
        ["", "static double bessel_i\(order)e(double x) { return bessel(x, \(order)); }"]
      }
  }

  private static let bessel = """
    /* e^-|x| I_n(x), n = 0 or 1: the power series below 20, the asymptotic series above. */
    static double bessel(double x, int n) {
      double m = fabs(x), sum = 1.0;
      if (m < 20.0) {
        for (int k = 60; k > 0; k--) sum = 1.0 + 0.25 * m * m / (k * (k + n)) * sum;
        return exp(-m) * (n == 0 ? 1.0 : 0.5 * x) * sum;
      }
      for (int k = 40; k > 0; k--) {
        sum = 1.0 + ((2 * k - 1) * (2 * k - 1) - 4 * n) / (8 * k * m) * sum;
      }
      return (n == 1 && x < 0.0 ? -sum : sum) / sqrt(6.283185307179586 * m);
    }
    """.split(separator: "\n").map(String.init)
}

extension Dialect {
  /// C99 in double precision.
  static var c: Dialect {
    var functions = scalarFunctions
    functions[.absolute] = "fabs"
    functions[.besselI0e] = "bessel_i0e"
    functions[.besselI1e] = "bessel_i1e"
    return Dialect(
      functions: functions, helperName: { $0.name }, select: nil, fill: nil,
      largest: { _ in "DBL_MAX" },
      special: { $0.isNaN ? "NAN" : $0 > 0 ? "INFINITY" : "-INFINITY" },
      binding: { "double \($0) = \($1);" },
      definition: { name, parameters, comment, statements, result in
        let list = parameters.map { "double \($0)" }.joined(separator: ", ")
        return (comment.map { ["/* \($0) */"] } ?? [])
          + ["static double \(name)(\(list)) {"] + statements.map { "  \($0)" }
          + ["  return \(result);", "}"]
      })
  }

  fileprivate func definition(
    _ name: String, _ parameters: [String], _ comment: String?, _ statements: [String],
    _ result: String, isExtern: Bool
  ) -> [String] {
    // A constant function does not look at its argument.
    let isUsed = (statements + [result]).contains { $0.contains(/\bx\b/) }
    let all = (isUsed ? [] : ["(void)x;"]) + statements
    return definition(name, parameters, comment, all, result).map {
      $0.hasPrefix("static ") ? String($0.dropFirst(7)) : $0
    }
  }

  /// The names that C and Swift share.
  static let scalarFunctions: [ElementaryFunction: String] = [
    .squareRoot: "sqrt", .round: "rint", .power: "pow",
  ]

  /// The definition of a function of the code.
  func definition(of helper: Helper) -> [String] {
    let body = CodePrinter.body(
      helper.body(in: TermPool()), parameters: helper.parameters,
      scalarParameters: helper.scalarParameters, dialect: self)
    return definition(
      helperName(helper), helper.parameters, helper.comment, body.statements, body.result)
  }
}
