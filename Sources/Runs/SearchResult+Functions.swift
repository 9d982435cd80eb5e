import Activations
import Networks
import Search
import Traces

extension SearchResult {
  /// Takes over what a relaxed search has found.
  ///
  /// - Parameter search: At its end.
  /// - Throws: `GenotypeError` if a learnable scalar is not finite.
  mutating func take(_ search: BilevelSearch<some Model>) throws {
    let architecture = search.architecture
    take(
      try architecture.function(within: search.configuration.limits),
      genotypes: try architecture.cells.indices.map {
        try architecture.genotype(ofCell: $0).description
      })
    validationAccuracy = search.validationScores.last?.accuracy
    validationLoss = search.validationScores.last?.loss
    bestValidationAccuracy = search.bestValidationAccuracy
    relaxedValidationAccuracy = search.relaxedScore?.accuracy
  }

  /// Takes over the best candidate of a search by proposals.
  ///
  /// - Parameters:
  ///   - best: The candidate.
  ///   - metric: What its value is.
  /// - Throws: What reading the function throws, which this program has written.
  mutating func take(_ best: CandidateHistory.Row, metric: Metric) throws {
    take(try PlacedFunction(parsing: best.function), genotypes: best.genotypes)
    validationLoss = best.loss
    if metric == .accuracy { validationAccuracy = best.value }
  }

  private mutating func take(_ function: PlacedFunction, genotypes: [String]) {
    expression = function.formula
    formula = function
    limits = function.limits
    guard genotypes.count > 1 else {
      genotype = genotypes.first
      return
    }
    functions = zip(function.cells, genotypes).map { cell, genotype in
      Function(
        cell: cell.name,
        expression: PlacedFunction(cell.expression, limits: function.limits).formula,
        genotype: genotype)
    }
  }
}
