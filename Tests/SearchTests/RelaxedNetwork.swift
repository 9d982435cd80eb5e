import Activations
import Autodiff
import Networks
import Search
import Tensors
import TestSupport

/// A residual network with a relaxed activation at every site, at fixed images.
struct RelaxedNetwork {
  let network: ResidualNetwork
  let images: Tensor<Float>
  /// The gradient that arrives at the logits.
  let direction: Tensor<Float>
  let relaxation: any Relaxation
  let bound: Double
  /// To what slopes are clipped in gradients.
  var slopeBound: Double?

  init(
    depth: Int, images: Shape, classes: Int, relaxation: any Relaxation, bound: Double,
    seed: UInt64
  ) {
    var stream = RandomStream(seed: seed, purpose: "initialization")
    network = ResidualNetwork(
      depth: depth, channels: images.columns, classes: classes, stream: &stream)
    self.images = randomTensor(images, seed: seed + 1)
    direction = randomTensor([images[0], classes], seed: seed + 2)
    self.relaxation = relaxation
    self.bound = bound
  }

  /// What a pass computes.
  struct Outcome {
    let logits: Tensor<Float>
    /// `⟨direction, logits⟩`, in double precision.
    let projection: Double
    /// The projection's gradients by the images, by α of every slot, and by the scalars of every slot.
    let input: Tensor<Float>
    let alpha: [[Double]]
    let scalars: [[Double]]
  }

  /// Computes a pass and pulls its projection back.
  ///
  /// - Parameters:
  ///   - architecture: What the cells are drawn from, always by the same random numbers.
  ///   - grid: Of the curves; nil takes the exact cell.
  /// - Returns: What the pass computes.
  func outcome(_ architecture: Architecture, grid: CurveGrid?) -> Outcome {
    let pass = pass(architecture, grid: grid, differentiates: true)
    let direction = direction
    let logits = pass.logits
    let sum = innerProduct(logits.value)
    pass.tape.pullBack(
      from: pass.tape.record(Tensor([sum], []), from: [logits]) { _ in
        logits.accumulate(direction)
      })
    let gradients = pass.variables.map { $0.gradient?.scalars ?? [] }
    let slots = architecture.slots.count
    return Outcome(
      logits: logits.value, projection: sum, input: pass.input.gradient ?? Tensor(zeros: [0]),
      alpha: Array(gradients[..<slots]), scalars: Array(gradients[slots...]))
  }

  /// Returns the projection's derivative along a direction, by central differences of fourth order.
  ///
  /// - Parameters:
  ///   - architecture: Where.
  ///   - direction: For each slot, of α and of the scalars; empty for those that stay.
  ///   - step: How far, in units of `direction`.
  ///   - grid: Of the curves; nil takes the exact cell.
  /// - Returns: The derivative.
  func difference(
    _ architecture: Architecture, along direction: (alpha: [[Double]], scalars: [[Double]]),
    step: Double, grid: CurveGrid?
  ) -> Double {
    func projection(_ distance: Double) -> Double {
      var moved = architecture
      for slot in moved.slots.indices {
        moved.slots[slot].weights.move(by: distance, along: direction.alpha[slot])
        moved.slots[slot].scalars.move(by: distance, along: direction.scalars[slot])
      }
      return innerProduct(pass(moved, grid: grid, differentiates: false).logits.value)
    }
    let near = projection(step) - projection(-step)
    let far = projection(2 * step) - projection(-2 * step)
    return (8 * near - far) / (12 * step)
  }

  private func pass(
    _ architecture: Architecture, grid: CurveGrid?, differentiates: Bool
  ) -> (
    tape: Tape, input: Variable<Float>, logits: Variable<Float>, variables: [Variable<Double>]
  ) {
    var network = network
    let sampler = CellSampler(
      relaxation: relaxation, cellOfSite: network.activationSites.map { _ in 0 },
      limits: Limits(outputs: Bounding(outputs: bound), slopes: slopeBound), grid: grid)
    var stream = RandomStream(seed: 3, purpose: "pass")
    let tape = Tape(device: Device(threads: 2))
    let cell = sampler.draw(
      architecture, on: tape, differentiates: differentiates, stream: &stream)
    let input = differentiates ? tape.parameter(images) : tape.constant(images)
    let logits = network(input, activation: cell.activation, phase: .training)
    return (tape, input, logits, cell.variables)
  }

  private func innerProduct(_ logits: Tensor<Float>) -> Double {
    zip(logits.scalars, direction.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}

extension Tensor<Double> {
  fileprivate mutating func move(by distance: Double, along direction: [Double]) {
    withMutablePointer { elements in
      for (index, part) in direction.enumerated() { elements[index] += distance * part }
    }
  }
}

extension SearchSpace {
  /// Two core units with the operations without kinks, ties, and growth beyond the bound.
  static let smooth: SearchSpace = {
    let grafs = OperationSet.grafs
    let steep = ["square", "cube", "exp", "sinh"]
    return SearchSpace(
      graph: .twoCoreUnits,
      operations: OperationSet(
        unary: grafs.unary.filter {
          $0.kinks.isEmpty && $0.name != ELU.name && !steep.contains($0.name)
        },
        binary: grafs.binary.filter { $0.tieRule == nil }))
  }()

  func architecture(seed: UInt64) -> Architecture {
    var stream = RandomStream(seed: seed, purpose: "architecture")
    return Architecture(graph: graph, operations: operations, stream: &stream)
  }
}
