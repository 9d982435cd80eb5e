/// An activation function as networks get it: one for all sites or one for each of several cells,
/// such as stages, and the limits of its operations.
///
/// What a search finds, what is trained, exported and inspected is this value. Its `text` is exact:
///
///     relu(x)
///     swish
///     mix(gelu(x), x, 0.25) within 10 slopes 20
///     stage0: relu(x); stage1: left(silu(x), x) within inputs 10
///     swish(x, β = 1.5) scalars channel
///
/// A learnable operation that stands alone by its name, `swish`, leaves its scalar open: it is
/// trained with the weights, one for each site. In a formula scalars are numbers, `swish(x, 1.5)`,
/// or open: `β1 * swish(x, β2 = 1.5)`.
public struct PlacedFunction: Sendable, Hashable {
  /// The function of a part of a network.
  public struct Cell: Sendable, Hashable {
    /// The part's name, such as `stage1`; empty for the only one.
    public let name: String
    /// The function, no operation left out.
    public let expression: ActivationExpression

    /// Names a function.
    ///
    /// - Parameters:
    ///   - name: Letters, digits and underscores; empty for the only cell.
    ///   - expression: The function.
    public init(name: String, expression: ActivationExpression) {
      self.name = name
      self.expression = expression.withoutIdleParts
    }
  }

  /// The functions: one whose name is empty, or several that are named.
  public let cells: [Cell]

  /// How operations are bounded.
  public let limits: Limits

  /// Which elements share an open scalar; `site` where there is none.
  public let scalars: ScalarPlacement

  /// Puts functions together.
  ///
  /// What no value depends on, the argument of a constant, becomes `x`.
  ///
  /// - Parameters:
  ///   - cells: One whose name is empty, or several with different names.
  ///   - limits: How operations are bounded.
  ///   - scalars: Which elements share an open scalar.
  public init(cells: [Cell], limits: Limits = .off, scalars: ScalarPlacement = .site) {
    let names = Set(cells.map(\.name))
    precondition(
      !cells.isEmpty && names.count == cells.count && (cells.count == 1 || !names.contains("")),
      "PlacedFunction: cells \(cells.map(\.name))")
    precondition(limits.isValid, "PlacedFunction: limits \(limits)")
    self.cells = cells
    self.limits = limits
    let isTrained = cells.contains { !$0.expression.openScalars.isEmpty }
    self.scalars = isTrained ? scalars : .site
  }

  /// Makes the function of all sites.
  ///
  /// - Parameters:
  ///   - expression: The function.
  ///   - limits: How operations are bounded.
  public init(_ expression: ActivationExpression, limits: Limits = .off) {
    self.init(cells: [Cell(name: "", expression: expression)], limits: limits)
  }

  /// The same functions within other limits.
  public func within(_ limits: Limits) -> PlacedFunction {
    PlacedFunction(cells: cells, limits: limits, scalars: scalars)
  }

  /// The same functions with open scalars shared otherwise.
  public func sharing(_ scalars: ScalarPlacement) -> PlacedFunction {
    PlacedFunction(cells: cells, limits: limits, scalars: scalars)
  }

  /// The same functions with open scalars fixed where they start.
  public var withFixedScalars: PlacedFunction {
    PlacedFunction(
      cells: cells.map { cell in
        let starts = cell.expression.openScalars.map(\.mean)
        return Cell(name: cell.name, expression: cell.expression.filled(with: starts))
      }, limits: limits)
  }

  /// Whether a function has scalars that are trained with the weights.
  public var isTrained: Bool { cells.contains { !$0.expression.openScalars.isEmpty } }

  /// Whether both are the same function, however it is written.
  ///
  /// Where nothing is clipped, functions of one canonical form are the same; else only those that
  /// differ in nothing but operations that do nothing, because another form may clip elsewhere.
  ///
  /// - Parameter other: Another function.
  /// - Returns: Whether cells, limits and functions are the same.
  public func isSame(as other: PlacedFunction) -> Bool {
    limits == other.limits && scalars == other.scalars
      && cells.map(\.name) == other.cells.map(\.name)
      && zip(cells, other.cells).allSatisfy { left, right in
        if left == right { return true }
        // Scalars that are learned are those of their operations.
        guard left.expression.openScalars.isEmpty, right.expression.openScalars.isEmpty
        else { return false }
        return limits == .off
          ? left.expression.isCanonicallyEquivalent(to: right.expression)
          : left.expression.simplified(within: limits)
            == right.expression.simplified(within: limits)
      }
  }
}

extension PlacedFunction.Cell {
  /// The operation of one argument, x alone, whose scalars are all open: its name is its text.
  var openOperation: ElementaryOperation? {
    guard case .node(let node) = expression, node.operation.isLearnable,
      node.operation.arity == .unary,
      expression == .init(of: node.operation)
    else { return nil }
    return node.operation
  }
}

extension ActivationExpression {
  /// The function without what has no effect: the arguments of constants.
  fileprivate var withoutIdleParts: ActivationExpression {
    guard case .node(let node) = self else { return .input }
    let isConstant = FormulaGrammar.spelling(of: node.operation).dropsArgument
    return .node(
      Node(
        node.operation, scalars: node.scalars,
        isConstant ? [.input] : node.arguments.map(\.withoutIdleParts)))
  }
}
