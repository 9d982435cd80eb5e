import Activations
import Files
import Tensors
import Trials

/// A search that proposes functions and learns what trainings with them came to.
///
/// The driver, `ProposalSearch`, asks for candidates, has them trained, and tells of all in the
/// order of their proposal, so that results do not depend on which training ended first. A value:
/// its `code` lists what changes, from which it goes on in another process.
public protocol Proposer: Sendable {
  /// Proposes functions.
  ///
  /// - Parameters:
  ///   - count: How many are wanted.
  ///   - stream: The random numbers of this round, the same ones when the round is repeated.
  /// - Returns: At most `count`, each of which is trained; none where there is nothing left to
  ///   propose.
  mutating func propose(_ count: Int, _ stream: inout RandomStream) -> [Candidate]

  /// Learns what a training came to.
  ///
  /// - Parameters:
  ///   - candidate: What was proposed, in the order of proposals.
  ///   - outcome: Its score on the examples that judge functions; a training may have diverged.
  mutating func observe(_ candidate: Candidate, _ outcome: TrialResult)

  /// Codes all that changes.
  mutating func code(_ coder: inout StateCoder)
}

/// A function that a search proposes: a genotype for each cell of its scope.
public struct Candidate: Sendable, Hashable {
  /// The genotypes, in the order of the cells.
  public let genotypes: [Genotype]

  /// Proposes genotypes.
  ///
  /// - Parameter genotypes: One for each cell, in their order.
  public init(_ genotypes: [Genotype]) { self.genotypes = genotypes }

  /// The function, as it is trained and handed on.
  ///
  /// - Parameters:
  ///   - space: The search's space.
  ///   - cells: The cells' names.
  ///   - bounding: How operations are bounded.
  /// - Returns: The function, within its limits.
  /// - Throws: `GenotypeError` if a genotype does not fill the space's graph.
  /// - Precondition: There is a genotype for each cell.
  func function(
    in space: SearchSpace, cells: [String], bounding: Bounding
  ) throws -> PlacedFunction {
    precondition(
      genotypes.count == cells.count, "Candidate: \(genotypes.count) genotypes for \(cells)")
    return PlacedFunction(
      cells: try zip(cells, genotypes).map { name, genotype in
        PlacedFunction.Cell(
          name: name, expression: try ActivationExpression(genotype, graph: space.graph))
      }, limits: Limits(outputs: bounding))
  }
}

/// What a proposer is made for.
public struct ProposalProblem: Sendable {
  /// What there is to choose from.
  public let space: SearchSpace
  /// The names of the cells, each of which needs a genotype; one empty name for a single cell.
  public let cells: [String]
  /// How many candidates will be trained in all.
  public let budget: Int
}
