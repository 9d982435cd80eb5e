extension Export {
  /// PyTorch: a function with its own derivative, and a module, for each.
  var pytorch: String {
    let code = ArrayCode(functions, .pytorch)
    var lines =
      pythonComment(for: .pytorch) + [
        "#",
        "# torch.compile makes one kernel of it, alone or in a network; as it is, each operation",
        "# is one, and takes its time and memory.", "", "import torch", "from torch import nn", "",
        "",
      ]
    lines += code.helpers + Self.halfPrecision
    for (index, function) in functions.enumerated() {
      let name = function.name
      let type = Identifier.typeName(name)
      lines += ["class _\(type)Reverse(torch.autograd.Function):"]
      lines += [
        "    # The derivative is written out: it is finite where parts of the formula overflow,",
        "    # and of all intermediate values only the argument is kept for it.",
        "    generate_vmap_rule = True", "", "    @staticmethod", "    def forward(given):",
        "        x = _wide(given)",
      ]
      // Autograd wants another tensor than the one that is kept.
      let value = code.value(index).map { $0 == "y = x" ? "y = x.view_as(x)" : $0 }
      lines += ArrayCode.indented(value, by: 8)
      lines += ["        return _rounded(y, given)", "", "    @staticmethod"]
      lines += ["    def derivative(given):", "        x = _wide(given)"]
      lines += ArrayCode.indented(code.derivative(index), by: 8)
      lines += ["        return _rounded_slope(y, given)"]
      lines += Self.rules(type)
      lines += [
        "", "", "def \(name)(x):", "    \"\"\"\(function.formula)\"\"\"",
        "    return (_\(type)Reverse if _is_compiling() else _\(type)).apply(x)", "", "",
        "class \(type)(nn.Module):",
        "    \"\"\"\(function.formula)\"\"\"", "", "    def forward(self, x):",
        "        return \(name)(x)",
      ]
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static let halfPrecision =
    """
    _half = (torch.float16, torch.bfloat16)
    # Older versions do not have it.
    _is_compiling = getattr(getattr(torch, "compiler", None), "is_compiling", bool)


    def _wide(x):
        \(ArrayCode.whyWide)
        return x.float() if x.dtype in _half else x


    def _rounded(y, given):
        return y.to(given.dtype) if given.dtype in _half else y


    def _rounded_slope(y, given):
        # What is finite stays finite.
        if given.dtype not in _half:
            return y
        largest = torch.finfo(given.dtype).max
        return y.clamp(-largest, largest).to(given.dtype)
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["", ""]

  private static func rules(_ type: String) -> [String] {
    let rules = """
          @staticmethod
          def setup_context(ctx, inputs, output):
              ctx.save_for_backward(*inputs)

          @staticmethod
          def backward(ctx, gradient):
              (given,) = ctx.saved_tensors
              return gradient * _\(type)Reverse.derivative(given)


      class _\(type)(_\(type)Reverse):
          # Also forward, which torch.compile does not take.
          @staticmethod
          def setup_context(ctx, inputs, output):
              ctx.save_for_backward(*inputs)
              ctx.save_for_forward(*inputs)

          @staticmethod
          def jvp(ctx, tangent):
              (given,) = ctx.saved_tensors
              return tangent * _\(type)Reverse.derivative(given)
      """
    return [""] + rules.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension Dialect {
  /// PyTorch.
  static var pytorch: Dialect {
    .arrays(
      "torch",
      [
        .asinh: "torch.asinh", .atan: "torch.atan", .power: "torch.pow", .erf: "torch.erf",
        .erfc: "torch.erfc", .besselI0e: "torch.special.i0e", .besselI1e: "torch.special.i1e",
      ]
    ) { "torch.finfo(\($0).dtype).max" }
  }
}
