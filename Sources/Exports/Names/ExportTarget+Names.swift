/// Which names a function makes in the code of a target, and which it must not take.
extension ExportTarget {
  /// The names that a function's code defines where others see them, its own first.
  ///
  /// - Parameter name: The name of the function.
  /// - Returns: Such as `f` and `f_derivative`.
  func names(madeBy name: String) -> [String] {
    switch self {
    case .text, .latex, .swift, .onnx, .json: [name]
    case .c: [name, "\(name)_derivative", "\(name)_float", "\(name)_derivative_float"]
    case .python: [name, "\(name)_derivative"]
    case .pytorch:
      [
        name, Identifier.typeName(name), "_\(Identifier.typeName(name))",
        "_\(Identifier.typeName(name))Reverse",
      ]
    case .jax: [name, "\(name)_derivative", "_\(name)_jvp"]
    case .keras: [name, "_\(name)", "_\(name)_derivative"]
    }
  }

  /// Whether a name means something in the target's code already: in the language, in what the code
  /// imports or includes, or among the functions that it defines for itself.
  ///
  /// - Parameter name: One of `names(madeBy:)`.
  /// - Returns: Whether the code would mean another thing by it.
  func reserves(_ name: String) -> Bool {
    // The argument, everywhere.
    if name == "x" { return true }
    switch self {
    case .text, .latex, .json, .onnx: return false
    case .c: return CNames.contains(name) || Self.own.contains(name)
    case .swift:
      return SwiftNames.words.contains(name) || CNames.libraryContains(name)
        || Self.own.contains { Dialect.camelCase($0) == name }
    case .python, .pytorch, .jax, .keras:
      return PythonNames.words.contains(name) || Self.imports[self]?.contains(name) == true
        || Self.own.contains { "_\($0)" == name } || Self.forHalfPrecision.contains(name)
    }
  }

  /// The functions that code defines for itself.
  private static var own: Set<String> {
    Set(Helper.names + ["bessel", "bessel_i0e", "bessel_i1e", "erf", "erfc", "with_gradient"])
  }

  /// What code for array libraries defines for itself to compute half precision.
  private static let forHalfPrecision: Set = [
    "_wide", "_rounded", "_rounded_slope", "_is_half", "_largest",
  ]

  /// Checks that a file's name does not hide a library that its own code imports: Python looks for
  /// them beside the file first.
  ///
  /// - Parameter path: Where the code is to be written.
  /// - Throws: `ExportError.hidingFile`.
  public func checkFile(_ path: String) throws(ExportError) {
    guard let file = path.split(separator: "/").last, file.hasSuffix(".py") else { return }
    let module = String(file.dropLast(3))
    guard PythonModules.contains(module) else { return }
    throw .hidingFile(
      path, module: module, suggestion: String(path.dropLast(file.count) + "my_" + file))
  }

  /// What Python code imports, and the parameters of its functions that call the function.
  private static let imports: [ExportTarget: Set<String>] = [
    .python: ["numpy", "np", "math"],
    .pytorch: ["torch", "nn", "self"],
    .jax: ["jax", "jnp", "special", "primals", "tangents", "dx"],
    .keras: ["keras", "ops", "ml_dtypes"],
  ]
}

extension Export {
  /// Checks that no name in a target's code has two meanings.
  ///
  /// - Parameter target: What the functions are written as.
  /// - Throws: `ExportError.reservedName` or `ExportError.clashingNames`.
  func checkNames(for target: ExportTarget) throws(ExportError) {
    var owners: [String: ExportedFunction] = [:]
    for function in functions {
      let made = target.names(madeBy: function.name)
      if let reserved = made.first(where: target.reserves) {
        throw .reservedName(
          reserved, option: function.stem, target: target,
          suggestion: suggestion(insteadOf: function, for: target))
      }
      for name in made {
        if let other = owners.updateValue(function, forKey: name) {
          throw .clashingNames(other.name, function.name, common: name, target: target)
        }
      }
    }
  }

  /// A `--name` like a function's that can stand in the code.
  private func suggestion(
    insteadOf function: ExportedFunction, for target: ExportTarget
  ) -> String {
    let candidates = ["my_", "our_", "my_own_"].map { $0 + function.stem }
    return candidates.first { stem in
      let name = ExportedFunction.name(stem, cell: function.cell)
      return !target.names(madeBy: name).contains(where: target.reserves)
    } ?? "activation"
  }
}
