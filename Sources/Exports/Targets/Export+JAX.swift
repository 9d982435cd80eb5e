extension Export {
  /// JAX: a function with its own derivative for each.
  var jax: String {
    let code = ArrayCode(functions, .jax)
    let special = code.elementary.intersection([.erf, .erfc, .besselI0e, .besselI1e])
    var lines = pythonComment(for: .jax) + ["", "import jax", "import jax.numpy as jnp"]
    lines += (special.isEmpty ? [] : ["from jax.scipy import special"]) + ["", ""]
    lines += code.helpers + Self.halfPrecision
    for (index, function) in functions.enumerated() {
      let name = function.name
      lines += ["@jax.custom_jvp", "def \(name)(x):", "    \"\"\"\(function.formula)\"\"\""]
      lines += Self.argument + ArrayCode.indented(code.value(index))
      lines += [
        "    return y.astype(given.dtype)", "", "", "def \(name)_derivative(x):",
        "    \"\"\"The derivative: finite where parts of the formula overflow.\"\"\"",
      ]
      lines += Self.argument + ArrayCode.indented(code.derivative(index))
      lines += [
        "    return _rounded_slope(y, given)", "", "", "@\(name).defjvp",
        "def _\(name)_jvp(primals, tangents):",
        "    (x,), (dx,) = primals, tangents", "    return \(name)(x), \(name)_derivative(x) * dx",
      ]
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static let argument = [
    "    given = jnp.asarray(x, dtype=jnp.result_type(x, float))", "    x = _wide(given)",
  ]

  private static let halfPrecision =
    """
    def _wide(x):
        \(ArrayCode.whyWide)
        return x.astype(jnp.promote_types(x.dtype, jnp.float32))


    def _rounded_slope(y, given):
        # What is finite stays finite.
        if jnp.finfo(given.dtype).bits >= 32:
            return y
        largest = float(jnp.finfo(given.dtype).max)
        return jnp.clip(y, -largest, largest).astype(given.dtype)
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["", ""]
}

extension Dialect {
  /// JAX.
  static var jax: Dialect {
    .arrays(
      "jnp",
      [
        .erf: "special.erf", .erfc: "special.erfc", .besselI0e: "special.i0e",
        .besselI1e: "special.i1e",
      ]
    ) { "jnp.finfo(\($0).dtype).max" }
  }
}
