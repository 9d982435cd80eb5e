import Autodiff
import TestSupport
import Tensors
import Testing

@Suite("Linear maps")
struct LinearMapTests {
  @Test(
    "values and three gradients are those of the definition",
    arguments: [(1, 1, 1), (3, 5, 2), (33, 7, 10), (2, 17, 3)])
  func definition(rows: Int, inputs: Int, outputs: Int) {
    // Sums of at most 33 products of size 1.
    let text = disagreement(
      [
        randomTensor([rows, inputs], seed: 1), randomTensor([outputs, inputs], seed: 2),
        randomTensor([outputs], seed: 3),
      ],
      reference: { arguments in
        let (x, weight, bias) = (arguments[0].scalars, arguments[1].scalars, arguments[2].scalars)
        var result = [Double]()
        for row in 0..<rows {
          for output in 0..<outputs {
            var sum = bias[output]
            for input in 0..<inputs {
              sum += x[row * inputs + input] * weight[output * inputs + input]
            }
            result.append(sum)
          }
        }
        return Tensor(result, [rows, outputs])
      },
      operation: { linearMap($0[0], weight: $0[1], bias: $0[2]) })
    #expect(text == nil)
  }

  @Test("a weight of another width is refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = linearMap(
        tape.constant(Tensor(zeros: [2, 3])), weight: tape.constant(Tensor(zeros: [3, 4])),
        bias: tape.constant(Tensor(zeros: [3])))
    }
  }
}
