extension Export {
  /// Keras 3, with any of its backends: a function with its own derivative for each.
  var keras: String {
    let code = ArrayCode(functions, .keras)
    var lines =
      pythonComment + [
        "#", "# keras.layers.Dense(64, activation=\(functions[0].name))", "",
        "import keras", "from keras import ops",
      ]
    let needsLargest = code.helpers.contains { $0.contains("ml_dtypes") }
    if needsLargest { lines.append("import ml_dtypes") }
    lines += ["", ""] + code.bessel("ops") + code.helpers
    for (index, function) in functions.enumerated() {
      let name = function.name
      lines += ["def _\(name)_derivative(x):"] + ArrayCode.indented(code.derivative(index))
      lines += ["", "", "@ops.custom_gradient", "def _\(name)(x):"]
      lines += [
        "    def gradient(*arguments, upstream=None):",
        "        upstream = arguments[0] if upstream is None else upstream",
        "        return upstream * _\(name)_derivative(x)", "",
      ]
      let body = code.value(index)
      lines += ArrayCode.indented(body.dropLast())
      lines += ["    \(body[body.count - 1]), gradient"]
      lines += [
        "", "", "@keras.saving.register_keras_serializable(package=\"grafs\")",
        "def \(name)(x):", "    \"\"\"\(function.formula)\"\"\"",
        "    return _\(name)(ops.convert_to_tensor(x))",
      ]
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }
}

extension Dialect {
  /// Keras 3's operations.
  static var keras: Dialect {
    .arrays(
      "ops",
      [
        .erf: "ops.erf", .erfc: "ops.erfc", .besselI0e: "_bessel_i0e", .besselI1e: "_bessel_i1e",
      ]
    ) { "float(ml_dtypes.finfo(keras.backend.standardize_dtype(\($0).dtype)).max)" }
  }
}
