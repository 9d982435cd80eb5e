import Autodiff
import Foundation
import TestSupport
import Tensors
import Testing

@Suite("Cross-entropy")
struct CrossEntropyTests {
  @Test("value and gradient are those of the definition", arguments: [(1, 2), (3, 5), (33, 10)])
  func definition(rows: Int, classes: Int) {
    let labels = (0..<rows).map { Int32(($0 * 7 + 1) % classes) }
    // A mean of logarithms of size 1, rounded once; the gradient twice.
    let text = disagreement(
      [randomTensor([rows, classes], seed: 1, scale: 3)], relative: 1e-6,
      reference: { inputs in
        let logits = inputs[0].scalars
        var loss = 0.0
        for row in 0..<rows {
          let scores = logits[row * classes..<(row + 1) * classes]
          let own = scores[row * classes + Int(labels[row])]
          loss += log(scores.reduce(0) { $0 + exp($1) }) - own
        }
        return Tensor([loss / Double(rows)], [])
      },
      operation: { crossEntropy($0[0], labels: labels) })
    #expect(text == nil)
  }

  @Test("huge logits neither overflow nor lose the loss")
  func hugeLogits() {
    // Wrong by 2·10⁶, right by far, and a tie of two classes at 3·10³⁸: ln 2.
    let logits = Tensor<Float>([1e6, -1e6, 0, 300, -900, 0, 3e38, 3e38, -3e38], [3, 3])
    let (value, upstream, gradients) = run([logits]) { crossEntropy($0[0], labels: [1, 0, 0]) }
    // Rounded once or twice.
    #expect(mismatch([Double(value.scalars[0])], [(2e6 + log(2)) / 3], relative: 1e-6) == nil)
    let share = 2 * upstream.scalars[0] / 3
    let expected = Tensor<Float>([1, -1, 0, 0, 0, 0, -0.5, 0.5, 0].map { share * $0 }, [3, 3])
    #expect(mismatch(gradients[0] ?? Tensor(zeros: []), expected, relative: 1e-6) == nil)
  }

  @Test("a logit that is no number makes a loss that is none", arguments: [0, 1, 2])
  func undefined(place: Int) {
    var logits: [Float] = [1, 2, 3]
    logits[place] = .nan
    let (value, _, _) = run([Tensor(logits, [1, 3])]) { crossEntropy($0[0], labels: [0]) }
    #expect(value.scalars[0].isNaN)
  }

  @Test("labels outside the classes, or not one for each row, are refused")
  func labels() async {
    await #expect(processExitsWith: .failure) { loss(labels: [0, 3]) }
    await #expect(processExitsWith: .failure) { loss(labels: [-1, 0]) }
    await #expect(processExitsWith: .failure) { loss(labels: [0]) }
  }
}

/// The loss of two rows of three zeros.
private func loss(labels: [Int32]) {
  let tape = Tape(device: Device(threads: 1))
  _ = crossEntropy(tape.constant(Tensor(zeros: [2, 3])), labels: labels)
}
