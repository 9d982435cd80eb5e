import TestSupport
import Tensors
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
  /// Each factor as it lies or exchanged, with a result that is replaced or added to.
  @Test(
    "a product is that of plain loops",
    arguments: [(1, 1, 1), (3, 5, 2), (17, 9, 33), (2, 0, 3), (5, 1030, 7)],
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
      // A product of size 1 in single precision adds some 1e−7 of the largest sum at most.
      #expect(
        mismatch(
          result.scalars.map(Double.init), expected, absolute: 1e-6 * Double(max(1, inner / 20)),
          relative: 1e-6) == nil)
    }
  }

  /// Millions of products, so that the longer side is cut; extents that are no multiple of a tile.
  @Test(
    "a large product is that of its parts, with the same bits on any number of threads",
    arguments: [(1000, 70, 61), (61, 70, 1000), (900, 520, 300)],
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
    #expect(
      mismatch(
        product.scalars.map(Double.init), expected, absolute: 2e-7 * Double(inner), relative: 1e-6)
        == nil)
  }

  /// What other processors compute with: both ways are on this machine.
  @Test("OpenBLAS computes the same", arguments: [(33, 17, 20), (1000, 70, 61), (5, 1030, 7)])
  func openBLAS(sizes: (rows: Int, inner: Int, columns: Int)) {
    let (rows, inner, columns) = sizes
    let device = Device(threads: 2)
    let left: Tensor<Float> = randomTensor([rows, inner], seed: 6)
    let right: Tensor<Float> = randomTensor([columns, inner], seed: 7)
    let byBLAS = Tensor<Float>([rows, columns]) {
      MatrixProduct.multiplyByBLAS(
        .plain(left), .transposed(right), into: $0, keep: 0, on: device)
    }
    let product = MatrixProduct.product(.plain(left), .transposed(right), on: device)
    #expect(
      mismatch(
        product.scalars.map(Double.init), byBLAS.scalars.map(Double.init),
        absolute: 2e-7 * Double(inner), relative: 1e-6) == nil)
  }
}
