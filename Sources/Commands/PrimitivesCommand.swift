import Activations
import ArgumentParser
import Files
import Reports

/// Lists the operations.
struct PrimitivesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "primitives",
    abstract: "Lists the operations that a cell's slots can hold.",
    discussion: """
      EXAMPLES
        grafs-swift primitives
        grafs-swift primitives --json
      """)

  @Flag(help: "Print JSON.")
  var json = false

  private struct Entry: Encodable {
    let name: String
    let arity: String
    let formula: String
    let latex: String
    let learnable: Bool
    let sets: [String]

    init(_ operation: ElementaryOperation) {
      name = operation.name
      arity = operation.arity.description
      formula = operation.formula
      latex = operation.latex
      learnable = operation.isLearnable
      sets = OperationSet.named.filter { $0.value.contains(operation) }.map(\.key)
    }
  }

  func run() throws {
    let entries = OperationSet.known.all.map(Entry.init)
    if json {
      return try StandardOutput.write(SortedJSON.data(entries))
    }
    var table = TextTable("operation", "arity", "formula", "sets")
    for entry in entries {
      table.add(
        entry.name, entry.arity, entry.formula + (entry.learnable ? "  (learnable)" : ""),
        entry.sets.joined(separator: ", "))
    }
    try StandardOutput.show(table.text)
  }
}
