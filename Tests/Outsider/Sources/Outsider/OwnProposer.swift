import Activations
import Files
import Search
import Settings
import Tensors
import Trials

/// A search of one's own: changes some slots of the best function so far.
struct HillClimbing: Proposer {
  struct Own: ProposerSettings {
    var changes = 1
    static let settings: [Setting<Own>] = [
      Setting("changes", \.changes, "a whole number", help: "How many slots change at a time.")
        .must("be at least 1") { $0.changes >= 1 }
    ]
  }

  let own: Own
  let problem: ProposalProblem
  /// The best genotype as text, and its loss.
  var best = ""
  var loss = Double.infinity

  static let entry = ProposerEntry(name: "hill-climbing", settings: Own.self) {
    HillClimbing(own: $0, problem: $1)
  }

  mutating func propose(_ count: Int, _ stream: inout RandomStream) -> [Candidate] {
    (0..<count).map { _ in
      let random = problem.space.randomGenotype(from: &stream)
      guard !best.isEmpty, let parent = try? Genotype(parsing: best) else {
        return Candidate([random])
      }
      var genes = parent.genes
      for _ in 0..<own.changes {
        let changed = stream.integer(below: genes.count)
        genes[changed] = random.genes[changed]
      }
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
