import Activations
import Autodiff
import Foundation
import Networks
import Search
import Settings
import Tensors
import Testing
import Traces
import Training

@Suite("Choices by what the loss says")
struct ChoiceByLossTests {
  private static func configuration(
    _ change: (inout BilevelConfiguration) -> Void
  ) -> BilevelConfiguration {
    var configuration = TinySearch.configuration()
    configuration.shrinkingStart = 1
    configuration.task.race.isOn = true
    change(&configuration)
    return configuration
  }

  /// The loss of all 24 validation examples with their own statistics.
  private func loss(
    _ search: BilevelSearch<ResidualNetwork>, _ activation: @escaping (Tape) -> any Activation
  ) throws -> Double {
    var (model, score) = (search.trainer.model, Score())
    let tape = Tape(device: Device(threads: 1))
    var pass = Pass(on: tape, activation: activation(tape), phase: .training)
    let batch = try TinySearch.data(seed: search.configuration.seed).scoring.batch(at: 0)
    _ = model.loss(of: batch, score: &score, in: &pass)
    return score.loss
  }

  @Test("of the weakest few the one goes without which the loss is smallest")
  func removal() throws {
    let configuration = Self.configuration {
      $0.discretization = .loss
      ($0.removalCandidates, $0.removalStart) = (4, 30)
    }
    var search = try TinySearch.search(configuration)
    // Before the epoch with the first drops.
    let first = try #require(search.schedule.drops.firstIndex { $0 > 0 })
    try search.run(steps: first * search.stepsPerEpoch)
    let slot = try #require(
      search.architecture.slots.indices.max {
        let (left, right) = (search.architecture.slots[$0], search.architecture.slots[$1])
        return (left.alive.count, $1) < (right.alive.count, $0)
      })
    let state = search.architecture.slots[slot]
    let alpha = state.weights.scalars
    let weakest = state.alive.sorted { alpha[$0] < alpha[$1] }.prefix(4)
    let sampler = CellSampler(
      relaxation: DirichletRelaxation(),
      cellOfSite: search.trainer.model.activationSites.map { _ in 0 },
      limits: configuration.limits, grid: CurveGrid())
    let losses = try weakest.map { candidate in
      var without = search.architecture
      without.slots[slot].alive.removeAll { $0 == candidate }
      return try loss(search) { sampler.mean(without, on: $0) }
    }
    let best = try #require(losses.min())
    #expect(Set(losses).count == 4, "the test would see nothing")
    try search.run(steps: 1)
    let drop = try #require(search.trajectory.drops.first)
    #expect(drop.slot == state.name && drop.loss == Float(best))
    #expect(drop.operation == state.operations[weakest[losses.firstIndex(of: best) ?? 0]].name)
  }

  @Test("removals are tried from the number left on that was asked for; else α decides")
  func start() throws {
    var search = try TinySearch.search(
      Self.configuration {
        $0.discretization = .loss
        $0.removalStart = 3
      })
    _ = try search.run { _ in }
    var left = Dictionary(
      uniqueKeysWithValues: search.architecture.slots.map { ($0.name, $0.operations.count) })
    for drop in search.trajectory.drops {
      #expect(drop.loss.isNaN == (left[drop.slot, default: 0] > 3), "\(drop)")
      left[drop.slot, default: 0] -= 1
    }
    #expect(left.values.allSatisfy { $0 == 1 })
  }

  @Test("plugged functions have the loss of the network with them, which stays as it was")
  func plugged() throws {
    func searched(_ count: Int, threads: Int = 2) throws -> BilevelSearch<ResidualNetwork> {
      var search = try TinySearch.search(
        Self.configuration { $0.plugged = count }, threads: threads)
      _ = try search.run { _ in }
      return search
    }
    let (search, without) = (try searched(12), try searched(0, threads: 1))
    #expect(without.trajectory.plugged.isEmpty)
    #expect(search.trajectory.plugged.map(\.number) == Array(0..<12))
    #expect(Set(search.trajectory.plugged.map(\.function)).count == 12)
    #expect(try searched(12, threads: 1).trajectory.plugged == search.trajectory.plugged)
    for row in search.trajectory.plugged {
      let function = try PlacedFunction(parsing: row.function)
      #expect(function.isTrainable)
      let activation = try function.activation(at: search.trainer.model.activationSites)
      #expect(try loss(search) { activation.activation(on: $0) } == row.loss, "\(row.function)")
    }
    #expect(Set(search.trajectory.plugged.map(\.loss)).count > 6, "the test would see nothing")
    #expect(search.validationScores == without.validationScores)
    // Without a race there is nothing to propose them for.
    var alone = try TinySearch.search(
      Self.configuration { ($0.plugged, $0.task.race.isOn) = (12, false) })
    _ = try alone.run { _ in }
    #expect(alone.trajectory.plugged.isEmpty)
    // As many as there are in a small space.
    let space = Self.configuration {
      ($0.task.cell, $0.task.operations, $0.plugged) = ("u0(x)", "relu,tanh,identity", 50)
    }
    var small = try TinySearch.search(space)
    _ = try small.run { _ in }
    #expect(small.trajectory.plugged.count == 3)
  }

  @Test("how often examples are probed is known before")
  func probes() throws {
    for (candidates, start) in [(3, 8), (4, 30), (2, 2)] {
      let configuration = Self.configuration {
        $0.discretization = .loss
        ($0.removalCandidates, $0.removalStart, $0.plugged) = (candidates, start, 7)
      }
      var search = try TinySearch.search(configuration)
      let sizes = search.architecture.slots.map(\.operations.count)
      var (left, tried) = (sizes, 0)
      _ = try search.run { _ in }
      let names = search.architecture.slots.map(\.name)
      for drop in search.trajectory.drops {
        let slot = try #require(names.firstIndex(of: drop.slot))
        if !drop.loss.isNaN { tried += min(candidates, left[slot]) }
        left[slot] -= 1
      }
      #expect(configuration.probes(sizes: sizes) == tried + 7)
    }
  }

  @Test("single operations are drawn from the epoch on that was asked for")
  func oneHot() throws {
    // Four epochs of three steps: a warm start, two with a choice, one without.
    func losses(_ start: Double?, _ gradient: OneHotGradient = .straightThrough) throws -> [Float] {
      var search = try TinySearch.search(
        Self.configuration {
          $0.recipe.epochs = 4
          ($0.oneHotStart, $0.oneHotGradient) = (start, gradient)
        })
      _ = try search.run { _ in }
      return search.trajectory.steps.map(\.trainLoss)
    }
    let (mixtures, late, early) = (try losses(nil), try losses(0.5), try losses(0))
    #expect(late.prefix(6) == mixtures.prefix(6) && late[6] != mixtures[6])
    #expect(early.prefix(3) == mixtures.prefix(3), "the warm start draws nothing")
    #expect(early[3] != mixtures[3] && early[6] != late[6])
    #expect(try losses(0, .reinMax) != early)
  }

  @Test("single operations that could not be drawn before the choice has ended are refused")
  func oneHotTooLate() throws {
    var configuration = SearchPreset.quick.configuration
    let last = configuration.task.recipe.epochs - 1
    for epoch in 0...last {
      configuration.method.relaxed?.oneHotStart =
        Double(epoch) / Double(configuration.task.recipe.epochs)
      if epoch < last {
        try configuration.validate(proposers: [])
      } else {
        #expect(throws: ImpossibleValue.self) { try configuration.validate(proposers: []) }
      }
    }
    // Without drops on the way the choice is open to the end.
    configuration.method.relaxed?.shrinking = .off
    try configuration.validate(proposers: [])
  }

  @Test("β-decay adds the gradient of its term", arguments: [0.0, 0.7])
  func betaDecay(weight: Double) throws {
    // A first step of Adam is as long as the rate, whatever the gradient's size: against its sign.
    var architecture = try ArchitectureTests.single(["tanh", "relu", "exp"], alpha: [1, 2, 3])
    var gradients = [Tensor<Double>([0.25, -0.5, 0.125], [3]), Tensor([0, 0, 0], [3])]
    architecture.addBetaDecayGradients(to: &gradients, weight: weight)
    let powers = [1.0, 2, 3].map { pow(2.718281828459045, $0) }
    let expected = zip([0.25, -0.5, 0.125], powers).map { $0 + weight * $1 / powers.reduce(0, +) }
    #expect(zip(gradients[0].scalars, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    _ = architecture.dropWeakest()
    gradients[0] = Tensor([0, 0, 0], [3])
    architecture.addBetaDecayGradients(to: &gradients, weight: 1)
    #expect(gradients[0].scalars[0] == 0 && gradients[0].scalars[1] > 0.2)
  }

  @Test("a search's β-decay draws its weights together")
  func decayedSearch() throws {
    func spread(_ decay: Double) throws -> Double {
      var search = try TinySearch.search(
        Self.configuration {
          ($0.betaDecay, $0.shrinking, $0.architectureLearningRate) = (decay, .off, 0.1)
        })
      try search.run(steps: 8)
      return search.architecture.slots.map { slot in
        let alpha = slot.weights.scalars
        return (alpha.max() ?? 0) - (alpha.min() ?? 0)
      }.reduce(0, +)
    }
    #expect(try spread(1e4) < 0.9 * spread(0))
  }
}
