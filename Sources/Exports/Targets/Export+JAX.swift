extension Export {
  /// JAX: a function with its own derivative for each.
  var jax: String {
    let code = ArrayCode(functions, .jax)
    let special = code.elementary.intersection([.erf, .erfc, .besselI0e, .besselI1e])
    var lines = pythonComment(for: .jax) + ["", "import jax", "import jax.numpy as jnp"]
    lines += (special.isEmpty ? [] : ["from jax.scipy import special"]) + ["", ""] + code.helpers
    for (index, function) in functions.enumerated() {
      let name = function.name
      lines += ["@jax.custom_jvp", "def \(name)(x):", "    \"\"\"\(function.formula)\"\"\""]
      lines += ["    x = jnp.asarray(x, dtype=jnp.result_type(x, float))"]
      lines += ArrayCode.indented(code.value(index))
      lines += [
        "", "", "def \(name)_derivative(x):",
        "    \"\"\"The derivative: finite where parts of the formula overflow.\"\"\"",
      ]
      lines += ["    x = jnp.asarray(x, dtype=jnp.result_type(x, float))"]
      lines += ArrayCode.indented(code.derivative(index))
      lines += [
        "", "", "@\(name).defjvp", "def _\(name)_jvp(primals, tangents):",
        "    (x,), (dx,) = primals, tangents", "    return \(name)(x), \(name)_derivative(x) * dx",
      ]
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }
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
