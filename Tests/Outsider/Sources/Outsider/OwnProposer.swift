import Activations
import Files
import Search
import Tensors
import Trials

/// A search of one's own: changes one slot of the best function so far.
struct HillClimbing: Proposer {
  let problem: ProposalProblem
  /// The best genotype as text, and its loss.
  var best = ""
  var loss = Double.infinity

  static let entry = ProposerEntry(name: "hill-climbing") { HillClimbing(problem: $0) }

  mutating func propose(_ count: Int, _ stream: inout RandomStream) -> [Candidate] {
    (0..<count).map { _ in
      let random = problem.space.randomGenotype(from: &stream)
      guard !best.isEmpty, let parent = try? Genotype(parsing: best) else {
        return Candidate([random])
      }
      let changed = stream.integer(below: parent.genes.count)
      let genes = parent.genes.indices.map { $0 == changed ? random.genes[$0] : parent.genes[$0] }
      return Candidate([(try? Genotype(genes: genes)) ?? random])
    }
  }

  mutating func observe(_ candidate: Candidate, _ outcome: TrialResult) {
    guard let found = outcome.value, found < loss else { return }
    (best, loss) = (candidate.genotypes[0].description, found)
  }

  mutating func code(_ coder: inout StateCoder) {
    coder.code("best", &best)
    coder.code("loss", &loss)
  }
}
