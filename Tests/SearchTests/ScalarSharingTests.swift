import Activations
import Autodiff
import Training
import Files
import Foundation
import Networks
import Search
import Settings
import Tensors
import TestSupport
import Testing
import Traces

@Suite("Scalars for each channel")
struct ScalarSharingTests {
  private static func configuration(epochs: Int = 3) -> BilevelConfiguration {
    var configuration = TinySearch.configuration(epochs: epochs)
    configuration.scalars = .perChannel
    // The operations left at the end have a scalar wherever there is such an operation.
    configuration.operations = "beta_times_x,x_plus_beta,sigmoid,beta_mix,add"
    configuration.shrinkingStart = 1
    return configuration
  }

  private func architecture(_ channels: [[Int]]?) -> Architecture {
    var stream = RandomStream(seed: 3, purpose: "architecture")
    return Architecture(
      graph: .oneCoreUnit,
      operations: SearchSpace(
        graph: .oneCoreUnit, operations: .grafs
      ).operations, cells: ["a", "b"], channels: channels, stream: &stream)
  }

  @Test("a row for every channel of a cell, each drawn; α is that of shared scalars")
  func initialValues() {
    let (own, shared) = (architecture([[4, 2], [7]]), architecture(nil))
    for (slot, other) in zip(own.slots, shared.slots) {
      #expect(slot.weights == other.weights)
      let learnable = slot.operations.filter(\.isLearnable)
      let (rows, columns) = (slot.cell == 0 ? 6 : 7, learnable.count)
      #expect(slot.scalars.shape == [rows, columns] && other.scalars.shape == [columns])
      for (index, operation) in learnable.enumerated() {
        let column = (0..<rows).map { slot.scalars.scalars[$0 * columns + index] }
        #expect(
          Set(column).count == (operation.scalars[0].start.standardDeviation > 0 ? rows : 1))
        let mean = column.reduce(0, +) / Double(rows)
        #expect(abs(slot.meanScalars[index] - mean) < 1e-15)
        #expect(other.meanScalars[index] == other.scalars.scalars[index])
      }
    }
  }

  @Test("the genotype has the mean over the channels")
  func genotype() throws {
    var stream = RandomStream(seed: 0, purpose: "architecture")
    var architecture = Architecture(
      graph: try CellGraph(slots: [CellGraph.Slot("u0", .unary, of: "x")]),
      operations: [
        [
          try OperationSet.grafs.unaryOperation(named: "tanh"),
          try OperationSet.grafs.unaryOperation(named: "beta_times_x"),
        ]
      ], channels: [[2, 1]], stream: &stream)
    architecture.slots[0].weights = Tensor([0, 1])
    architecture.slots[0].scalars = Tensor([2, 4, 9], [3, 1])
    #expect(try architecture.genotype()["u0"]?.scalars == [5])
  }

  /// Adam's first step moves by η against the sign of g + λ·w, whatever its size.
  @Test("every channel's scalar steps and decays; those of dropped operations stay")
  func steps() throws {
    var architecture = architecture([[2], [1]])
    var optimizer = Adam<Double>(weightDecay: 0.1)
    let first = architecture.slots[0].operations.firstIndex { $0.isLearnable }
    let index = try #require(first)
    let second = architecture.slots[0].operations.indices.first {
      $0 > index && architecture.slots[0].operations[$0].isLearnable
    }
    let dropped = try #require(second)
    let width = architecture.slots[0].operations.filter(\.isLearnable).count
    architecture.slots[0].alive.removeAll { $0 == dropped }
    architecture.slots[0].scalars = Tensor(repeating: 1, [2, width])
    let nothing = (architecture.slots.map(\.weights) + architecture.slots.map(\.scalars)).map {
      Tensor<Double>(zeros: $0.shape)
    }
    architecture.step(&optimizer, gradients: nothing, learningRate: 0.5)
    let scalars = architecture.slots[0].scalars.scalars
    for channel in 0..<2 {
      #expect(abs(scalars[channel * width] - 0.5) < 1e-6)
      #expect(scalars[channel * width + 1] == 1)
    }
  }

  // MARK: - A pass

  /// Both draw the same mixture weights; scalars are alike, so that functions are.
  @Test("with alike scalars a pass is that of shared ones", arguments: MixtureSampling.allCases)
  func alike(sampling: MixtureSampling) {
    let channels = [[4, 3], [2]]
    let shared = architecture(nil)
    var own = architecture(channels)
    for index in own.slots.indices {
      let rows = own.slots[index].scalars.shape.rows
      own.slots[index].scalars = Tensor(
        (0..<rows).flatMap { _ in shared.slots[index].scalars.scalars },
        own.slots[index].scalars.shape)
    }
    for grid in [CurveGrid(), nil] {
      let results = [shared, own].map { architecture in
        let sampler = CellSampler(
          relaxation: DirichletRelaxation(), sampling: sampling, cellOfSite: [0, 1, 0],
          limits: Limits(outputs: .output(10)), grid: grid)
        var stream = RandomStream(seed: 1, purpose: "test")
        let tape = Tape(device: Device(threads: 2))
        let drawn = sampler.draw(
          architecture, on: tape, differentiates: true, stream: &stream)
        let outputs = [4, 2, 3].enumerated().map { site, channels in
          drawn.activation(
            tape.constant(randomTensor([30, channels], seed: UInt64(site))), at: site)
        }
        tape.pullBack(
          from: tape.record(Tensor<Double>([0], []), from: outputs) { _ in
            for output in outputs { output.accumulate(randomTensor(output.shape, seed: 5)) }
          })
        return (outputs.map(\.value), drawn.variables.compactMap(\.gradient))
      }
      #expect(results[0].0 == results[1].0)
      #expect(results[0].1.count == 12 && results[1].1.count == 12)
      for (first, second) in zip(results[0].1, results[1].1) {
        // By a shared scalar the gradient is the sum of the channels'.
        let columns = first.shape.columns
        let sums = (0..<columns).map { column in
          stride(from: column, to: second.count, by: columns).reduce(0) {
            $0 + second.scalars[$1]
          }
        }
        #expect(mismatch(sums, first.scalars, absolute: 1e-9, relative: 1e-5) == nil)
      }
    }
  }

  /// Scalars of channels move the function of their own channel only.
  @Test("with smooth operations curves are the exact cells in a network, in all gradients")
  func network() {
    let network = RelaxedNetwork(
      depth: 8, images: [2, 16, 16, 1], classes: 3, relaxation: NoisySoftmaxRelaxation(),
      bound: .infinity, seed: 2)
    let space = SearchSpace.smooth
    var stream = RandomStream(seed: 7, purpose: "architecture")
    let architecture = Architecture(
      graph: space.graph, operations: space.operations,
      channels: [network.network.activationSites.map(\.channels)], stream: &stream)
    let exact = network.outcome(architecture, grid: nil)
    let curve = network.outcome(architecture, grid: CurveGrid())
    #expect(relativeDistance(curve.logits.scalars, exact.logits.scalars) < 2e-6)
    #expect(relativeDistance(curve.kernels.scalars, exact.kernels.scalars) < 3e-5)
    for slot in 0..<6 {
      #expect(relativeDistance(curve.alpha[slot], exact.alpha[slot]) < 3e-5)
      #expect(relativeDistance(curve.scalars[slot], exact.scalars[slot]) < 3e-5)
      let learnable = space.operations[slot].filter(\.isLearnable).count
      // 16 channels after the stem, and two sites of each of 16, 32 and 64.
      #expect(exact.scalars[slot].filter { $0 != 0 }.count == learnable * 240)
    }
  }

  // MARK: - Searches

  @Test("a search moves every channel's scalar on its own, with the same bits on any threads")
  func search() throws {
    let outcomes = try [1, 2, 3].map { threads in
      var search = try TinySearch.search(Self.configuration(), threads: threads)
      let initial = search.architecture.slots
      try search.run(steps: 3)
      for (before, slot) in zip(initial, search.architecture.slots) {
        let learnable = slot.operations.filter(\.isLearnable)
        let columns = learnable.count
        #expect(slot.scalars.shape == [240, columns])
        for (index, operation) in learnable.enumerated() {
          let steps = (0..<240).map {
            slot.scalars.scalars[$0 * columns + index]
              - before.scalars.scalars[$0 * columns + index]
          }
          #expect(steps.allSatisfy { $0 != 0 } && Set(steps).count > 200, "\(operation)")
        }
        let recorded = search.trajectory.histories.first { $0.slot.name == slot.name }?[2].scalars
        #expect(recorded == slot.meanScalars.map { Float($0) })
      }
      #expect(try search.run { _ in } == .finished)
      let genes = try search.architecture.genotype().genes
      for (gene, slot) in zip(genes, search.architecture.slots) {
        #expect(gene.scalars == slot.meanScalars(of: slot.strongest))
      }
      return Outcome(search)
    }
    #expect(outcomes[1] == outcomes[0] && outcomes[2] == outcomes[0])
    var configuration = Self.configuration()
    configuration.scalars = .shared
    var shared = try TinySearch.search(configuration)
    _ = try shared.run { _ in }
    #expect(Outcome(shared).parameters != outcomes[0].parameters)
  }

  @Test(
    "a search that is stopped goes on bit for bit",
    arguments: [
      (ActivationScope.network, RelaxedMethod.drnas(.init())), (.site, .drnas(.init())),
      (.stage, .dartsSecondOrder),
    ])
  func resumption(scope: ActivationScope, method: RelaxedMethod) throws {
    var configuration = Self.configuration(epochs: 2)
    configuration.scope = scope
    configuration.method = method
    var whole = try TinySearch.search(configuration)
    var stops: [Data] = []
    _ = try whole.run { search, _ in stops.append(try search.checkpoint().bytes) }
    for stop in [stops[1], stops[4]] {
      var search = try TinySearch.search(configuration, threads: 1)
      try search.restore(Checkpoint(bytes: stop))
      #expect(try search.run { _ in } == .finished)
      #expect(Outcome(search) == Outcome(whole))
    }
  }

  @Test("without a learnable operation there is nothing to have for each channel")
  func nothingToLearn() throws {
    func check(_ configuration: BilevelConfiguration) throws {
      try SearchConfiguration(task: configuration.task, method: .relaxed(configuration.relaxed))
        .validate(proposers: [])
    }
    var configuration = Self.configuration()
    try check(configuration)
    configuration.operations = "relu,tanh,add"
    #expect(throws: ImpossibleValue.self) { try check(configuration) }
    configuration.scalars = .shared
    try check(configuration)
  }
}
