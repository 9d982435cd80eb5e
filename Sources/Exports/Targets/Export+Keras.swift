extension Export {
  /// Keras 3, with any of its back ends: a function with its own derivative for each.
  var keras: String {
    let code = ArrayCode(functions, .keras)
    var lines =
      pythonComment(for: .keras) + [
        "#", "# keras.layers.Dense(64, activation=\(functions[0].name))", "",
        "import keras", "from keras import ops",
      ]
    let needsLargest = code.helpers.contains { $0.contains("ml_dtypes") }
    if needsLargest { lines.append("import ml_dtypes") }
    lines += ["", ""] + code.bessel("ops") + Self.erfc(code.elementary) + code.helpers
    lines += Self.halfPrecision + Self.withGradient
    for (index, function) in functions.enumerated() {
      let name = function.name
      lines += ["def _\(name)_derivative(given):", "    x = _wide(given)"]
      lines += ArrayCode.indented(code.derivative(index))
      lines += ["    return _rounded_slope(y, given)"]
      lines += ["", "", "@_with_gradient", "def _\(name)(given):"]
      lines += [
        "    def gradient(*arguments, upstream=None):",
        "        upstream = arguments[0] if upstream is None else upstream",
        "        return upstream * _\(name)_derivative(given)", "",
        "    x = _wide(given)",
      ]
      lines += ArrayCode.indented(code.value(index))
      lines += ["    return _rounded(y, given), gradient"]
      lines += [
        "", "", "@keras.saving.register_keras_serializable(package=\"grafs\")",
        "def \(name)(x):", "    \"\"\"\(function.formula)\"\"\"",
        "    return _\(name)(ops.convert_to_tensor(x))",
      ]
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static let halfPrecision =
    """
    _largest = {"float16": 65504.0, "bfloat16": 3.3895313892515355e38}


    def _wide(x):
        \(ArrayCode.whyWide)
        return ops.cast(x, "float32") if _is_half(x) else x


    def _is_half(x):
        return keras.backend.standardize_dtype(x.dtype) in _largest


    def _rounded(y, given):
        return ops.cast(y, given.dtype) if _is_half(given) else y


    def _rounded_slope(y, given):
        # What is finite stays finite.
        if not _is_half(given):
            return y
        largest = _largest[keras.backend.standardize_dtype(given.dtype)]
        return ops.cast(ops.clip(y, -largest, largest), given.dtype)
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["", ""]

  private static let withGradient =
    """
    def _with_gradient(function):
        if keras.backend.backend() == "numpy":  # which has no gradients
            return lambda x: function(x)[0]
        return ops.custom_gradient(function)
    """.split(separator: "\n").map(String.init) + ["", ""]

  /// erfc, which Keras has from 3.15 on: t·exp(−x² + P(t)), t = 2/(2 + |x|), to 3e−15 of it
  /// within ±6.
  ///
  /// The form is that of Press et al., "Numerical Recipes"; P interpolates ln(erfc(x)/t) + x² at
  /// 120 Chebyshev points, in 50 digits, and its series ends where terms are below 1e−17.
  private static func erfc(_ needed: Set<ElementaryFunction>) -> [String] {
    guard needed.contains(.erfc) else { return [] }
    let lines = stride(from: 0, to: erfcCoefficients.count, by: 3).map { start in
      "        "
        + erfcCoefficients[start..<min(start + 3, erfcCoefficients.count)].map { "\($0)," }
        .joined(separator: " ")
    }
    let body = """
          )
          t = 2.0 / (2.0 + ops.abs(x))
          u = 2.0 * t - 1.0
          last, total = 0.0, 0.0
          for coefficient in coefficients:
              last, total = total, coefficient + 2.0 * u * total - last
          tail = t * ops.exp(total - u * last - x * x)
          return ops.where(x < 0.0, 2.0 - tail, tail)
      """
    return [
      "def _erfc(x):",
      "    # A Chebyshev series, last term first: Keras has no erfc before 3.15.",
      "    coefficients = (",
    ] + lines + body.split(separator: "\n").map(String.init) + ["", ""]
  }

  /// The coefficients of P's Chebyshev series, highest degree first.
  private static let erfcCoefficients = [
    -2.816663087747177e-17, 1.210237189224279e-16, -9.457494571291233e-17,
    -1.5230282014571043e-15, 7.106097613609237e-15, 3.810905255189232e-16,
    -1.1270822361367252e-13, 3.130921399342958e-13, 8.944879273090725e-13, -6.886027526497553e-12,
    2.3940380830391146e-12, 9.646791102015527e-11, -2.273651222931836e-10, -9.91364156493033e-10,
    5.059343495551469e-09, 6.5290544390988515e-09, -8.523809591492654e-08, 1.5626441722066142e-08,
    1.3036558355805232e-06, -1.6242900046470256e-06, -2.0278578112534242e-05,
    4.252332480690777e-05, 0.00036683949785276145, -0.0009465953444820369, -0.009561514786808632,
    0.019476473204185836, 0.6419697923564902, -0.6513268598908547,
  ]
}

extension Dialect {
  /// Keras 3's operations.
  static var keras: Dialect {
    .arrays(
      "ops",
      [
        .erf: "ops.erf", .erfc: "_erfc", .besselI0e: "_bessel_i0e",
        .besselI1e: "_bessel_i1e",
      ]
    ) { "float(ml_dtypes.finfo(keras.backend.standardize_dtype(\($0).dtype)).max)" }
  }
}
