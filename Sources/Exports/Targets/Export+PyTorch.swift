extension Export {
  /// PyTorch: a function with its own derivative, and a module, for each.
  var pytorch: String {
    let code = ArrayCode(functions, .pytorch)
    var lines = pythonComment(for: .pytorch) + ["", "import torch", "from torch import nn", "", ""]
    lines += code.helpers
    for (index, function) in functions.enumerated() {
      let name = function.name
      let type = Identifier.typeName(name)
      lines += ["class _\(type)(torch.autograd.Function):"]
      lines += [
        "    # The derivative is written out: it is finite where parts of the formula overflow,",
        "    # and of all intermediate values only x is kept for it.",
        "    generate_vmap_rule = True", "", "    @staticmethod", "    def forward(x):",
      ]
      // Autograd wants another tensor than the one that is kept.
      let value = code.value(index).map { $0 == "return x" ? "return x.view_as(x)" : $0 }
      lines += ArrayCode.indented(value, by: 8)
      lines += ["", "    @staticmethod", "    def derivative(x):"]
      lines += ArrayCode.indented(code.derivative(index), by: 8)
      lines += Self.rules(type)
      lines += [
        "", "", "def \(name)(x):", "    \"\"\"\(function.formula)\"\"\"",
        "    return _\(type).apply(x)", "", "", "class \(type)(nn.Module):",
        "    \"\"\"\(function.formula)\"\"\"", "", "    def forward(self, x):",
        "        return \(name)(x)",
      ]
      if index < functions.count - 1 { lines += ["", ""] }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static func rules(_ type: String) -> [String] {
    let rules = """
          @staticmethod
          def setup_context(ctx, inputs, output):
              ctx.save_for_backward(*inputs)
              ctx.save_for_forward(*inputs)

          @staticmethod
          def backward(ctx, gradient):
              (x,) = ctx.saved_tensors
              return gradient * _\(type).derivative(x)

          @staticmethod
          def jvp(ctx, tangent):
              (x,) = ctx.saved_tensors
              return tangent * _\(type).derivative(x)
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
