import Activations
import Foundation
import Search

extension RequestedFunction {
  /// One function, and the cell that it stands in.
  public struct Part: Sendable, Hashable {
    /// The cell's name, such as `stage1`; empty for the only one.
    public let cell: String
    /// The function.
    public let expression: ActivationExpression
  }

  /// The functions as trees.
  ///
  /// Those of a run are read from its genotypes, which hold all digits of scalars and every operation;
  /// without its configuration, which says how the cell is connected, from the formula in its result.
  ///
  /// - Returns: One function, or those of all stages or sites.
  /// - Throws: `UnknownOperation`, `ActivationExpressionError`, `EvaluatedFunction.Failure` or
  ///   `ConfigurationFile.Failure`, each one line; `GenotypeError` if result and configuration of a
  ///   run do not fit.
  public func parts() throws -> [Part] {
    guard let run, let genotypes = Self.genotypes(of: run.result) else { return try readFormula() }
    let file = RunFolder(path: run.folder).configuration
    guard FileManager.default.fileExists(atPath: file.path) else { return try readFormula() }
    var configuration = RunConfiguration(
      network: run.result.network, dataset: run.result.dataset,
      search: SearchPreset.quick.configuration)
    try ConfigurationFile.read(file.relativePath, into: &configuration)
    let graph = try configuration.search.space().graph
    return try genotypes.map { cell, text in
      let genotype = try Genotype(parsing: text)
      let expression = try ActivationExpression(genotype, graph: graph)
      return Part(cell: cell, expression: expression)
    }
  }

  private static func genotypes(of result: SearchResult) -> [(cell: String, text: String)]? {
    if let functions = result.functions { return functions.map { ($0.cell, $0.genotype) } }
    return result.genotype.map { [("", $0)] }
  }

  private func readFormula() throws -> [Part] {
    let function = try EvaluatedFunction(formula)
    return zip(function.cells, function.expressions).map { Part(cell: $0, expression: $1) }
  }
}
