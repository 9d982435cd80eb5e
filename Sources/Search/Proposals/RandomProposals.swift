import Activations
import Files
import Tensors
import Trials

/// Random search: every slot's operation drawn uniformly from those offered, learnable scalars from
/// their start distributions. The baseline that every other search has to beat (Li and Talwalkar,
/// 2019).
public struct RandomProposals: Proposer {
  private let problem: ProposalProblem

  /// The kind, as catalogs list it.
  public static let entry = ProposerEntry(name: "random") { RandomProposals($0) }

  /// Makes a search that has not begun.
  public init(_ problem: ProposalProblem) { self.problem = problem }

  /// Draws functions, each on its own.
  public mutating func propose(_ count: Int, _ stream: inout RandomStream) -> [Candidate] {
    (0..<count).map { _ in
      Candidate(problem.cells.map { _ in problem.space.randomGenotype(from: &stream) })
    }
  }

  /// Learns nothing.
  public mutating func observe(_ candidate: Candidate, _ outcome: TrialResult) {}

  /// Has no state: every round has its own random numbers.
  public mutating func code(_ coder: inout StateCoder) {}
}

extension SearchSpace {
  /// Draws a genotype: for each slot one of its operations, all equally probable, with scalars
  /// from their start distributions if it has any.
  public func randomGenotype(from stream: inout RandomStream) -> Genotype {
    var genes: [Genotype.Gene] = []
    for (slot, offered) in zip(graph.slots, operations) {
      let operation = offered[stream.integer(below: offered.count)]
      let scalars = operation.scalars.map { $0.start.draw(from: &stream) }
      do {
        genes.append(
          try Genotype.Gene(slot: slot.name, operation: operation, scalars: scalars))
      } catch {
        preconditionFailure("randomGenotype: \(error)")
      }
    }
    do {
      return try Genotype(genes: genes)
    } catch {
      preconditionFailure("randomGenotype: \(error)")
    }
  }
}
