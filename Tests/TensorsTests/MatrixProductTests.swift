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
    let left: Tensor<Float> = randomTensor(exchanged.0 ? [inner, rows] : [rows, inner], seed: 1)
    let right: Tensor<Float> = randomTensor(
      exchanged.1 ? [columns, inner] : [inner, columns], seed: 2)
    let bias: Tensor<Float> = randomTensor([columns], seed: 3)
    let (first, second) = (left.scalars.map(Double.init), right.scalars.map(Double.init))
    let factors: (MatrixProduct.Factor, MatrixProduct.Factor) = (
      exchanged.0 ? .transposed(left) : .plain(left),
      exchanged.1 ? .transposed(right) : .plain(right)
    )
    let device = Device(threads: 2)
    for hasBias in [false, true] {
      var expected = (0..<rows).flatMap { _ in
        bias.scalars.map { hasBias ? Double($0) : 0 }
      }
      for row in 0..<rows {
        for column in 0..<columns {
          for index in 0..<inner {
            expected[row * columns + column] +=
              first[exchanged.0 ? index * rows + row : row * inner + index]
              * second[exchanged.1 ? column * inner + index : index * columns + column]
          }
        }
      }
      let result =
        hasBias
        ? MatrixProduct.product(factors.0, factors.1, plus: bias, on: device)
        : MatrixProduct.product(factors.0, factors.1, on: device)
      #expect(result.shape == [rows, columns])
      // 17 products of size 1 in single precision: some 1e−6 of the largest sum.
      #expect(
        mismatch(result.scalars.map(Double.init), expected, absolute: 1e-6, relative: 1e-6) == nil)
    }
  }

  /// Millions of products, so that the longer side is cut; extents that are no multiple of a tile.
  @Test(
    "a large product is that of its parts, with the same bits on any number of threads",
    arguments: [(1000, 70, 61), (61, 70, 1000)],
    [(false, false), (true, false), (false, true), (true, true)])
  func pieces(sizes: (rows: Int, inner: Int, columns: Int), exchanged: (Bool, Bool)) {
    let (rows, inner, columns) = sizes
    let left: Tensor<Float> = randomTensor([rows, inner], seed: 4)
    let right: Tensor<Float> = randomTensor([inner, columns], seed: 5)
    let one = Device(threads: 1)
    let factors: (MatrixProduct.Factor, MatrixProduct.Factor) = (
      exchanged.0 ? .transposed(left.transposed(on: one)) : .plain(left),
      exchanged.1 ? .transposed(right.transposed(on: one)) : .plain(right)
    )
    let product = MatrixProduct.product(factors.0, factors.1, on: one)
    for threads in [2, 3] {
      let device = Device(threads: threads)
      #expect(MatrixProduct.product(factors.0, factors.1, on: device) == product)
    }
    let (first, second) = (left.scalars.map(Double.init), right.scalars.map(Double.init))
    var expected = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for index in 0..<inner {
        for column in 0..<columns {
          expected[row * columns + column] +=
            first[row * inner + index] * second[index * columns + column]
        }
      }
    }
    #expect(mismatch(product.scalars.map(Double.init), expected, relative: 1e-6) == nil)
  }
}
