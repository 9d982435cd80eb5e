import TestSupport
import Tensors
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
  /// Each factor as it lies or exchanged, with a result that is replaced or added to.
  @Test(
    "a product is that of plain loops",
    arguments: [(1, 1, 1), (3, 5, 2), (17, 9, 33), (5, 1030, 7)],
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
    for (hasBias, engine) in [
      (false, .own), (true, .own), (false, .openBLAS), (true, .openBLAS),
    ] as [(Bool, MatrixProduct.Engine)] {
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
      let result = MatrixProduct.product(
        factors.0, factors.1, plus: hasBias ? bias : nil, by: engine, on: device)
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
    for engine in MatrixProduct.Engine.allCases {
      let products = (1...3).map { threads in
        MatrixProduct.product(
          factors.0, factors.1, plus: nil, by: engine, on: Device(threads: threads))
      }
      #expect(products[1] == products[0] && products[2] == products[0])
      #expect(
        mismatch(
          products[0].scalars.map(Double.init), expected, absolute: 2e-7 * Double(inner),
          relative: 1e-6) == nil, "\(engine)")
    }
  }

  @Test("without anything to sum, a product is zero, or the bias")
  func empty() {
    let device = Device(threads: 2)
    let factors: (MatrixProduct.Factor, MatrixProduct.Factor) = (
      .plain(Tensor(zeros: [2, 0])), .plain(Tensor(zeros: [0, 3]))
    )
    #expect(MatrixProduct.product(factors.0, factors.1, on: device) == Tensor(zeros: [2, 3]))
    let bias = Tensor<Float>([1, 2, 3], [3])
    #expect(
      MatrixProduct.product(factors.0, factors.1, plus: bias, on: device).scalars
        == [1, 2, 3, 1, 2, 3])
  }
}
