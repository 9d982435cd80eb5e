import CKernels
import Foundation
import TestSupport
import Testing

/// A variant of the kernels of curves that this machine can run.
struct CurveVariant: CustomTestStringConvertible, Sendable {
  typealias Input = UnsafePointer<Float>
  typealias Output = UnsafeMutablePointer<Float>

  let testDescription: String
  let forward: @Sendable (Input, Int, Input, grafs_curve_grid, Output) -> Void
  let backwardInput: @Sendable (Input, Input, Int, Input, grafs_curve_grid, Output) -> Void
  let backward:
    @Sendable (Input, Input, Int, Input, grafs_curve_grid, Output, Output, Output) -> Void

  static let all: [CurveVariant] = {
    var variants = [
      CurveVariant(
        testDescription: "portable",
        forward: { grafs_curve_forward_portable($0, $1, $2, $3, $4) },
        backwardInput: { grafs_curve_backward_input_portable($0, $1, $2, $3, $4, $5) },
        backward: { grafs_curve_backward_portable($0, $1, $2, $3, $4, $5, $6, $7) }),
      CurveVariant(
        testDescription: "dispatched",
        forward: { grafs_curve_forward($0, $1, $2, $3, $4) },
        backwardInput: { grafs_curve_backward_input($0, $1, $2, $3, $4, $5) },
        backward: { grafs_curve_backward($0, $1, $2, $3, $4, $5, $6, $7) }),
    ]
    #if arch(x86_64)
      if grafs_has_avx2() {
        variants.append(
          CurveVariant(
            testDescription: "AVX2",
            forward: { grafs_curve_forward_avx2($0, $1, $2, $3, $4) },
            backwardInput: { grafs_curve_backward_input_avx2($0, $1, $2, $3, $4, $5) },
            backward: { grafs_curve_backward_avx2($0, $1, $2, $3, $4, $5, $6, $7) }))
      }
      if grafs_has_avx512() {
        variants.append(
          CurveVariant(
            testDescription: "AVX-512",
            forward: { grafs_curve_forward_avx512($0, $1, $2, $3, $4) },
            backwardInput: { grafs_curve_backward_input_avx512($0, $1, $2, $3, $4, $5) },
            backward: { grafs_curve_backward_avx512($0, $1, $2, $3, $4, $5, $6, $7) }))
      }
    #endif
    return variants
  }()
}

/// A grid in double precision, by the definition: logarithms and divisions, no bits.
struct ReferenceGrid {
  let grid: grafs_curve_grid

  var perSign: Int {
    (Int(grid.highExponent - grid.lowExponent) << Int(grid.log2IntervalsPerOctave)) + 2
  }

  /// The interval of `x`, its coordinate there, and the coordinate's slope.
  func locate(_ x: Float) -> (interval: Int, t: Double, slope: Double, isLast: Bool) {
    let sign = x.sign == .minus ? -1.0 : 1.0
    let offset = x.sign == .minus ? perSign : 0
    let magnitude = abs(Double(x))
    let low = pow(2, Double(grid.lowExponent))
    let high = pow(2, Double(grid.highExponent))
    if x.isNaN { return (offset + perSign - 1, .nan, sign / high, true) }
    if magnitude < low { return (offset, magnitude / low, sign / low, false) }
    if magnitude >= high {
      let t = min(magnitude / high - 1, Double(Float.greatestFiniteMagnitude))
      return (offset + perSign - 1, t, sign / high, true)
    }
    let exponent = Int(floor(log2(magnitude)))
    let intervals = 1 << Int(grid.log2IntervalsPerOctave)
    let position = (magnitude / pow(2, Double(exponent)) - 1) * Double(intervals)
    let interval = 1 + (exponent - Int(grid.lowExponent)) * intervals + Int(floor(position))
    let slope = sign * Double(intervals) / pow(2, Double(exponent))
    return (offset + interval, position - floor(position), slope, false)
  }
}

@Suite struct CurveTests {
  static let grids = [
    grafs_curve_grid(lowExponent: -10, highExponent: 5, log2IntervalsPerOctave: 5),
    grafs_curve_grid(lowExponent: -3, highExponent: 1, log2IntervalsPerOctave: 0),
    grafs_curve_grid(lowExponent: -8, highExponent: 6, log2IntervalsPerOctave: 6),
    grafs_curve_grid(lowExponent: -124, highExponent: 126, log2IntervalsPerOctave: 2),
    grafs_curve_grid(lowExponent: 1, highExponent: 2, log2IntervalsPerOctave: 3),
  ]

  // Every result is a sum of four products of exactly known factors.
  static let tolerance = 1e-6

  /// Ordinary numbers, and all that are special to a float or to a grid. Their count is no multiple
  /// of 8.
  static let inputs: [Float] = {
    var stream = Stream(state: 7)
    var inputs = stream.normals(701)
    let special: [Float] = [
      0, .leastNonzeroMagnitude, .leastNormalMagnitude / 3, .leastNormalMagnitude,
      .greatestFiniteMagnitude, .infinity,
      1.0e30, 31.999_998, 32, 33, 1.0e10,
    ]
    for x in special { inputs += [x, -x] }
    for exponent in -13...8 {
      let x = Float(sign: .plus, exponent: exponent, significand: 1)
      inputs += [x, -x, x.nextDown, -x.nextDown, x.nextUp, -x.nextUp, x * 1.5, -x * 1.25]
    }
    return inputs
  }()

  /// A table of random rows; the last rows linear.
  static func table(_ reference: ReferenceGrid, _ stream: inout Stream) -> [Float] {
    var table = stream.numbers(8 * reference.perSign)
    for last in [reference.perSign - 1, 2 * reference.perSign - 1] {
      table[4 * last + 2] = 0
      table[4 * last + 3] = 0
    }
    return table
  }

  @Test(arguments: CurveVariant.all, grids)
  func agreesWithTheDefinition(variant: CurveVariant, grid: grafs_curve_grid) {
    let reference = ReferenceGrid(grid: grid)
    #expect(grafs_curve_interval_count(grid) == 2 * reference.perSign)
    var stream = Stream(state: 11)
    let table = Self.table(reference, &stream)
    for count in [0, 1, 7, 8, 9, 16, Self.inputs.count] {
      let comment: Comment = "\(variant.testDescription) \(grid), \(count) elements"
      let x = Array(Self.inputs.suffix(count))
      let gradient = stream.numbers(count)

      var values: [Double] = []
      var valueScales: [Double] = []
      var slopes: [Double] = []
      var slopeScales: [Double] = []
      let before = stream.numbers(table.count)
      var moments = before.map(Double.init)
      var momentScales = before.map { abs(Double($0)) }
      for (x, gradient) in zip(x, gradient) {
        let at = reference.locate(x)
        let c = table[(4 * at.interval)..<(4 * at.interval + 4)].map(Double.init)
        let t2 = at.isLast ? 0 : at.t * at.t
        let g = Double(gradient)
        // A value beyond the floats is infinite.
        values.append(Double(Float(c[0] + c[1] * at.t + c[2] * t2 + c[3] * t2 * at.t)))
        valueScales.append(
          abs(c[0]) + abs(c[1] * at.t) + abs(c[2] * t2) + abs(c[3] * t2 * at.t))
        slopes.append(g * (c[1] + 2 * c[2] * at.t + 3 * c[3] * t2) * at.slope)
        slopeScales.append(
          abs(g * at.slope) * (abs(c[1]) + abs(2 * c[2] * at.t) + abs(3 * c[3] * t2)))
        for (power, basis) in [1, at.t, t2, t2 * at.t].enumerated() {
          moments[4 * at.interval + power] += g * basis
          momentScales[4 * at.interval + power] += abs(g * basis)
        }
      }

      var y = Guarded(count: count)
      y.withPointer { variant.forward(x, count, table, grid, $0) }
      let yAlone = y.checked(comment)
      #expect(
        mismatch(
          yAlone, values, scales: valueScales, tolerance: Self.tolerance) == nil, comment)

      var dx = Guarded(count: count)
      dx.withPointer { variant.backwardInput(x, gradient, count, table, grid, $0) }
      let dxAlone = dx.checked(comment)
      var inPlace = Guarded(x)
      inPlace.withPointer { variant.forward($0, count, table, grid, $0) }
      // NaN is not equal to itself, its bits are.
      #expect(inPlace.checked(comment).map(\.bitPattern) == yAlone.map(\.bitPattern), comment)
      #expect(
        mismatch(dxAlone, slopes, scales: slopeScales, tolerance: Self.tolerance) == nil, comment)

      // With the moments the slopes have the same bits, also in place.
      var scratch = Guarded(count: grafs_curve_scratch_count(grid))
      func backward(_ dx: inout Guarded) -> [Float] {
        var sums = Guarded(before)
        dx.withPointer { dx in
          sums.withPointer { sums in
            scratch.withPointer {
              variant.backward(x, gradient, count, table, grid, dx, $0, sums)
            }
          }
        }
        return sums.checked(comment)
      }
      var beside = Guarded(count: count)
      let sums = backward(&beside)
      _ = scratch.checked(comment)
      #expect(
        mismatch(sums, moments, scales: momentScales, tolerance: Self.tolerance) == nil, comment)
      #expect(beside.checked(comment).map(\.bitPattern) == dxAlone.map(\.bitPattern), comment)

      var both = Guarded(gradient)
      var bothSums = Guarded(before)
      both.withPointer { both in
        bothSums.withPointer { sums in
          scratch.withPointer {
            variant.backward(x, both, count, table, grid, both, $0, sums)
          }
        }
      }
      #expect(both.checked(comment) == dxAlone, comment)
      #expect(bothSums.checked(comment) == sums, comment)
    }
  }

  @Test(arguments: CurveVariant.all, grids)
  func infinityMeetsAFlatEnd(variant: CurveVariant, grid: grafs_curve_grid) {
    let reference = ReferenceGrid(grid: grid)
    var stream = Stream(state: 13)
    var table = Self.table(reference, &stream)
    for last in [reference.perSign - 1, 2 * reference.perSign - 1] { table[4 * last + 1] = 0 }
    let x: [Float] = [.infinity, -.infinity]
    var y = Guarded(count: 2)
    y.withPointer { variant.forward(x, 2, table, grid, $0) }
    let ends = [table[4 * (reference.perSign - 1)], table[4 * (2 * reference.perSign - 1)]]
    #expect(y.checked("infinity") == ends)
  }

  @Test(arguments: CurveVariant.all, grids)
  func notANumberStaysSo(variant: CurveVariant, grid: grafs_curve_grid) {
    let reference = ReferenceGrid(grid: grid)
    var stream = Stream(state: 17)
    let table = Self.table(reference, &stream)
    let patterns: [UInt32] = [
      0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xff80_0001, 0x7fff_ffff, 0xffff_ffff,
    ]
    for position in 0..<9 {
      for pattern in patterns {
        var x: [Float] = stream.numbers(9)
        x[position] = Float(bitPattern: pattern)
        var y = Guarded(count: 9)
        var dx = Guarded(count: 9)
        y.withPointer { variant.forward(x, 9, table, grid, $0) }
        #expect(y.checked("NaN").map(\.isNaN) == x.map(\.isNaN))
        var scratch = Guarded(count: grafs_curve_scratch_count(grid))
        var moments = Guarded([Float](repeating: 0, count: table.count))
        let ones = [Float](repeating: 1, count: 9)
        dx.withPointer { dx in
          moments.withPointer { moments in
            scratch.withPointer {
              variant.backward(x, ones, 9, table, grid, dx, $0, moments)
            }
          }
        }
        _ = scratch.checked("NaN")
        _ = moments.checked("NaN")
        #expect(dx.checked("NaN").map(\.isNaN) == x.map(\.isNaN))
      }
    }
  }

  /// A million equal elements, whose roundings all go the same way: blocks of 4,096 additions of
  /// each partial sum bound the error; without blocks it would be twenty times the tolerance.
  @Test(arguments: CurveVariant.all)
  func sumsStayAccurate(variant: CurveVariant) {
    let grid = Self.grids[0]
    let reference = ReferenceGrid(grid: grid)
    let count = (1 << 20) + 3
    let x = [Float](repeating: 0.7, count: count)
    let gradient = [Float](repeating: 0.1, count: count)
    var scratch = [Float](repeating: 0, count: grafs_curve_scratch_count(grid))
    var moments = [Float](repeating: 0, count: 8 * reference.perSign)
    var dx = [Float](repeating: 0, count: count)
    let table = [Float](repeating: 0, count: moments.count)
    variant.backward(x, gradient, count, table, grid, &dx, &scratch, &moments)
    let at = reference.locate(0.7)
    for (power, basis) in [1, at.t, at.t * at.t, at.t * at.t * at.t].enumerated() {
      let expected = Double(count) * Double(Float(0.1)) * basis
      let error = abs(Double(moments[4 * at.interval + power]) - expected)
      #expect(!(error > 1e-4 * expected) && error.isFinite, "power \(power): \(error / expected)")
    }
  }
}
