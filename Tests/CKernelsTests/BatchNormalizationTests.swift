import CKernels
import TestSupport
import Testing

/// A variant of the kernels over rows that this machine can run.
struct RowVariant: CustomTestStringConvertible, Sendable {
  typealias Input = UnsafePointer<Float>
  typealias Output = UnsafeMutablePointer<Float>
  typealias Sums = UnsafeMutablePointer<Double>

  let testDescription: String
  let columnSums: @Sendable (Input, Int, Int, Input, Sums) -> Void
  let scaleShift: @Sendable (Input, Int, Int, Input, Input, Output) -> Void
  let scaleShiftAdd: @Sendable (Input, Input, Int, Int, Input, Input, Output) -> Void
  let backwardSums: @Sendable (Input, Input, Int, Int, Input, Input, Sums) -> Void
  let backward: @Sendable (Input, Input, Int, Int, Input, Input, Input, Output) -> Void
  let poolForward: @Sendable (Input, Int, Int, Output) -> Void
  let poolBackward: @Sendable (Input, Int, Int, Output) -> Void

  static let all: [RowVariant] = {
    var variants = [
      RowVariant(
        testDescription: "portable",
        columnSums: { grafs_column_sums_portable($0, $1, $2, $3, $4) },
        scaleShift: { grafs_scale_shift_portable($0, $1, $2, $3, $4, $5) },
        scaleShiftAdd: { grafs_scale_shift_add_portable($0, $1, $2, $3, $4, $5, $6) },
        backwardSums: { grafs_normalization_backward_sums_portable($0, $1, $2, $3, $4, $5, $6) },
        backward: { grafs_normalization_backward_portable($0, $1, $2, $3, $4, $5, $6, $7) },
        poolForward: { grafs_average_pool_forward_portable($0, $1, $2, $3) },
        poolBackward: { grafs_average_pool_backward_portable($0, $1, $2, $3) }),
      RowVariant(
        testDescription: "dispatched",
        columnSums: { grafs_column_sums($0, $1, $2, $3, $4) },
        scaleShift: { grafs_scale_shift($0, $1, $2, $3, $4, $5) },
        scaleShiftAdd: { grafs_scale_shift_add($0, $1, $2, $3, $4, $5, $6) },
        backwardSums: { grafs_normalization_backward_sums($0, $1, $2, $3, $4, $5, $6) },
        backward: { grafs_normalization_backward($0, $1, $2, $3, $4, $5, $6, $7) },
        poolForward: { grafs_average_pool_forward($0, $1, $2, $3) },
        poolBackward: { grafs_average_pool_backward($0, $1, $2, $3) }),
    ]
    #if arch(x86_64)
      if grafs_has_avx2() {
        variants.append(
          RowVariant(
            testDescription: "AVX2",
            columnSums: { grafs_column_sums_avx2($0, $1, $2, $3, $4) },
            scaleShift: { grafs_scale_shift_avx2($0, $1, $2, $3, $4, $5) },
            scaleShiftAdd: { grafs_scale_shift_add_avx2($0, $1, $2, $3, $4, $5, $6) },
            backwardSums: { grafs_normalization_backward_sums_avx2($0, $1, $2, $3, $4, $5, $6) },
            backward: { grafs_normalization_backward_avx2($0, $1, $2, $3, $4, $5, $6, $7) },
            poolForward: { grafs_average_pool_forward_avx2($0, $1, $2, $3) },
            poolBackward: { grafs_average_pool_backward_avx2($0, $1, $2, $3) }))
      }
    #endif
    return variants
  }()
}

@Suite struct BatchNormalizationTests {
  static let shapes = [0, 1, 2, 3, 5, 63, 64, 65, 200].flatMap { rows in
    [1, 3, 7, 15, 16, 17, 24, 32, 40, 64].map { (rows, $0) }
  }

  // Sums run over 64 floats at most; a float's unit is 6e-8.
  static let tolerance = 2e-6

  @Test(arguments: RowVariant.all)
  func sums(variant: RowVariant) {
    var stream = Stream(state: 3)
    for (rows, columns) in Self.shapes {
      let comment: Comment = "\(variant.testDescription) [\(rows), \(columns)]"
      let x = stream.numbers(rows * columns)
      let gradient = stream.numbers(rows * columns)
      let center = stream.numbers(columns)
      let factor = stream.numbers(columns)
      // Each case has two sums for each column, and the sums of the magnitudes.
      func expected(_ terms: (Int, Int) -> (Double, Double)) -> ([Double], [Double]) {
        var sums = [Double](repeating: 0, count: 2 * columns)
        var scales = sums
        for i in 0..<(rows * columns) {
          let (first, second) = terms(i, i % columns)
          sums[i % columns] += first
          scales[i % columns] += abs(first)
          sums[columns + i % columns] += second
          scales[columns + i % columns] += abs(second)
        }
        return (sums, scales)
      }
      let canary = 1234.5
      func check(_ actual: [Double], _ expected: ([Double], [Double])) {
        #expect(actual.last == canary, comment)
        // As floats: the tolerance is one of floats.
        #expect(
          mismatch(
            actual.dropLast().map { Float($0) }, expected.0, scales: expected.1,
            tolerance: Self.tolerance) == nil, comment)
      }

      var actual = [Double](repeating: canary, count: 2 * columns + 1)
      variant.columnSums(x, rows, columns, center, &actual)
      check(
        actual,
        expected { i, c in
          let centered = Double(x[i]) - Double(center[c])
          return (centered, centered * centered)
        })

      actual = [Double](repeating: canary, count: 2 * columns + 1)
      variant.backwardSums(x, gradient, rows, columns, center, factor, &actual)
      check(
        actual,
        expected { i, c in
          let normalized = (Double(x[i]) - Double(center[c])) * Double(factor[c])
          return (Double(gradient[i]), Double(gradient[i]) * normalized)
        })
    }
  }

  /// A variance a millionth of the squared mean, over many rows.
  @Test(arguments: RowVariant.all)
  func aPivotSavesTheVariance(variant: RowVariant) {
    var stream = Stream(state: 5)
    let rows = 100_000
    let x = (0..<(rows * 16)).map { _ in 1000 + stream.normal() }
    let pivot = Array(x.prefix(16))
    var sums = [Double](repeating: 0, count: 32)
    variant.columnSums(x, rows, 16, pivot, &sums)
    for column in 0..<16 {
      let values = stride(from: column, to: x.count, by: 16).map { Double(x[$0]) }
      let mean = values.reduce(0, +) / Double(rows)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      let shift = sums[column] / Double(rows)
      let actual = sums[16 + column] / Double(rows) - shift * shift
      #expect(abs(actual - variance) <= 1e-5 * variance, "\(actual), expected \(variance)")
    }
  }

  @Test(arguments: RowVariant.all)
  func maps(variant: RowVariant) {
    var stream = Stream(state: 9)
    for (rows, columns) in Self.shapes {
      let comment: Comment = "\(variant.testDescription) [\(rows), \(columns)]"
      let count = rows * columns
      let x = stream.numbers(count)
      let other = stream.numbers(count)
      let a = stream.numbers(columns)
      let b = stream.numbers(columns)
      let d = stream.numbers(columns)
      func check(
        _ inPlace: [Float]?, _ map: (Int, Int) -> [Double], _ kernel: (RowVariant.Output) -> Void
      ) {
        var y = inPlace.map { Guarded($0) } ?? Guarded(count: count)
        y.withPointer(kernel)
        let terms = (0..<count).map { map($0, $0 % columns) }
        #expect(
          mismatch(
            y.checked(comment), terms.map { $0.reduce(0, +) },
            scales: terms.map { $0.reduce(0) { $0 + abs($1) } }, tolerance: Self.tolerance) == nil,
          comment)
      }
      let scaled = { (i: Int, c: Int) in [Double(x[i]) * Double(a[c]), Double(b[c])] }
      check(nil, scaled) { variant.scaleShift(x, rows, columns, a, b, $0) }
      check(x, scaled) { variant.scaleShift($0, rows, columns, a, b, $0) }
      let added = { (i: Int, c: Int) in scaled(i, c) + [Double(other[i])] }
      check(nil, added) { variant.scaleShiftAdd(x, other, rows, columns, a, b, $0) }
      check(x, added) { variant.scaleShiftAdd($0, other, rows, columns, a, b, $0) }
      check(other, added) { variant.scaleShiftAdd(x, $0, rows, columns, a, b, $0) }
      let combined = { (i: Int, c: Int) in
        [Double(a[c]) * Double(other[i]), Double(b[c]) * Double(x[i]), Double(d[c])]
      }
      check(nil, combined) { variant.backward(x, other, rows, columns, a, b, d, $0) }
      check(x, combined) { variant.backward($0, other, rows, columns, a, b, d, $0) }
      check(other, combined) { variant.backward(x, $0, rows, columns, a, b, d, $0) }
      if rows > 0 {
        let spread = { (_: Int, c: Int) in [Double(a[c]) / Double(rows)] }
        check(nil, spread) { variant.poolBackward(a, rows, columns, $0) }
        var means = Guarded(count: columns)
        means.withPointer { variant.poolForward(x, rows, columns, $0) }
        let terms = (0..<columns).map { c in
          (0..<rows).map { Double(x[$0 * columns + c]) / Double(rows) }
        }
        #expect(
          mismatch(
            means.checked(comment), terms.map { $0.reduce(0, +) },
            scales: terms.map { $0.reduce(0) { $0 + abs($1) } }, tolerance: Self.tolerance) == nil,
          comment)
      }
    }
  }
}
