import Activations
import Autodiff
import Tensors
import TestSupport
import Testing

/// Cells whose channels have scalars of their own, at sites of 3, 1 and 2 channels.
@Suite("Activations with scalars for each channel")
struct ChannelwiseActivationTests {
  private static let channels = [3, 1, 2]

  /// A cell of smooth operations, a row of weights and of scalars for each of the six channels.
  private struct Problem {
    let graph = CellGraph.twoCoreUnits
    let operations: [[ElementaryOperation]]
    var weights: [Tensor<Double>]
    var scalars: [Tensor<Double>]
    var slopeBound: Double?

    init(seed: UInt64) {
      let grafs = OperationSet.grafs
      let steep = ["square", "cube", "exp", "sinh"]
      let smooth = OperationSet(
        unary: grafs.unary.filter {
          $0.kinks.isEmpty && $0.name != ELU.name && !steep.contains($0.name)
        },
        binary: grafs.binary.filter { $0.tieRule == nil })
      operations = graph.slots.map { smooth.operations(of: $0.arity) }
      var stream = RandomStream(seed: seed, purpose: "cell")
      weights = operations.map { operations in
        let rows = (0..<6).map { _ in
          DirichletDraw(concentrations: operations.map { _ in 1 }, from: &stream).weights
        }
        return Tensor(rows.flatMap { $0 }, [6, operations.count])
      }
      scalars = operations.map { operations in
        Tensor(
          (0..<6 * operations.scalarCount).map { _ in 1 + 0.5 * stream.normal() },
          [6, operations.scalarCount])
      }
    }

    var parameters: [Tensor<Double>] { weights + scalars }

    func cell(_ parameters: [Variable<Double>]) -> RelaxedCell {
      RelaxedCell(
        graph: graph,
        slots: operations.indices.map {
          RelaxedCell.Slot(
            operations: operations[$0], weights: parameters[$0],
            scalars: parameters[operations.count + $0])
        }, limits: Limits(slopes: slopeBound))
    }

    /// The cell of one channel from its operations' scalar functions.
    func value(at x: Double, channel: Int) -> Double {
      var outputs: [Double] = []
      for (slot, operands) in graph.operands.enumerated() {
        let arguments = operands.map { operand in
          switch operand {
          case .input: x
          case .slot(let index): outputs[index]
          }
        }
        let place = channel * operations[slot].count
        let columns = operations[slot].scalarColumns
        let row = channel * operations[slot].scalarCount
        outputs.append(
          operations[slot].enumerated().reduce(0) { sum, operation in
            sum + weights[slot].scalars[place + operation.offset]
              * operation.element.value(
                at: arguments,
                scalar: columns[operation.offset].map { scalars[slot].scalars[row + $0] } ?? 0)
          })
      }
      return outputs[outputs.count - 1]
    }
  }

  /// What a pass over the three sites computes: outputs, gradients by inputs, gradients by
  /// parameters.
  private struct Outcome {
    let outputs: [Tensor<Float>]
    let inputs: [Tensor<Float>]
    let parameters: [Tensor<Double>]
  }

  private let images: [Tensor<Float>] = zip(Self.channels, [41, 42, 43]).map {
    randomTensor([2, 5, 9, $0], seed: $1, scale: 1.5)
  }

  private func outcome(
    _ problem: Problem, _ activation: (RelaxedCell, Tape) -> any Activation
  ) -> Outcome {
    let tape = Tape(device: Device(threads: 2))
    let parameters = problem.parameters.map { tape.parameter($0) }
    let activation = activation(problem.cell(parameters), tape)
    let inputs = images.map { tape.parameter($0) }
    let outputs = inputs.enumerated().map { activation($0.element, at: $0.offset) }
    let parts = zip(outputs, [51, 52, 53] as [UInt64]).map {
      projection($0, on: randomTensor($0.shape, seed: $1))
    }
    tape.pullBack(
      from: tape.record(Tensor<Double>([0], []), from: parts) { gradient in
        for part in parts { part.accumulate(gradient) }
      })
    return Outcome(
      outputs: outputs.map(\.value), inputs: inputs.map { $0.gradient ?? Tensor(zeros: [0]) },
      parameters: parameters.map { $0.gradient ?? Tensor(zeros: [0]) })
  }

  @Test("the exact activation gives each channel its own function")
  func exact() {
    let problem = Problem(seed: 3)
    let outcome = outcome(problem) { cell, _ in
      ChannelwiseExactActivation(cell, channels: Self.channels)
    }
    var first = 0
    for (site, count) in Self.channels.enumerated() {
      let expected = images[site].scalars.enumerated().map { index, x in
        Float(problem.value(at: Double(x), channel: first + index % count))
      }
      #expect(
        mismatch(outcome.outputs[site], Tensor(expected, images[site].shape), relative: 2e-7)
          == nil)
      first += count
    }
  }

  /// What the cubics leave out, and single precision: as for a cell whose channels are alike.
  @Test("curves give what the exact activation gives, in values and in all gradients")
  func curves() {
    let problem = Problem(seed: 5)
    let exact = outcome(problem) { cell, _ in
      ChannelwiseExactActivation(cell, channels: Self.channels)
    }
    let curves = outcome(problem) { cell, tape in
      ChannelwiseCurveActivation(cell, channels: Self.channels, grid: CurveGrid(), on: tape)
    }
    for (curve, exact) in zip(curves.outputs + curves.inputs, exact.outputs + exact.inputs) {
      #expect(curve.shape == exact.shape)
      #expect(relativeDistance(curve.scalars, exact.scalars) < 1e-6)
    }
    for (curve, exact) in zip(curves.parameters, exact.parameters) {
      #expect(curve.shape == exact.shape)
      let distance = relativeDistance(curve.scalars, exact.scalars)
      #expect(distance < 2e-6 || exact.scalars.allSatisfy { $0 == 0 })
    }
    // Every channel's scalars count, and no other's: 14 operations have one.
    let learnable = problem.operations.joined().filter(\.isLearnable).count
    let moving = curves.parameters[problem.operations.count...].flatMap(\.scalars)
    #expect(learnable == 14 && moving.filter { $0 != 0 }.count == 6 * learnable)
  }

  /// A bound of 0.01 is exceeded by every channel's curve, so that slopes are tabulated.
  @Test(
    "channels that are alike have the values of one function for all, bit for bit",
    arguments: [.infinity, 0.01])
  func alike(slopeBound: Double) {
    var problem = Problem(seed: 7)
    problem.slopeBound = slopeBound
    func repeated(_ rows: Tensor<Double>) -> Tensor<Double> {
      let row = rows.scalars[..<rows.shape.columns]
      return Tensor((0..<6).flatMap { _ in row }, rows.shape)
    }
    problem.weights = problem.weights.map(repeated)
    problem.scalars = problem.scalars.map(repeated)
    let own = outcome(problem) { cell, tape in
      ChannelwiseCurveActivation(cell, channels: Self.channels, grid: CurveGrid(), on: tape)
    }
    let shared = outcome(problem) { cell, tape in
      CurveActivation(cell.sample(4), grid: CurveGrid(), on: tape)
    }
    #expect(own.outputs == shared.outputs && own.inputs == shared.inputs)
  }

  @Test("as many samples as channels")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let problem = Problem(seed: 1)
      let tape = Tape(device: Device(threads: 1))
      let cell = problem.cell(problem.parameters.map { tape.constant($0) })
      _ = ChannelwiseExactActivation(cell, channels: [3, 2])
    }
  }
}
