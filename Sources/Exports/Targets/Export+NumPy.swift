extension Export {
  /// Python with NumPy: each function and its derivative, of numbers and arrays.
  var python: String {
    let code = ArrayCode(functions, .numpy)
    var lines = pythonComment(for: .python) + [""]
    let needsErf = !code.elementary.isDisjoint(with: [.erf, .erfc])
    lines += (needsErf ? ["import math", ""] : []) + ["import numpy as np", "", ""]
    if needsErf {
      lines += [
        "# NumPy has no error functions; scipy.special's erf and erfc are faster."
      ]
      for name in [ElementaryFunction.erf, .erfc] where code.elementary.contains(name) {
        lines.append("_\(name.rawValue) = np.vectorize(math.\(name.rawValue), otypes=[float])")
      }
      lines += ["", ""]
    }
    lines += code.bessel("np") + code.helpers
    for (index, function) in functions.enumerated() {
      lines += define(function.name, function.formula, code.value(index), [])
      lines += ["", ""]
      lines += define(
        "\(function.name)_derivative", "The derivative of \(function.name).",
        code.derivative(index), Self.roundedSlope)
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  /// Computes in the argument's precision, at least single; what overflows is infinite without a
  /// warning.
  private func define(
    _ name: String, _ title: String, _ body: [String], _ end: [String]
  ) -> [String] {
    [
      "def \(name)(x):", "    \"\"\"\(title)\"\"\"", "    given = np.asarray(x)",
      "    given = given if given.dtype.kind == \"f\" else given.astype(float)",
      "    \(ArrayCode.whyWide)",
      "    x = given.astype(np.promote_types(given.dtype, np.float32))",
      "    with np.errstate(all=\"ignore\"):",
    ] + ArrayCode.indented(body + end + ["return y.astype(given.dtype)[()]"], by: 8)
  }

  private static let roundedSlope = [
    "if given.dtype == np.float16:  # what is finite stays finite",
    "    y = np.clip(y, -65504.0, 65504.0)",
  ]
}

extension Dialect {
  /// NumPy.
  static var numpy: Dialect {
    .arrays(
      "np",
      [
        .erf: "_erf", .erfc: "_erfc", .besselI0e: "_bessel_i0e", .besselI1e: "_bessel_i1e",
      ]
    ) { "np.finfo(\($0).dtype).max" }
  }
}
