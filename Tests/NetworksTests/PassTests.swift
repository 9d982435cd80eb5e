import Activations
import Autodiff
import Networks
import Tensors
import Testing

@Suite("Random numbers of a pass")
struct PassTests {
  /// Where they come from in most of the tests.
  private static let usual = Pass.Randomness(seed: 1, purpose: "training", number: 7)

  private func pass(_ randomness: Pass.Randomness) -> Pass {
    Pass(
      on: Tape(device: Device(threads: 1)), activation: Rectifier(), phase: .training,
      randomness: randomness)
  }

  /// The first numbers of each request.
  private func numbers(
    _ randomness: Pass.Randomness, _ purposes: [String] = ["dropout", "dropout", "depth"]
  ) -> [[Double]] {
    var pass = pass(randomness)
    return purposes.map { purpose in
      var stream = pass.stream(purpose)
      return (0..<4).map { _ in stream.uniform() }
    }
  }

  @Test("the same pass has the same numbers, whatever other purposes ask for between")
  func sameNumbers() {
    let first = numbers(Self.usual)
    #expect(numbers(Self.usual) == first)
    let other = numbers(Self.usual, ["depth", "dropout", "noise", "dropout"])
    #expect([other[1], other[3], other[0]] == first)
    // A copy goes on by itself.
    var pass = pass(Self.usual)
    _ = pass.stream("dropout")
    var copy = pass
    let (ofCopy, ofPass) = (copy.stream("dropout"), pass.stream("dropout"))
    #expect(ofCopy == ofPass)
  }

  @Test("every request, purpose, number, seed and kind of pass has numbers of its own")
  func otherNumbers() {
    let origins = [
      Self.usual, .init(seed: 2, purpose: "training", number: 7),
      .init(seed: 1, purpose: "weight step", number: 7),
      .init(seed: 1, purpose: "training", number: 8), .none,
    ]
    let all = origins.flatMap { numbers($0) }
    #expect(all.count == 15)
    #expect(Set(all.joined()).count == 60)
  }

  @Test("the passes of all steps have numbers of their own")
  func passesOfSteps() {
    let origins = (0..<4).flatMap { step in
      let randomness = Pass.Randomness(seed: 1, purpose: "training", number: step)
      return (0..<3).map { randomness.pass($0, of: 3) }
    }
    #expect(Set(origins).count == 12 && Set(origins.map(\.number)) == Set(0..<12))
    #expect(origins.allSatisfy { $0.seed == 1 && $0.purpose == "training" })
  }
}
