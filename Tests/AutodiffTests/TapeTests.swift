import Autodiff
import Tensors
import TestSupport
import Testing

@Suite("Tape")
struct TapeTests {
  @Test("a variable used twice gets the sum of both gradients, a constant gets none")
  func usedTwice() {
    let tape = Tape(device: Device(threads: 1))
    let x = tape.parameter(Tensor<Float>([1, -2, 3], [1, 3]))
    let c = tape.constant(Tensor<Float>([5, 5, 5], [1, 3]))
    let sum = addition(addition(x, c), x)
    let loss = crossEntropy(sum, labels: [0])
    tape.pullBack(from: loss)
    // ∂/∂x of the loss of 2x + c is twice softmax minus one-hot.
    #expect(c.gradient == nil)
    let gradient = x.gradient ?? Tensor(zeros: [0])
    let reference = centralDifference(at: x.value, step: 1e-2) { x in
      let tape = Tape(device: Device(threads: 1))
      let v = tape.constant(x)
      let loss = crossEntropy(
        addition(addition(v, tape.constant(c.value)), v), labels: [0])
      return Double(loss.value.scalars[0])
    }
    #expect(mismatch(gradient, reference, absolute: 2e-4) == nil)
  }

  /// Something a pullback holds on to.
  private final class Token {}

  private func scalar(_ value: Float) -> Tensor<Float> { Tensor([value], []) }

  @Test("of constants nothing is kept, and no pullback runs")
  func constants() {
    let tape = Tape(device: Device(threads: 1))
    let constant = tape.constant(scalar(1))
    weak var kept: Token?
    var runs = 0
    let result: Variable<Float>
    do {
      let token = Token()
      kept = token
      result = tape.record(scalar(2), from: [constant]) { _ in
        withExtendedLifetime(token) { runs += 1 }
      }
    }
    #expect(kept == nil)
    #expect(!result.needsGradient)
    tape.pullBack(from: result)
    #expect(runs == 0 && result.gradient == nil && constant.gradient == nil)
  }

  @Test("pullbacks run last first; each frees what it kept before the next one runs")
  func order() {
    let tape = Tape(device: Device(threads: 1))
    var last: Variable<Float> = tape.parameter(scalar(1))
    let parameter = last
    var intermediate: [Variable<Float>] = []
    let tokens = UnsafeMutablePointer<Weak>.allocate(capacity: 3)
    tokens.initialize(repeating: Weak(), count: 3)
    defer {
      tokens.deinitialize(count: 3)
      tokens.deallocate()
    }
    var log: [String] = []
    for number in 0..<3 {
      let token = Token()
      tokens[number].token = token
      let parent = last
      last = tape.record(scalar(0), from: [parent]) { gradient in
        let alive = (0..<3).filter { tokens[$0].token != nil }
        log.append("\(number): \(alive) \(gradient.scalars[0])")
        withExtendedLifetime(token) { parent.accumulate(Tensor([3 * gradient.scalars[0]], [])) }
      }
      intermediate.append(last)
    }
    #expect((0..<3).allSatisfy { tokens[$0].token != nil })
    tape.pullBack(from: last)
    #expect(log == ["2: [0, 1, 2] 1.0", "1: [0, 1] 3.0", "0: [0] 9.0"])
    #expect((0..<3).allSatisfy { tokens[$0].token == nil })
    #expect(parameter.gradient?.scalars == [27])
    #expect(intermediate.allSatisfy { $0.gradient == nil })
  }

  /// A reference that does not keep its token.
  private struct Weak {
    weak var token: Token?
  }

  @Test("a branch the loss does not depend on is not pulled back")
  func deadBranch() {
    let tape = Tape(device: Device(threads: 1))
    let (used, unused) = (tape.parameter(scalar(1)), tape.parameter(scalar(2)))
    var runs = 0
    _ = tape.record(scalar(0), from: [used, unused]) { _ in runs += 1 }
    let loss = tape.record(scalar(0), from: [used]) { used.accumulate($0) }
    tape.pullBack(from: loss)
    #expect(runs == 0)
    #expect(used.gradient?.scalars == [1])
    #expect(unused.gradient == nil)
  }

  @Test("one gradient handed to two variables is not changed through either")
  func sharedGradient() {
    let tape = Tape(device: Device(threads: 1))
    let (x, y) = (tape.parameter(Tensor<Float>([1, 2])), tape.parameter(Tensor<Float>([3, 4])))
    // x + y hands one tensor to both; x is used once more, y is not.
    let once = addition(x, y)
    let twice = addition(once, x)
    let loss = tape.record(scalar(0), from: [twice, once]) { _ in
      twice.accumulate(Tensor([10, 20]))
      once.accumulate(Tensor([1, 2]))
    }
    tape.pullBack(from: loss)
    #expect(y.gradient?.scalars == [11, 22])
    #expect(x.gradient?.scalars == [21, 42])
  }

  @Test("stretches of a gradient add up with whole ones; a constant computes none")
  func stretches() {
    let tape = Tape(device: Device(threads: 1))
    let variable = tape.parameter(Tensor<Double>(zeros: [2, 2]))
    let whole = Tensor<Double>([1, 2, 3, 4], [2, 2])
    variable.accumulate(Tensor([10, 20]), at: 1)
    variable.accumulate(whole)
    variable.accumulate(Tensor([100]), at: 3)
    #expect(variable.gradient == Tensor([1, 12, 23, 104], [2, 2]))
    #expect(whole.scalars == [1, 2, 3, 4])
    let constant = tape.constant(whole)
    var computed = false
    func part() -> Tensor<Double> {
      computed = true
      return whole
    }
    constant.accumulate(part())
    constant.accumulate(Tensor([1]), at: 0)
    #expect(!computed && constant.gradient == nil)
  }

  @Test("a loss of several elements, and gradients of another shape, are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      tape.pullBack(from: tape.parameter(Tensor<Float>(zeros: [2])))
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      tape.parameter(Tensor<Float>(zeros: [2, 1])).accumulate(Tensor(zeros: [2]))
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      tape.parameter(Tensor<Float>(zeros: [3])).accumulate(Tensor(zeros: [2]), at: 2)
    }
  }
}
