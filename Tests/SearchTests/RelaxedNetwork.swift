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
    /// The projection's gradient by the first convolution's kernels, to which it comes back through
    /// every site.
    let kernels: Tensor<Float>
    /// The projection's gradients by α of every slot, and by the scalars of every slot.
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
    var network = network
    let direction = direction
    var (values, variables): (Tensor<Float>, [Variable<Double>]) = (Tensor([]), [])
    let byWeights = network.gradients(on: Device(threads: 2)) { network, tape in
      let (logits, drawn) = pass(
        &network, architecture, grid: grid, differentiates: true, on: tape)
      (values, variables) = (logits.value, drawn)
      return tape.record(Tensor([Float(innerProduct(logits.value))], []), from: [logits]) { _ in
        logits.accumulate(direction)
      }
    }
    let gradients = variables.map { $0.gradient?.scalars ?? [] }
    let slots = architecture.slots.count
    return Outcome(
      logits: values, projection: innerProduct(values), kernels: byWeights[0],
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
      var network = network
      let tape = Tape(device: Device(threads: 2))
      return innerProduct(
        pass(&network, moved, grid: grid, differentiates: false, on: tape).logits.value)
    }
    let near = projection(step) - projection(-step)
    let far = projection(2 * step) - projection(-2 * step)
    return (8 * near - far) / (12 * step)
  }

  private func pass(
    _ network: inout ResidualNetwork, _ architecture: Architecture, grid: CurveGrid?,
    differentiates: Bool, on tape: Tape
  ) -> (logits: Variable<Float>, variables: [Variable<Double>]) {
    let sampler = CellSampler(
      relaxation: relaxation, cellOfSite: network.activationSites.map { _ in 0 },
      limits: Limits(outputs: Bounding(outputs: bound), slopes: slopeBound), grid: grid)
    var stream = RandomStream(seed: 3, purpose: "pass")
    let cell = sampler.draw(
      architecture, on: tape, differentiates: differentiates, stream: &stream)
    var pass = Pass(on: tape, activation: cell.activation, phase: .training)
    return (network(images, in: &pass), cell.variables)
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
