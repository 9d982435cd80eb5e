import Activations
import Exports
import Foundation
import TestSupport
import Testing

@Suite struct ExportTests {
  private static var origin: FunctionOrigin {
    var search = FunctionOrigin.Search(network: "resnet20", dataset: "cifar10", seed: 7, epochs: 50)
    search.validationAccuracy = 0.9123
    search.usual = "ReLU"
    search.usualValidationAccuracy = 0.9
    return FunctionOrigin(search: search, programVersion: "1.2.3")
  }

  private func text(
    _ formula: String, _ target: ExportTarget, name: String = "activation", limits: Limits = .off
  ) throws -> String {
    let expression = try ActivationExpression(parsing: formula, operations: .allPrimitives)
    let function = try ExportedFunction(name: name, expression: expression, limits: limits)
    let bytes = try Export([function], origin: Self.origin).bytes(for: target)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("A comment has the formula, the origin and the citation", arguments: ExportTarget.allCases)
  func comment(target: ExportTarget) throws {
    let text = try text("mix(gelu(x), x, -0.21351800397530563)", target)
    let formula =
      target == .latex
      ? "{mix}\\left(\\operatorname{GELU}\\left(x\\right), x, -0.21351800397530563\\right)"
      : "mix(gelu(x), x, -0.21351800397530563)"
    #expect(text.contains(formula))
    for part in ["resnet20", "cifar10", "1.2.3", "2408.06820", "7", "50"] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(text.contains(target == .json ? "0.9123" : "91.23 %"))
    if !target.isBinary { #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n")) }
    let bounded = try self.text(
      "mix(gelu(x), x, 0.5)", target, limits: Limits(outputs: .output(10)))
    #expect(bounded.contains(target == .json ? "\"bound\" : 10" : "10.0"))
  }

  /// `FunctionCode` leaves their derivatives as they are where slopes are limited to 2 or more.
  @Test(
    "operations that are taken for gentle are",
    arguments: OperationSet.allPrimitives.all.filter { $0.traits.contains(.gentle) })
  func gentle(operation: ElementaryOperation) {
    let grid = ExportCase.grid.filter(\.isFinite) + [-1.2, -0.7, 0.9, 1.4]
    for scalar in [-3, -0.7, 0, 1, 4] as [Double] {
      for x in grid {
        let others = operation.arity == .unary ? [[]] : grid.map { [$0] }
        for other in others {
          let slopes = operation.valueAndDerivatives(
            of: [x] + other, scalars: operation.scalars.map { _ in scalar }
          ).derivatives
          #expect(slopes.allSatisfy { abs($0) <= 2 }, "\(x), \(other)")
        }
      }
    }
  }

  @Test("The formula of a text export is read back as the same function")
  func readsBack() throws {
    for tested in ExportCase.all where tested.function.limits == .off {
      let text = try text(tested.function.formula, .text, name: "g")
      let line = try #require(text.split(separator: "\n").last)
      let formula = line.dropFirst("g(x) = ".count)
      let read = try ActivationExpression(parsing: String(formula), operations: .allPrimitives)
      #expect(read.simplified == tested.function.expression, "\(line)")
    }
  }

  @Test("A value that is used twice is computed once")
  func sharing() throws {
    let code = try text("sigmoid(gelu(x)) * gelu(x)", .c)
    #expect(code.contains("  double a = gelu(x);\n  return sigmoid(a) * a;\n"))
    let python = try text("sigmoid(gelu(x)) * gelu(x)", .pytorch)
    #expect(python.contains("        a = _gelu(x)\n        y = _sigmoid(a) * a\n"))
  }

  @Test("A file's name for a network cannot end the comment")
  func hostileOrigin() throws {
    var origin = Self.origin
    origin.search?.network = "a */ int evil; /*\nimport os\u{1B}[31m"
    let relu = try ActivationExpression(parsing: "relu(x)")
    let export = try Export([ExportedFunction(name: "f", expression: relu)], origin: origin)
    let c = String(decoding: try export.bytes(for: .c), as: UTF8.self)
    #expect(c.contains("a * / int evil; /* import os"))
    let python = String(decoding: try export.bytes(for: .python), as: UTF8.self)
    #expect(!python.contains("\nimport os") && !python.contains("\u{1B}"))
  }

  @Test("JSON is the tree")
  func json() throws {
    let data = Data(try text("x_plus_beta(gelu(x), 0.1)", .json).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["schema"] as? String == "grafs-swift/function")
    #expect(object["version"] as? Int == 1)
    let functions = try #require(object["functions"] as? [[String: Any]])
    let tree = try #require(functions.first?["tree"] as? [String: Any])
    #expect(tree["operation"] as? String == "x_plus_beta")
    #expect(tree["scalar"] as? Double == 0.1)
    let inner = try #require((tree["arguments"] as? [[String: Any]])?.first)
    #expect(inner["operation"] as? String == "gelu" && inner["scalar"] == nil)
    let input = try #require((inner["arguments"] as? [[String: Any]])?.first)
    #expect(input as? [String: String] == ["operation": "input"])
  }

  @Test("Several functions make one file", arguments: ExportTarget.allCases)
  func several(target: ExportTarget) throws {
    let functions = try ["relu(x)", "x"].enumerated().map { index, formula in
      try ExportedFunction(
        name: "activation_stage\(index)", expression: ActivationExpression(parsing: formula))
    }
    let bytes = try Export(functions, origin: Self.origin).bytes(for: target)
    let text = String(decoding: bytes, as: UTF8.self)
    for name in ["stage0", "stage1"] { #expect(text.contains(name)) }
    #expect(throws: ExportError.repeatedName("activation_stage0")) {
      try Export([functions[0], functions[0]], origin: Self.origin)
    }
  }

  @Test("Targets are found, or the nearest is suggested")
  func targets() throws {
    #expect(try ExportTarget(named: "PyTorch") == .pytorch)
    let error = #expect(throws: ExportError.self) { try ExportTarget(named: "pytroch") }
    #expect(
      error?.description == "there is no target 'pytroch'; did you mean 'pytorch'?")
    #expect(throws: ExportError.impossibleBound(0)) {
      try ExportedFunction(name: "f", expression: .input, limits: Limits(outputs: .input(0)))
    }
  }
}
