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
    let sets: [String]
  }

  private func entries() throws -> [Entry] {
    let run = try BuiltCommand(["primitives", "--json"])
    #expect(run.status == 0 && run.errors == "")
    return try JSONDecoder().decode([Entry].self, from: Data(run.output.utf8))
  }

  @Test("JSON has the published sets, GRAFS's in its order")
  func json() throws {
    let all = try entries()
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.allSatisfy { !$0.formula.isEmpty && !$0.latex.isEmpty })
    let counts = [
      ("grafs", 23, 9), ("grafs_extended", 29, 12), ("ramachandran", 25, 10), ("pangaea", 27, 7),
    ]
    for (set, unary, binary) in counts {
      let members = all.filter { $0.sets.contains(set) }
      #expect(members.filter { $0.arity == "unary" }.count == unary, "\(set)")
      #expect(members.filter { $0.arity == "binary" }.count == binary, "\(set)")
    }
    #expect(all.first { $0.name == "swish" }?.sets == [])
    let entries = all.filter { $0.sets.contains("grafs") }
    let unary = [
      "identity", "negation", "abs", "square", "cube", "sqrt", "x_plus_beta", "beta_times_x",
      "beta", "exp", "sinh", "tanh", "asinh", "atan", "relu", "min_x_0", "sigmoid", "softplus",
      "erf", "silu", "gelu", "elu", "leaky_relu",
    ]
    #expect(entries.filter { $0.arity == "unary" }.map(\.name) == unary)
    #expect(entries.filter { $0.arity == "binary" }.count == 9)
    #expect(entries.count == 32)
    #expect(
      entries.filter(\.learnable).map(\.name) == ["x_plus_beta", "beta_times_x", "beta", "mix"])
    #expect(entries.first { $0.name == "square" }?.formula == "x²")
  }

  @Test("the table lists the same")
  func table() throws {
    let run = try BuiltCommand(["primitives"])
    #expect(run.status == 0 && run.errors == "")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.split(separator: " ") == ["operation", "arity", "formula", "sets"])
    let entries = try entries()
    try #require(lines.count == 1 + entries.count)
    for (line, entry) in zip(lines.dropFirst(), entries) {
      #expect(line.hasPrefix("\(entry.name) "))
      #expect(line.contains(" \(entry.arity) "))
      #expect(line.contains("  \(entry.formula)" + (entry.learnable ? "  (learnable)" : "")))
      #expect(line.hasSuffix(entry.sets.joined(separator: ", ")))
    }
  }
}
