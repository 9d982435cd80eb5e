import Activations
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
    // What an early configuration does not name yet, such as a bound of slopes, there was not.
    var configuration = RunConfiguration(
      network: network, dataset: dataset, search: SearchConfiguration())
    try ConfigurationFile.read(folder.configuration.relativePath, into: &configuration)
    let graph = try configuration.search.space().graph
    let cells = try genotypes.map { cell, text in
      let expression = try ActivationExpression(Genotype(parsing: text), graph: graph)
      return PlacedFunction.Cell(name: cell, expression: expression)
    }
    return PlacedFunction(cells: cells, limits: configuration.search.limits)
  }

  private var genotypes: [(cell: String, text: String)]? {
    if let functions { return functions.map { ($0.cell, $0.genotype) } }
    return genotype.map { [("", $0)] }
  }
}
