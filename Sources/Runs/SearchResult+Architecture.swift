import Activations
import Search

extension SearchResult {
  /// Takes over the functions that a search has found.
  ///
  /// - Parameters:
  ///   - architecture: At the end of the search.
  ///   - limits: How the search bounded operations.
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  mutating func take(_ architecture: Architecture, limits: Limits) throws {
    let function = try architecture.function(within: limits)
    expression = function.formula
    formula = function
    self.limits = limits
    let genotypes = try architecture.cells.indices.map {
      try architecture.genotype(ofCell: $0).description
    }
    guard genotypes.count > 1 else {
      genotype = genotypes[0]
      return
    }
    functions = zip(function.cells, genotypes).map { cell, genotype in
      Function(
        cell: cell.name, expression: PlacedFunction(cell.expression, limits: limits).formula,
        genotype: genotype)
    }
  }
}
