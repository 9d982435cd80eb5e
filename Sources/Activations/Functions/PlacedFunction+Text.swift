extension PlacedFunction {
  /// The function exactly as it is: no operation left out, all digits, and the limits.
  ///
  /// `PlacedFunction(parsing: function.text) == function`, where scalars are finite and neither a
  /// tree nor its text is more than 100 levels deep.
  public var text: String {
    joined { cell in
      cell.openOperation?.name ?? cell.expression.exactText(for: .known)
    } + ending
  }

  /// The functions in short, without their limits: no operations that do nothing, six digits.
  public var formula: String {
    joined { cell in
      cell.openOperation?.name ?? cell.expression.simplified(within: limits).notation.text
    }
  }

  /// `name: function` of each cell; of the only one the function alone.
  private func joined(_ write: (Cell) -> String) -> String {
    cells.map { $0.name.isEmpty ? write($0) : "\($0.name): \(write($0))" }.joined(separator: "; ")
  }

  private var ending: String {
    (limits == .off ? "" : " \(limits)")
      + (scalars == .site ? "" : " scalars \(scalars.rawValue)")
  }

  /// Reads what `text` wrote, or what a person writes: names of operations, formulas, several of
  /// them as `stage0: relu(x); stage1: gelu(x)`, and limits behind all.
  ///
  /// - Parameters:
  ///   - text: Such as `silu`, `x * sigmoid(x)` or `relu(x)^2 within 10`.
  ///   - operations: The operations that names and formulas mean.
  ///   - reading: Whether names in formulas mean operations, guards included, or mathematics.
  /// - Throws: `PlacedFunctionError`, `UnknownOperation` or `ActivationExpressionError`, one line
  ///   each.
  public init(
    parsing text: String, operations: OperationSet = .known,
    reading: FormulaReading = .operations
  ) throws {
    func expression(_ text: String) throws -> ActivationExpression {
      // No formula has names without arguments: GELU-Sinc and ReLU² are functions' names.
      guard let match = text.wholeMatch(of: /\s*(([A-Za-z_][A-Za-z0-9_]*)[A-Za-z0-9_²-]*)\s*/),
        !CellGraph.isInputName(String(match.1))
      else {
        return try ActivationExpression(parsing: text, operations: operations, reading: reading)
      }
      let name = String(match.1)
      do {
        return try operations.function(named: name)
      } catch {
        if match.1 != match.2 {
          return try ActivationExpression(parsing: text, operations: operations, reading: reading)
        }
        // Mathematics has names besides those of operations: `tan`, `ln`, `pi`.
        guard reading == .mathematics else { throw error }
        func function(_ formula: String) throws -> ActivationExpression {
          try ActivationExpression(parsing: formula, operations: operations, reading: reading)
        }
        if let found = try? function("\(name)(x)") { return found }
        do {
          return try function(name)
        } catch let missing as ActivationExpressionError {
          // Of two arguments, such as `hypot`.
          if case .missingArguments = missing.reason { throw missing }
          throw error
        }
      }
    }
    var functions = text
    var limits = Limits.off
    var scalars = ScalarPlacement.site
    if let match = functions.firstMatch(of: /\s+scalars\s+([a-z]+)\s*/) {
      guard let found = ScalarPlacement(rawValue: String(match.1)) else {
        throw PlacedFunctionError.unknownPlacement(String(match.1))
      }
      scalars = found
      let rest = functions[match.range.upperBound...]
      guard !rest.contains(";"), !rest.contains(/\bscalars\b/) else {
        throw PlacedFunctionError.misplacedPlacement(text)
      }
      // Limits may stand behind it, too.
      functions = "\(functions[..<match.range.lowerBound]) \(rest)"
    }
    if let match = functions.firstMatch(of: /\b(within|slopes)\b/) {
      let ending = String(functions[match.range.lowerBound...])
      functions = String(functions[..<match.range.lowerBound])
      guard let found = Limits(ending) else {
        throw PlacedFunctionError.malformedLimits(text)
      }
      limits = found
    } else if let published = Baselines.published(spelled: functions) {
      limits = published.limits
    }
    guard functions.contains(":") else {
      let expression = try expression(functions)
      self.init(
        cells: [Cell(name: "", expression: expression)], limits: limits, scalars: scalars)
      return
    }
    var cells: [Cell] = []
    for part in functions.split(separator: ";") {
      guard let match = part.wholeMatch(of: /\s*([A-Za-z][A-Za-z0-9_]*)\s*:(.*)/) else {
        throw PlacedFunctionError.malformedCells(text)
      }
      let name = Self.name(ofPart: String(match.1))
      guard !cells.contains(where: { $0.name == name }) else {
        throw PlacedFunctionError.repeatedCell(name, text)
      }
      cells.append(Cell(name: name, expression: try expression(String(match.2))))
    }
    self.init(cells: cells, limits: limits, scalars: scalars)
  }
}

extension OperationSet {
  /// The function of a name that stands alone: that of an operation, an operation's usual other
  /// name, or a published function's.
  fileprivate func function(named name: String) throws(UnknownOperation) -> ActivationExpression {
    do {
      return .init(of: try unaryOperation(named: name))
    } catch {
      if let alias = FormulaGrammar.alias(of: name),
        let operation = try? unaryOperation(named: alias)
      {
        return .init(of: operation)
      }
      if let published = Baselines.published(spelled: name) { return published.expression }
      throw UnknownOperation(
        name: error.name, kind: error.kind,
        known: error.known + Baselines.published.map(\.name))
    }
  }
}

extension PlacedFunction {
  /// The name of a part of a network, whatever its case: `Stage0` is `stage0`.
  fileprivate static func name(ofPart name: String) -> String {
    let letters = name.lowercased()
    return letters.wholeMatch(of: /(stage|site)[0-9]+/) == nil ? name : letters
  }
}

extension PlacedFunction: CustomStringConvertible {
  /// The functions in short, and their limits: for tables, not to be read back.
  public var description: String { formula + ending }
}

extension PlacedFunction: CodableAsText {
  var codedText: String { text }
  init(coded text: String) throws { try self.init(parsing: text) }
}
