import TestSupport
import Tensors
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
  /// Each factor as it lies or exchanged, with a result that is replaced or added to.
  @Test(
    "a product is that of plain loops",
    arguments: [(1, 1, 1), (3, 5, 2), (17, 9, 33)],
    [(false, false), (true, false), (false, true), (true, true)])
  func product(sizes: (rows: Int, inner: Int, columns: Int), exchanged: (Bool, Bool)) {
    let (rows, inner, columns) = sizes
    let left: Tensor<Float> = randomTensor([rows * inner], seed: 1)
    let right: Tensor<Float> = randomTensor([inner * columns], seed: 2)
    let start: Tensor<Float> = randomTensor([rows, columns], seed: 3)
    let (first, second) = (left.scalars.map(Double.init), right.scalars.map(Double.init))
    for keep in [0, 1] as [Float] {
      var expected = start.scalars.map { Double(keep * $0) }
      for row in 0..<rows {
        for column in 0..<columns {
          for index in 0..<inner {
            expected[row * columns + column] +=
              first[exchanged.0 ? index * rows + row : row * inner + index]
              * second[exchanged.1 ? column * inner + index : index * columns + column]
          }
        }
      }
      var result = start
      result.withMutablePointer { result in
        withPointers(left, right) {
          MatrixProduct.multiply(
            exchanged.0 ? .transposed($0) : .plain($0),
            exchanged.1 ? .transposed($1) : .plain($1), rows: rows, inner: inner,
            columns: columns, into: result, keep: keep)
        }
      }
      // 17 products of size 1 in single precision: some 1e−6 of the largest sum.
      #expect(
        mismatch(result.scalars.map(Double.init), expected, absolute: 1e-6, relative: 1e-6) == nil)
    }
  }
}
