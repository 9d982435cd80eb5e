import Activations
import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Functions with open scalars")
struct OpenScalarsTests {
  /// mix(b · PReLU(x, a), tanh(x + c), d): with given scalars, or with its scalars open.
  private static func function(_ given: [Double]?) -> ActivationExpression {
    func node(
      _ operation: ElementaryOperation, _ index: Int, _ arguments: ActivationExpression...
    ) -> ActivationExpression {
      let scalar = given.map { ActivationExpression.Scalar.fixed($0[index]) } ?? .open(start: nil)
      return .node(.init(operation, scalars: [scalar], arguments))
    }
    let left = node(
      ElementaryOperation(Scale.self), 1, node(ElementaryOperation(PReLU.self), 0, .input))
    let right = ActivationExpression(
      ElementaryOperation(HyperbolicTangent.self),
      node(ElementaryOperation(Shift.self), 2, .input))
    return node(ElementaryOperation(Mix.self), 3, left, right)
  }

  private let points = Tensor<Double>(
    (-40...40).map { Double($0) * 0.21 + 0.013 }, [1, 81])
  private let scalars = [0.3, -1.2, 0.7, 0.4]

  private func variables(_ scalars: [Double], on tape: Tape) -> [Variable<Double>] {
    scalars.map { tape.parameter(Tensor([$0])) }
  }

  @Test func scalarsAreListedInTheirOrder() {
    let open = Self.function(nil)
    #expect(open.openScalars == [PReLU.scalars[0].start, .beta, .beta, .gamma])
    #expect(Self.function(scalars).openScalars.isEmpty)
    #expect(ActivationExpression.input.openScalars.isEmpty)
    #expect(ActivationExpression(of: ElementaryOperation(ReLU.self)).openScalars.isEmpty)
  }

  @Test("An open scalar counts as the mean of its start, and is its operation's own")
  func starts() throws {
    let swish = ActivationExpression(of: ElementaryOperation(Swish.self))
    #expect(abs(swish.value(at: 2) - 2 / (1 + exp(-2.0))) < 1e-15)
    let prelu = ActivationExpression(of: ElementaryOperation(PReLU.self))
    #expect(prelu.value(at: -2) == -0.5)
    #expect(
      try ActivationExpression(
        parsing: prelu.exactText(for: .allPrimitives), operations: .allPrimitives
      ).value(at: -2) == -0.5)
    let two = ActivationExpression(
      ElementaryOperation(Maximum.self), prelu, prelu)
    #expect(two.simplified == two, "two scalars are trained")
  }

  @Test(arguments: [Bounding.off, .output(2), .input(2)])
  func valuesAreThoseOfTheFunctionWithGivenScalars(bounding: Bounding) {
    let tape = Tape(device: Device(threads: 2))
    let values = Self.function(nil).values(
      at: tape.constant(points), limits: Limits(outputs: bounding),
      openScalars: variables(scalars, on: tape))
    let given = Self.function(scalars)
    #expect(
      values.value.scalars
        == points.scalars.map { given.value(at: $0, limits: Limits(outputs: bounding)) })
    // One whose scalars are given needs no variable, and gives the same.
    let fixed = given.values(
      at: tape.constant(points), limits: Limits(outputs: bounding), openScalars: [])
    #expect(fixed.value == values.value)
  }

  @Test func gradientsAgreeWithCentralDifferences() {
    let tape = Tape(device: Device(threads: 2))
    let open = variables(scalars, on: tape)
    let upstream = points.scalars.map { 1 / (2 + $0 * $0) - 0.1 }
    let values = Self.function(nil).values(at: tape.constant(points), openScalars: open)
    let weighted = mixture(
      of: [ElementaryOperation(Multiplication.self)],
      at: [values, tape.constant(Tensor(upstream, [1, 81]))],
      weights: tape.constant(Tensor([1], [1, 1])), scalars: tape.constant(Tensor(zeros: [0])))
    let sum = tape.record(Tensor([weighted.value.scalars.reduce(0, +)]), from: [weighted]) {
      weighted.accumulate(Tensor(repeating: $0.scalars[0], [1, 81]))
    }
    tape.pullBack(from: sum)
    for index in scalars.indices {
      func value(_ scalar: Double) -> Double {
        var moved = scalars
        moved[index] = scalar
        let function = Self.function(moved)
        return zip(points.scalars, upstream).reduce(0) { $0 + $1.1 * function.value(at: $1.0) }
      }
      let difference = centralDifference(value, at: scalars[index])
      let gradient = open[index].gradient?.scalars[0] ?? .nan
      #expect(agrees(gradient, difference, relative: 1e-7, absolute: 1e-9), "scalar \(index)")
    }
  }
}
