import TestSupport
import Tensors
import Testing

@Suite("Reductions")
struct ReductionTests {
  /// Columns below, at and above those of a piece; a single row, and none.
  static let shapes: [Shape] = [[1, 3], [7, 1], [2, 3, 5], [5, 1024], [4, 2500], [0, 3]]

  @Test("the sum of rows is that of a plain loop, in the rows' order", arguments: shapes)
  func sumOfRows(shape: Shape) {
    let matrix: Tensor<Float> = randomTensor(shape, seed: 1)
    let precise: Tensor<Double> = randomTensor(shape, seed: 2)
    func sums<Scalar>(_ matrix: Tensor<Scalar>) -> [Scalar] {
      var sums = [Scalar](repeating: 0, count: shape.columns)
      for (index, element) in matrix.scalars.enumerated() { sums[index % shape.columns] += element }
      return sums
    }
    for threads in [1, 2, 3] {
      let device = Device(threads: threads)
      #expect(matrix.sumOfRows(on: device) == Tensor(sums(matrix)))
      #expect(precise.sumOfRows(on: device) == Tensor(sums(precise)))
      #expect(
        matrix.preciseSumOfRows(on: device)
          == Tensor(sums(matrix.converted(to: Double.self))))
    }
  }

  /// Rows of one piece, whose bits are those of the plain loop, and of many.
  @Test(
    "the sum of many rows is that of a plain loop", arguments: [[3, 5], [9000, 17]] as [Shape])
  func sumOfManyRows(shape: Shape) {
    let matrix: Tensor<Float> = randomTensor(shape, seed: 1)
    let exact = matrix.converted(to: Double.self).sumOfRows(on: Device(threads: 1))
    let sums = [1, 2, 3].map { matrix.sumOfManyRows(on: Device(threads: $0)) }
    #expect(sums[1] == sums[0] && sums[2] == sums[0])
    // Partial sums of some hundred numbers of size 1 in single precision.
    #expect(mismatch(sums[0].converted(to: Double.self), exact, relative: 1e-6) == nil)
    if shape.rows < 100 { #expect(sums[0] == matrix.sumOfRows(on: Device(threads: 1))) }
  }

  @Test("rows count whose largest element is their label's alone; NaN never wins")
  func largest() {
    let rows: [[Float]] = [
      [1, 3, 2], [3, 3, 1], [.nan, 5, 1], [1, .nan, 0], [-1, -2, -.infinity],
    ]
    let matrix = Tensor(rows.flatMap(\.self), [5, 3])
    #expect(matrix.countOfRows(largestAt: [1, 0, 1, 1, 0]) == 2)
    #expect(matrix.countOfRows(largestAt: [0, 1, 2, 0, 0]) == 1)
  }

  @Test("labels of another number than the rows are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2, 3]).countOfRows(largestAt: [0])
    }
  }
}
