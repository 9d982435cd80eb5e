import Foundation
import TestSupport
import Testing

@Suite("Primitives")
struct PrimitivesTests {
  private struct Entry: Decodable {
    let name: String
    let arity: String
    let formula: String
    let latex: String
    let learnable: Bool
  }

  private func entries() throws -> [Entry] {
    let run = try BuiltCommand(["primitives", "--json"])
    #expect(run.status == 0 && run.errors == "")
    return try JSONDecoder().decode([Entry].self, from: Data(run.output.utf8))
  }

  @Test("JSON has 23 unary and 9 binary operations, in the paper's order")
  func json() throws {
    let entries = try entries()
    let unary = [
      "identity", "negation", "abs", "square", "cube", "sqrt", "x_plus_beta", "beta_times_x",
      "beta", "exp", "sinh", "tanh", "asinh", "atan", "relu", "min_x_0", "sigmoid", "softplus",
      "erf", "silu", "gelu", "elu", "leaky_relu",
    ]
    #expect(entries.filter { $0.arity == "unary" }.map(\.name) == unary)
    #expect(entries.filter { $0.arity == "binary" }.count == 9)
    #expect(entries.count == 32)
    #expect(Set(entries.map(\.name)).count == 32)
    #expect(
      entries.filter(\.learnable).map(\.name) == ["x_plus_beta", "beta_times_x", "beta", "mix"])
    #expect(entries.allSatisfy { !$0.formula.isEmpty && !$0.latex.isEmpty })
    #expect(entries.first { $0.name == "square" }?.formula == "x²")
  }

  @Test("the table lists the same")
  func table() throws {
    let run = try BuiltCommand(["primitives"])
    #expect(run.status == 0 && run.errors == "")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.split(separator: " ") == ["operation", "arity", "formula"])
    let entries = try entries()
    try #require(lines.count == 1 + entries.count)
    for (line, entry) in zip(lines.dropFirst(), entries) {
      #expect(line.hasPrefix("\(entry.name) "))
      #expect(line.contains(" \(entry.arity) "))
      #expect(line.hasSuffix("  \(entry.formula)" + (entry.learnable ? "  (learnable)" : "")))
    }
  }
}
