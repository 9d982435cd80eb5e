import Autodiff
import TestSupport
import Tensors
import Testing

@Suite("Selection")
struct SelectionTests {
  @Test("a row of a matrix", arguments: [(1, 1, 0), (4, 3, 0), (4, 3, 2), (4, 3, 3)])
  func row(rows: Int, columns: Int, row: Int) {
    let text = disagreement(
      [randomTensor([rows, columns], seed: 1)],
      reference: { inputs in
        Tensor((0..<columns).map { inputs[0].scalars[row * columns + $0] })
      },
      operation: { Autodiff.row(row, of: $0[0]) })
    #expect(text == nil)
  }

  @Test("elements of a vector", arguments: [[0], [4, 0, 2], [1, 2, 3, 4, 0]])
  func gathering(indices: [Int]) {
    let text = disagreement(
      [randomTensor([5], seed: 2)],
      reference: { inputs in Tensor(indices.map { inputs[0].scalars[$0] }) },
      operation: { Autodiff.gathering($0[0], at: indices) })
    #expect(text == nil)
  }

  @Test("rows taken twice or never get the sum of what came back, or nothing")
  func rowsTogether() {
    let matrix: Tensor<Double> = randomTensor([3, 2], seed: 3)
    let tape = Tape(team: ThreadTeam(threadCount: 1))
    let variable = tape.parameter(matrix)
    let parts: [(row: Int, upstream: [Double])] = [(2, [1, -2]), (0, [3, 5]), (2, [10, 20])]
    let rows = parts.map { Autodiff.row($0.row, of: variable) }
    let loss = tape.record(Tensor<Double>([0], []), from: rows) { _ in
      for (row, part) in zip(rows, parts) { row.accumulate(Tensor(part.upstream)) }
    }
    tape.pullBack(from: loss)
    #expect(variable.gradient == Tensor([3, 5, 0, 0, 11, 18], [3, 2]))
  }

  @Test("a row outside the matrix is refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(team: ThreadTeam(threadCount: 1))
      _ = Autodiff.row(2, of: tape.constant(Tensor<Float>(zeros: [2, 3])))
    }
  }
}
