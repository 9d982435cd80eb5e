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
      operation: { $0[0].row(row) })
    #expect(text == nil)
  }

  @Test("elements of a vector", arguments: [[0], [4, 0, 2], [1, 2, 3, 4, 0]])
  func gathering(indices: [Int]) {
    let text = disagreement(
      [randomTensor([5], seed: 2)],
      reference: { inputs in Tensor(indices.map { inputs[0].scalars[$0] }) },
      operation: { $0[0].gathering(indices) })
    #expect(text == nil)
  }

  @Test("rows that follow one another", arguments: [(1, 1, 0..<1), (4, 3, 1..<3), (4, 3, 0..<4)])
  func rows(rows: Int, columns: Int, range: Range<Int>) {
    let text = disagreement(
      [randomTensor([rows, columns], seed: 1)],
      reference: { inputs in
        Tensor(
          Array(inputs[0].scalars[range.lowerBound * columns..<range.upperBound * columns]),
          [range.count, columns])
      },
      operation: { $0[0].rows(range) })
    #expect(text == nil)
  }

  @Test("elements of every row of a matrix", arguments: [[0], [4, 0, 2], [1, 1, 3]])
  func gatheringOfRows(indices: [Int]) {
    let text = disagreement(
      [randomTensor([3, 5], seed: 2)],
      reference: { inputs in
        Tensor(
          (0..<3).flatMap { row in indices.map { inputs[0].scalars[row * 5 + $0] } },
          [3, indices.count])
      },
      operation: { $0[0].gathering(indices) })
    #expect(text == nil)
  }

  @Test("rows in any order, some twice, some never", arguments: [[0], [2, 0, 2, 2], [1, 0]])
  func gatheringRows(indices: [Int]) {
    let text = disagreement(
      [randomTensor([3, 4], seed: 2)],
      reference: { inputs in
        Tensor(
          indices.flatMap { row in (0..<4).map { inputs[0].scalars[row * 4 + $0] } },
          [indices.count, 4])
      },
      operation: { $0[0].gatheringRows(indices) })
    #expect(text == nil)
  }

  /// Sizes about the side of a tile, and images, whose rows are pixels.
  @Test(
    "a transpose",
    arguments: [[1, 1], [3, 5], [32, 33], [65, 31], [2, 3, 5, 16], [7]] as [Shape])
  func transposition(shape: Shape) {
    let (rows, columns) = (shape.rows, shape.columns)
    let input: Tensor<Float> = randomTensor(shape, seed: 5)
    let (value, upstream, gradients) = run([input]) { Autodiff.transposition($0[0]) }
    #expect(value.shape == [columns, rows] && gradients[0]?.shape == shape)
    for row in 0..<rows {
      for column in 0..<columns {
        #expect(value.scalars[column * rows + row] == input.scalars[row * columns + column])
        #expect(
          gradients[0]?.scalars[row * columns + column]
            == 2 * upstream.scalars[column * rows + row])
      }
    }
    let large: Tensor<Float> = randomTensor([200, 300], seed: 6)
    #expect(threadDependence([large]) { Autodiff.transposition($0[0]) } == nil)
  }

  @Test("rows taken twice or never get the sum of what came back, or nothing")
  func rowsTogether() {
    let matrix: Tensor<Double> = randomTensor([3, 2], seed: 3)
    let tape = Tape(device: Device(threads: 1))
    let variable = tape.parameter(matrix)
    let parts: [(row: Int, upstream: [Double])] = [(2, [1, -2]), (0, [3, 5]), (2, [10, 20])]
    let rows = parts.map { variable.row($0.row) }
    let loss = tape.record(Tensor<Double>([0], []), from: rows) { _ in
      for (row, part) in zip(rows, parts) { row.accumulate(Tensor(part.upstream)) }
    }
    tape.pullBack(from: loss)
    #expect(variable.gradient == Tensor([3, 5, 0, 0, 11, 18], [3, 2]))
  }

  @Test("a row outside the matrix is refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = tape.constant(Tensor<Float>(zeros: [2, 3])).row(2)
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = tape.constant(Tensor<Float>(zeros: [2, 3])).rows(1..<3)
    }
  }
}
