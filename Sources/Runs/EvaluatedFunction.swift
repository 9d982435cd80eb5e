import Activations
import Autodiff
import Networks
import Search

/// What a network is trained with: one function at all activation sites, or several, each at those of
/// its stage or at its site.
public struct EvaluatedFunction: Sendable {
  /// The text it was read from.
  public let text: String
  /// The cells' names, such as `stage1`; empty for the only one.
  public let cells: [String]
  /// The functions, each for the cell in its place.
  public let expressions: [ActivationExpression]
  /// How operations are bounded.
  private let bounding: Bounding

  /// A text that is no function.
  public struct Failure: Error, CustomStringConvertible, Sendable, Hashable {
    /// One line: the text, what is wrong, the cure.
    public let description: String
  }

  /// Reads a unary operation's name, a formula, or several as a search of such a scope writes them:
  /// `stage0: relu(x); stage1: gelu(x); stage2: x`.
  ///
  /// The scalar of an operation that is named alone, such as `prelu` or `swish`, is trained with the
  /// weights, one for each site. In a formula scalars are fixed: `swish(x, 1.5)`.
  ///
  /// - Parameters:
  ///   - text: Names and formulas of any primitives, those of `Baselines` among them.
  ///   - bound: ℓ: the outputs of operations are clipped to ±ℓ, as in a search; nil for no bound.
  /// - Throws: `UnknownOperation`, `ActivationExpressionError` or `Failure`, each one line.
  public init(_ text: String, bound: Double? = nil) throws {
    self.text = text
    bounding = bound.map { .output($0) } ?? .off
    guard text.contains(":") else {
      cells = [""]
      expressions = [try Self.expression(text)]
      return
    }
    let parts = try text.split(separator: ";").map { part in
      guard let match = part.wholeMatch(of: /\s*([a-z]+[0-9]+)\s*:(.*)/) else {
        throw Failure(
          description: "'\(text)': write several functions as 'stage0: relu(x); stage1: …'")
      }
      return (cell: String(match.1), formula: String(match.2))
    }
    cells = parts.map(\.cell)
    expressions = try parts.map { try Self.expression($0.formula.trimmed) }
  }

  private static func expression(_ text: String) throws -> ActivationExpression {
    guard text.wholeMatch(of: /[A-Za-z0-9_]+/) != nil, text != CellGraph.inputName else {
      return try ActivationExpression(parsing: text, operations: .allPrimitives)
    }
    return .init(of: try OperationSet.allPrimitives.unaryOperation(named: text))
  }

  /// Whether a function has scalars that are trained with the weights.
  public var isTrained: Bool { expressions.contains { !$0.openScalars.isEmpty } }

  /// What a training of a network with the functions begins with.
  ///
  ///     let activation = try function.activation(at: network.activationSites)
  ///     var training = TrainingLoop(
  ///       network, recipe: recipe, batches: batches, device: device, activation: activation)
  ///
  /// - Parameter sites: The network's activation sites.
  /// - Returns: The functions at the sites, and their scalars as they start.
  /// - Throws: `Failure` if the functions are not those of the network's stages or sites.
  public func activation(at sites: [ActivationSite]) throws(Failure) -> TrainedActivation {
    TrainedActivation(
      expressions, functionOfSite: try places(sites), sites: sites,
      limits: Limits(outputs: bounding))
  }

  /// For each site the index of its function.
  private func places(_ sites: [ActivationSite]) throws(Failure) -> [Int] {
    for scope in ArchitectureScope.allCases {
      let (names, cellOfSite) = scope.cells(of: sites)
      if names == cells { return cellOfSite }
    }
    let stages = ArchitectureScope.stage.cells(of: sites).names
    throw Failure(
      description: "'\(text)': the network has \(sites.count) sites in \(stages.count) stages; "
        + "give one function, or \(stages.joined(separator: ", "))")
  }
}
