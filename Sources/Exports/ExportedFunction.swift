import Activations

/// A function to be written as code: its name there, and what it is.
public struct ExportedFunction: Sendable, Hashable {
  /// Its name in the code; of one of several functions, the beginning that they share.
  public let stem: String
  /// Which of several functions it is; empty for the only one.
  public let cell: String
  /// The function.
  public let expression: ActivationExpression
  /// How its operations are bounded.
  public let limits: Limits

  /// Names a function.
  ///
  /// - Parameters:
  ///   - name: A letter, then letters, digits and underscores.
  ///   - cell: Which of several functions it is, for the end of its name.
  ///   - expression: The function; what does nothing in it is left out.
  ///   - limits: How its operations are bounded; numbers are finite.
  /// - Throws: `ExportError` if the name or a number cannot stand in any code.
  public init(
    name: String, cell: String = "", expression: ActivationExpression, limits: Limits = .off
  ) throws(ExportError) {
    try Identifier.check(name)
    try Identifier.check(Self.name(name, cell: cell))
    for bound in [limits.number, limits.slopes].compactMap(\.self) {
      guard bound > 0, bound.isFinite else { throw .impossibleBound(bound) }
    }
    self.stem = name
    self.cell = cell
    self.expression = expression.simplified(within: limits)
    self.limits = limits
    let open = expression.openScalars
    guard open.isEmpty else {
      let function = PlacedFunction(expression)
      throw .openScalars(
        function: function.text, count: open.count, fixed: function.withFixedScalars.text)
    }
    for scalar in self.expression.scalars where !scalar.isFinite {
      throw .numberNotFinite(function: self.name, scalar)
    }
  }

  /// Its whole name in the code.
  public var name: String { Self.name(stem, cell: cell) }

  static func name(_ stem: String, cell: String) -> String {
    cell.isEmpty ? stem : "\(stem)_\(cell)"
  }

  /// The formula, with all digits.
  public var formula: String { expression.exactText(for: .known) }

  /// The formula in LaTeX math mode, with all digits.
  public var latex: String { expression.exactNotation.latex }

  /// The formula as it is written in comments, with what it leaves unsaid.
  var equation: [String] {
    ["\(name)(x) = \(formula)"] + limits.sentences
  }

  /// As terms.
  var code: FunctionCode { FunctionCode(expression, limits: limits) }
}

extension Limits {
  /// ℓ, of either rule.
  fileprivate var number: Double? {
    switch outputs {
    case .off: nil
    case .output(let bound), .input(let bound): bound
    }
  }

  /// What a formula leaves unsaid, a line each.
  var sentences: [String] {
    let values: String? =
      switch outputs {
      case .off: nil
      case .output(let bound): "with every operation's output clipped to ±\(bound)"
      case .input(let bound):
        "with arguments of squares, cubes, exp, sinh and products clamped, to stay within ±\(bound)"
      }
    let slopes = slopes.map { "with every operation's derivatives clipped to ±\($0)" }
    return [values, slopes].compactMap(\.self)
  }
}

extension ActivationExpression {
  /// The scalars in the tree.
  var scalars: [Double] {
    guard case .node(let node) = self else { return [] }
    return node.numbers + node.arguments.flatMap(\.scalars)
  }
}
