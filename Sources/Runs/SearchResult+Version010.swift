import Activations
import Files
import Foundation
import Search

/// Results of version 0.1.0, whose `formula` is simplified and without the limits of operations.
extension SearchResult {
  /// The function exactly as it was found.
  ///
  /// A result of today says it. Of an older one it is made of the genotypes, which hold all digits
  /// and every operation, and the run's configuration, which says how the cell is connected and
  /// bounded; without a configuration it is the formula as it stands.
  ///
  /// - Parameter folder: The run's folder.
  /// - Returns: The function; nil of a diverged search.
  /// - Throws: What reading the configuration, the genotypes or the formula throws, one line each.
  public func function(in folder: RunFolder) throws -> PlacedFunction? {
    if limits != nil { return formula }
    guard let expression else { return nil }
    guard let genotypes, FileManager.default.fileExists(atPath: folder.configuration.path) else {
      return try formula ?? PlacedFunction(parsing: expression)
    }
    // Relaxed searches were all that there was.
    let configuration = try RunConfiguration(of: folder, RunConfiguration.settings(proposers: []))
    let search = BilevelConfiguration(
      task: configuration.search.task, relaxed: configuration.search.method.relaxed ?? .init())
    let graph = try search.task.space().graph
    let cells = try genotypes.map { cell, text in
      let expression = try ActivationExpression(Genotype(parsing: text), graph: graph)
      return PlacedFunction.Cell(name: cell, expression: expression)
    }
    return PlacedFunction(cells: cells, limits: search.limits)
  }

  /// The comparison of version 0.1.0, which was always with ReLU.
  private struct Comparison: Decodable {
    let reluValidationAccuracy, reluElapsedSeconds: Double?
  }

  /// Takes over such a comparison, if the result has one.
  ///
  /// - Parameter json: The contents of `result.json`.
  /// - Throws: What the decoder throws.
  mutating func takeComparisonOfVersion010(from json: Data) throws {
    let earlier = try SortedJSON.value(Comparison.self, from: json)
    guard usualActivation == nil, earlier.reluElapsedSeconds != nil else { return }
    usualActivation = ReLU.name
    usualValidationAccuracy = earlier.reluValidationAccuracy
    usualElapsedSeconds = earlier.reluElapsedSeconds
  }

  /// What the search chose, cell by cell.
  var genotypes: [(cell: String, text: String)]? {
    if let functions { return functions.map { ($0.cell, $0.genotype) } }
    return genotype.map { [("", $0)] }
  }
}
