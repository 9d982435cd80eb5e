import CKernels
import TestSupport
import Testing

/// A variant of the product that this machine can run.
struct ProductVariant: CustomTestStringConvertible, Sendable {
  typealias Kernel =
    @Sendable (
      Int, Int, Int, UnsafePointer<Float>, Int, Int, UnsafePointer<Float>, Bool,
      UnsafeMutablePointer<Float>, Int
    ) -> Void

  let testDescription: String
  let product: Kernel

  static let all: [ProductVariant] = {
    var variants = [
      ProductVariant(testDescription: "portable") {
        grafs_product_portable($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
      },
      ProductVariant(testDescription: "dispatched") {
        grafs_product($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
      },
    ]
    #if arch(x86_64)
      if grafs_has_avx2() {
        variants.append(
          ProductVariant(testDescription: "AVX2") {
            grafs_product_avx2($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
          })
      }
      if grafs_has_avx512() {
        variants.append(
          ProductVariant(testDescription: "AVX-512") {
            grafs_product_avx512($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
          })
      }
    #endif
    return variants
  }()
}

@Suite struct ProductTests {
  /// Extents, how factors lie, whether sums are added, and what lies between rows of the result.
  struct Problem: CustomStringConvertible, Sendable {
    let rows: Int
    let columns: Int
    let inner: Int
    let isLeftTransposed: Bool
    let isRightTransposed: Bool
    let adds: Bool
    let gap: Int

    var description: String {
      "\(rows)×\(inner)×\(columns), transposed \(isLeftTransposed) \(isRightTransposed), "
        + "adds \(adds), gap \(gap)"
    }
  }

  /// All numbers of rows and of tiles that are treated on their own, and extents at random.
  static let problems: [Problem] = {
    var stream = Stream(state: 5)
    func drawn(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(stream.next() % UInt64(range.count))
    }
    func problem(_ rows: Int, _ columns: Int) -> Problem {
      Problem(
        rows: rows, columns: columns, inner: drawn(1...40), isLeftTransposed: drawn(0...1) == 0,
        isRightTransposed: drawn(0...1) == 0, adds: drawn(0...1) == 0, gap: drawn(0...3))
    }
    let edges = [1, 2, 3, 5, 6, 7, 8, 9, 13, 16, 17, 24, 31].flatMap { rows in
      [1, 7, 15, 16, 17, 31, 32, 33, 48, 70].map { problem(rows, $0) }
    }
    return edges + (0..<100).map { _ in problem(drawn(1...60), drawn(1...80)) }
  }()

  private func result(
    of problem: Problem, by variant: ProductVariant, left: [Float], right: [Float],
    before: [Float], _ comment: Comment
  ) -> [Float] {
    let (rows, columns, inner) = (problem.rows, problem.columns, problem.inner)
    var packed = Guarded(count: grafs_product_packed_count(inner, columns))
    packed.withPointer {
      grafs_product_pack(
        right, problem.isRightTransposed ? 1 : columns, problem.isRightTransposed ? inner : 1,
        inner, columns, $0)
    }
    var result = Guarded(before)
    result.withPointer {
      variant.product(
        rows, columns, inner, left, problem.isLeftTransposed ? 1 : inner,
        problem.isLeftTransposed ? rows : 1, packed.checked(comment), problem.adds, $0,
        columns + problem.gap)
    }
    return result.checked(comment)
  }

  @Test(arguments: ProductVariant.all)
  func agreesWithTheDefinition(variant: ProductVariant) {
    var stream = Stream(state: 2)
    for problem in Self.problems {
      let comment: Comment = "\(variant.testDescription) \(problem)"
      let (rows, columns, inner) = (problem.rows, problem.columns, problem.inner)
      let (left, right) = (stream.numbers(rows * inner), stream.numbers(inner * columns))
      let line = columns + problem.gap
      let before = stream.numbers(rows * line)
      var (expected, scales) = (before.map(Double.init), before.map { abs(Double($0)) })
      for row in 0..<rows {
        for column in 0..<columns {
          if !problem.adds {
            (expected[row * line + column], scales[row * line + column]) = (0, 0)
          }
          for i in 0..<inner {
            let first = left[problem.isLeftTransposed ? i * rows + row : row * inner + i]
            let second = right[
              problem.isRightTransposed ? column * inner + i : i * columns + column]
            expected[row * line + column] += Double(first) * Double(second)
            scales[row * line + column] += abs(Double(first) * Double(second))
          }
        }
      }
      // What lies between two rows is left as it was.
      #expect(
        mismatch(
          result(
            of: problem, by: variant, left: left, right: right, before: before, comment),
          expected, scales: scales, tolerance: 2e-6) == nil, comment)
    }
  }

  #if arch(x86_64)
    @Test(.enabled(if: grafs_has_avx512()))
    func bitsOfAVX2AreThoseOfAVX512() throws {
      let variants = ["AVX2", "AVX-512"].compactMap { name in
        ProductVariant.all.first { $0.testDescription == name }
      }
      try #require(variants.count == 2)
      var stream = Stream(state: 4)
      for problem in Self.problems {
        let left = stream.numbers(problem.rows * problem.inner)
        let right = stream.numbers(problem.inner * problem.columns)
        let before = stream.numbers(problem.rows * (problem.columns + problem.gap))
        let results = variants.map {
          result(
            of: problem, by: $0, left: left, right: right, before: before, "\(problem)"
          ).map(\.bitPattern)
        }
        #expect(results[0] == results[1], "\(problem)")
      }
    }
  #endif
}
