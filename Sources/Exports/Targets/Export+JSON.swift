import Activations
import Files
import Foundation

extension Export {
  /// The functions as trees; the README of this module says what the keys mean.
  var json: String {
    let document = Document(
      origin: origin, functions: functions.map(Document.Function.init),
      citation: FunctionOrigin.citation.joined(separator: " "))
    guard let data = try? SortedJSON.data(document) else {
      preconditionFailure("Export: a number that is not finite has come into \(functions)")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private struct Document: Encodable {
    let schema = "grafs-swift/function"
    let version = 1
    let origin: FunctionOrigin
    let functions: [Function]
    let citation: String

    struct Function: Encodable {
      let name: String
      let formula: String
      let latex: String
      let bound: Double?
      let limits: Limits?
      let tree: Tree

      init(_ function: ExportedFunction) {
        name = function.name
        formula = function.formula
        latex = function.latex
        limits = function.limits == .off ? nil : function.limits
        bound = if case .output(let bound) = function.limits.outputs { bound } else { nil }
        tree = Tree(function.expression)
      }
    }
  }

  /// A node: the input, or an operation with its arguments.
  private struct Tree: Encodable {
    let operation: String
    var definition: String?
    var scalar: Double?
    /// Of an operation with several.
    var scalars: [Double]?
    var arguments: [Tree]?

    init(_ expression: ActivationExpression) {
      guard case .node(let node) = expression else {
        operation = "input"
        return
      }
      operation = node.operation.name
      definition = node.operation.formula
      scalar = node.numbers.count == 1 ? node.numbers[0] : nil
      scalars = node.numbers.count > 1 ? node.numbers : nil
      arguments = node.arguments.map(Tree.init)
    }
  }
}
