import Activations
import Training
import Search
import Tensors
import Testing

@Suite("Architecture")
struct ArchitectureTests {
  static func grafs(seed: UInt64 = 0) -> Architecture {
    var stream = RandomStream(seed: seed, purpose: "architecture")
    return Architecture(graph: .twoCoreUnits, operations: .grafs, stream: &stream)
  }

  /// A single unary slot with α as given.
  static func single(_ names: [String], alpha: [Double]) throws -> Architecture {
    let operations = OperationSet(
      unary: try names.map { try OperationSet.grafs.unaryOperation(named: $0) }, binary: [])
    var stream = RandomStream(seed: 0, purpose: "architecture")
    var architecture = Architecture(
      graph: try CellGraph(slots: [CellGraph.Slot("u0", .unary, of: "x")]),
      operations: operations, stream: &stream)
    architecture.slots[0].weights = Tensor(alpha)
    return architecture
  }

  @Test("slots, operations and their number are those of the paper")
  func sizes() {
    let architecture = Self.grafs()
    #expect(architecture.slots.map(\.name) == ["u0", "u1", "b0", "u2", "u3", "b1"])
    #expect(architecture.slots.map(\.operations.count) == [23, 23, 9, 23, 23, 9])
    #expect(architecture.operationsAlive == 110)
    #expect(!architecture.isDiscrete && architecture.isTrainable)
    let learnable = architecture.slots.flatMap { $0.operations.filter(\.isLearnable) }
    #expect(learnable.count == 14)
  }

  /// α is U[0, 1)·1e−6, β is N(1, 0.25²), γ is 0 (facts of the paper). 40 seeds give 4,400 α and
  /// 480 β; bounds are five standard errors.
  @Test("initial values have their distributions")
  func initialValues() {
    var alphas: [Double] = []
    var betas: [Double] = []
    for seed in 0..<40 as Range<UInt64> {
      for slot in Self.grafs(seed: seed).slots {
        alphas += slot.weights.scalars
        for (operation, scalar) in zip(
          slot.operations.filter(\.isLearnable), slot.scalars.scalars)
        {
          switch operation.name {
          case "x_plus_beta", "beta_times_x", "beta": betas.append(scalar)
          default: #expect(scalar == 0, "\(operation)")
          }
        }
      }
    }
    #expect(alphas.count == 4400 && Set(alphas).count == 4400)
    #expect(alphas.allSatisfy { $0 >= 0 && $0 < 1e-6 })
    let (meanAlpha, deviationAlpha) = moments(alphas)
    #expect(abs(meanAlpha - 0.5e-6) < 5 * 0.289e-6 / 66)
    #expect(abs(deviationAlpha - 0.289e-6) < 0.01e-6)
    let (mean, deviation) = moments(betas)
    #expect(betas.count == 480)
    #expect(abs(mean - 1) < 5 * 0.25 / 21.9)
    #expect(abs(deviation - 0.25) < 5 * 0.25 / 31)
  }

  private func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    return (
      mean, (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    )
  }

  @Test("the seed decides the initial values")
  func seeds() {
    let (first, again, other) = (Self.grafs(), Self.grafs(), Self.grafs(seed: 1))
    for index in first.slots.indices {
      #expect(first.slots[index].weights == again.slots[index].weights)
      #expect(first.slots[index].scalars == again.slots[index].scalars)
      #expect(first.slots[index].weights != other.slots[index].weights)
    }
  }

  /// The rule of the paper, once more and otherwise: sort the slots by how many are alive, then
  /// the operations by α.
  @Test("each drop takes the smallest α of the fullest slot", arguments: [3, 8] as [UInt64])
  func dropsByTheRule(seed: UInt64) throws {
    var architecture = Self.grafs(seed: seed)
    for dropped in 0..<104 {
      let before = architecture.slots
      let fullest = try #require(
        before.enumerated().min {
          ($1.element.alive.count, $0.offset) < ($0.element.alive.count, $1.offset)
        }?.element)
      let alpha = fullest.weights.scalars
      let weakest = try #require(fullest.alive.min { (alpha[$0], $0) < (alpha[$1], $1) })
      let result = architecture.dropWeakest()
      let drop = try #require(result)
      #expect(drop.slot == fullest.name)
      #expect(drop.operation == fullest.operations[weakest].name)
      #expect(drop.weight == alpha[weakest])
      #expect(architecture.operationsAlive == 109 - dropped)
      for (slot, old) in zip(architecture.slots, before) {
        #expect(slot.alive == old.alive.filter { slot.name != drop.slot || $0 != weakest })
        #expect(slot.weights == old.weights && slot.scalars == old.scalars)
      }
    }
    #expect(architecture.isDiscrete)
    let nothing = architecture.dropWeakest()
    #expect(nothing == nil)
    #expect(architecture.slots.allSatisfy { $0.alive == [$0.strongest] })
  }

  @Test("of slots equally full the first loses one; of equal α the first goes")
  func dropTies() {
    var architecture = Self.grafs()
    for index in architecture.slots.indices {
      let count = architecture.slots[index].operations.count
      architecture.slots[index].weights = Tensor(zeros: [count])
    }
    let drops = (0..<5).compactMap { _ in architecture.dropWeakest() }
    #expect(drops.map(\.slot) == ["u0", "u1", "u2", "u3", "u0"])
    #expect(
      drops.map(\.operation) == ["identity", "identity", "identity", "identity", "negation"])
  }

  @Test("a smaller α of a slot that is less full stays")
  func fullestFirst() {
    var architecture = Self.grafs()
    architecture.slots[2].weights = Tensor([Double](repeating: -5, count: 9))
    let drop = architecture.dropWeakest()
    #expect(drop?.slot == "u0")
  }

  @Test(
    "the genotype takes the largest α alive, the first on ties",
    arguments: [
      ([0.1, 0.7, 0.7, 0.2], [0, 1, 2, 3], "relu"),
      ([0.9, 0.7, 0.7, 0.2], [1, 2, 3], "relu"),
      ([-3, -2, -1, -2], [0, 1, 3], "relu"),
      ([0, 0, 0, 0], [2, 3], "tanh"),
      ([0, 0, 0, 0.1], [0, 1, 2, 3], "gelu"),
    ])
  func genotype(alpha: [Double], alive: [Int], expected: String) throws {
    var architecture = try Self.single(["identity", "relu", "tanh", "gelu"], alpha: alpha)
    architecture.slots[0].alive = alive
    #expect(try architecture.genotype().genes.map(\.operation.name) == [expected])
  }

  @Test("the genotype carries the scalar of its operation, and a function is made of it")
  func genotypeScalar() throws {
    var architecture = try Self.single(["tanh", "beta_times_x", "beta"], alpha: [0, 3, 1])
    architecture.slots[0].scalars = Tensor([-2.5, 8])
    #expect(try architecture.genotype()["u0"]?.scalars == [-2.5])
    #expect(try architecture.expression().value(at: 2) == -5)
  }

  @Test("trainable while a choice is open or the operation left has a scalar")
  func trainable() throws {
    var architecture = try Self.single(["relu", "beta_times_x"], alpha: [0, 0])
    #expect(architecture.isTrainable && !architecture.isDiscrete)
    architecture.slots[0].alive = [1]
    #expect(architecture.isTrainable && architecture.isDiscrete)
    architecture.slots[0].alive = [0]
    #expect(!architecture.isTrainable && architecture.isDiscrete)
  }

  /// Adam's first step moves by η against the sign of g + λ·w, whatever its size.
  @Test("dropped operations and single choices keep their parameters under weight decay")
  func decaySparesWhatHasNoEffect() throws {
    var architecture = try Self.single(
      ["beta_times_x", "x_plus_beta", "beta"], alpha: [2, 2, 2])
    architecture.slots[0].scalars = Tensor([1, 1, 1])
    architecture.slots[0].alive = [0, 2]
    var optimizer = Adam<Double>(weightDecay: 0.1)
    let nothing = Tensor<Double>(zeros: [3])
    architecture.step(&optimizer, gradients: [nothing, nothing], learningRate: 0.5)
    var slot = architecture.slots[0]
    #expect(slot.weights.scalars[1] == 2 && slot.scalars.scalars[1] == 1)
    for index in [0, 2] {
      #expect(abs(slot.weights.scalars[index] - 1.5) < 1e-6)
      #expect(abs(slot.scalars.scalars[index] - 0.5) < 1e-6)
    }

    architecture.slots[0].alive = [2]
    let before = slot
    architecture.step(&optimizer, gradients: [nothing, nothing], learningRate: 0.5)
    slot = architecture.slots[0]
    #expect(slot.weights == before.weights)
    #expect(slot.scalars.scalars[..<2] == before.scalars.scalars[..<2])
    #expect(slot.scalars.scalars[2] < 0.3, "the scalar of the operation left still learns")
  }
}
