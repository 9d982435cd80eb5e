import Activations
import Autodiff
import Networks
import Search
import Tensors
import Testing
import Training

/// What removing an operation costs, by a forward pass each and by one gradient for all.
///
/// With mean weights m = c / Σc of concentrations c(α), a removal moves the others' weights to
/// m / (1 − m_k): to first order the loss changes by −m_k / (1 − m_k) · (Σc / c′(α_k)) · ∂L/∂α_k.
@Suite("The gradient in function space")
struct RemovalGradientTests {
  @Test("ranks removals as forward passes do")
  func removals() throws {
    var search = try TinySearch.search(TinySearch.configuration())
    try search.run(steps: 3)
    let architecture = search.architecture
    let sampler = CellSampler(
      relaxation: DirichletRelaxation(), sampling: .mean,
      cellOfSite: search.trainer.model.activationSites.map { _ in 0 },
      limits: search.configuration.limits, grid: CurveGrid())
    let batch = try TinySearch.data(seed: 1).scoring.batch(at: 0)
    func loss(_ tape: Tape, _ activation: any Activation) -> (Variable<Float>, Double) {
      var (model, score) = (search.trainer.model, Score())
      var pass = Pass(on: tape, activation: activation, phase: .training)
      return (model.loss(of: batch, score: &score, in: &pass), score.loss)
    }
    let tape = Tape(device: Device(threads: 1))
    var unused = RandomStream(seed: 0, purpose: "none")
    let drawn = sampler.draw(architecture, on: tape, differentiates: true, stream: &unused)
    let (whole, wholeLoss) = loss(tape, drawn.activation)
    tape.pullBack(from: whole)
    let correlations = architecture.slots.enumerated().map { index, slot in
      let (alpha, gradient) = (slot.weights.scalars, drawn.variables[index].gradient?.scalars ?? [])
      let sum = slot.alive.reduce(0) { $0 + Concentration.value(alpha[$1]) }
      let predicted = slot.alive.map { operation in
        let mean = Concentration.value(alpha[operation]) / sum
        return -mean / (1 - mean) * sum / Concentration.derivative(alpha[operation])
          * gradient[operation]
      }
      let passed = slot.alive.map { operation in
        var without = architecture
        without.slots[index].alive.removeAll { $0 == operation }
        let tape = Tape(device: Device(threads: 1))
        return loss(tape, sampler.mean(without, on: tape)).1 - wholeLoss
      }
      return rankCorrelation(predicted, passed)
    }
    #expect(correlations.sorted()[2] > 0.9, "\(correlations)")
  }

  /// Spearman's, of numbers that differ.
  private func rankCorrelation(_ first: [Double], _ second: [Double]) -> Double {
    func ranks(_ numbers: [Double]) -> [Double] {
      var ranks = numbers
      for (rank, place) in numbers.indices.sorted(by: { numbers[$0] < numbers[$1] }).enumerated() {
        ranks[place] = Double(rank) - Double(numbers.count - 1) / 2
      }
      return ranks
    }
    let (x, y) = (ranks(first), ranks(second))
    let products = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    return products / x.reduce(0) { $0 + $1 * $1 }
  }
}
