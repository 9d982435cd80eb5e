import CKernels
import Tensors

/// The grid on which a scalar function is tabulated: intervals read off a float's own bits, with
/// the four equidistant nodes of a cubic in each.
///
/// For each sign of x there is one interval from 0 to 2^lowExponent, then every octave up to
/// 2^highExponent is cut into equal parts. A kink or pole at 0 so falls on a node, and the
/// relative spacing is the same near 0 as far from it. Beyond ±2^highExponent the function
/// continues on its tangent.
public struct CurveGrid: Sendable {
  let shape: grafs_curve_grid

  /// The arguments at which the function is evaluated: `[1, nodes]`, first those from 0 upwards,
  /// then those from −0 downwards; intervals share their ends.
  public let nodes: Tensor<Double>

  /// Intervals of one sign, that beyond the last node included.
  private let intervals: Int

  /// Makes a grid.
  ///
  /// The default reaches from 2⁻¹⁰ to 2⁵ in steps of 1/32 octave; interpolated values of a mixed
  /// cell then lie within 2e−4 of the exact ones (relative; measured in the tests). Gradients differ
  /// by some percent, where a kink falls inside an interval; the tests state how much.
  ///
  /// - Parameters:
  ///   - lowExponent: Exponent of the end of the interval at 0.
  ///   - highExponent: Exponent of the end of the grid.
  ///   - log2IntervalsPerOctave: Intervals in an octave, as a power of two.
  public init(lowExponent: Int = -10, highExponent: Int = 5, log2IntervalsPerOctave: Int = 5) {
    precondition(
      lowExponent < highExponent && highExponent <= 126
        && (0...16).contains(log2IntervalsPerOctave)
        && log2IntervalsPerOctave - 127 < lowExponent,
      "CurveGrid: exponents \(lowExponent)…\(highExponent), 2^\(log2IntervalsPerOctave) intervals")
    shape = grafs_curve_grid(
      lowExponent: Int32(lowExponent), highExponent: Int32(highExponent),
      log2IntervalsPerOctave: Int32(log2IntervalsPerOctave))
    intervals = grafs_curve_interval_count(shape) / 2

    let perOctave = 1 << log2IntervalsPerOctave
    var starts = [0.0]
    for exponent in lowExponent..<highExponent {
      let octave = Double(sign: .plus, exponent: exponent, significand: 1)
      for part in 0..<perOctave {
        starts.append(octave * (1 + Double(part) / Double(perOctave)))
      }
    }
    starts.append(Double(sign: .plus, exponent: highExponent, significand: 1))
    var upward: [Double] = []
    for (start, end) in zip(starts, starts.dropFirst()) {
      let third = (end - start) / 3
      upward += [start, start + third, start + 2 * third]
    }
    upward.append(starts[starts.count - 1])
    nodes = Tensor(upward + upward.map { -$0 }, [1, 2 * upward.count])
  }

  /// The number of nodes of both signs.
  public var nodeCount: Int { nodes.count }

  /// The coefficients of the cubic through v(0), v(1/3), v(2/3), v(1), by powers of t, in the
  /// order of the values: a column for each value.
  private static let monomials: [SIMD4<Double>] = [
    [1, -5.5, 9, -4.5], [0, 9, -22.5, 13.5], [0, -4.5, 18, -13.5], [0, 1, -4.5, 4.5],
  ]

  /// The slope of that cubic at t = 1, by the four values.
  private static let endSlope: SIMD4<Double> = [-1, 4.5, -9, 5.5]

  /// The length of the interval beyond the last node, in lengths of the last within the grid.
  private var endScale: Double {
    Double(sign: .plus, exponent: Int(shape.log2IntervalsPerOctave) + 1, significand: 1)
  }

  /// The length of a table: four coefficients for each interval of both signs.
  var tableCount: Int { 8 * intervals }

  /// The coefficients of all intervals.
  ///
  /// - Parameter values: The function at the nodes, `[nodes]`.
  /// - Returns: A row of four for each interval.
  func table(_ values: UnsafePointer<Double>) -> Tensor<Float> {
    Tensor([2 * intervals, 4]) { writeTable(values, into: $0) }
  }

  /// Writes the coefficients of all intervals.
  ///
  /// - Parameters:
  ///   - values: The function at the nodes, `[nodes]`.
  ///   - table: `[intervals of both signs, 4]`, overwritten.
  func writeTable(_ values: UnsafePointer<Double>, into table: UnsafeMutablePointer<Float>) {
    let columns = Self.monomials
    let (first, second, third, fourth) = (columns[0], columns[1], columns[2], columns[3])
    for sign in 0..<2 {
      let values = values + sign * nodeCount / 2
      let rows = table + sign * intervals * 4
      for interval in 0..<intervals - 1 {
        let v = values + 3 * interval
        let row = v[0] * first + v[1] * second + v[2] * third + v[3] * fourth
        for power in 0..<4 { rows[4 * interval + power] = Float(row[power]) }
      }
      let v = values + 3 * (intervals - 2)
      let slope = (SIMD4(v[0], v[1], v[2], v[3]) * Self.endSlope).sum()
      let end = rows + 4 * (intervals - 1)
      end[0] = Float(v[3])
      end[1] = Float(slope * endScale)
      end[2] = 0
      end[3] = 0
    }
  }

  /// Whether neighboring nodes lie on a chord steeper than a bound, as beside a jump or a pole.
  func isSteep(_ values: UnsafePointer<Double>, than bound: Double) -> Bool {
    withPointers(nodes) { nodes in
      (0..<nodeCount - 1).contains { node in
        // The first node of the other sign is no neighbor of the last: both are ends.
        node + 1 != nodeCount / 2
          && abs(values[node + 1] - values[node]) > bound * abs(nodes[node + 1] - nodes[node])
      }
    }
  }

  /// Writes a table of which only the slopes are meant: parabolas through given slopes, as near as
  /// possible (least squares); beyond the end that of the last node.
  ///
  /// - Parameters:
  ///   - slopes: The function's slopes at the nodes, `[nodes]`.
  ///   - table: `[intervals of both signs, 4]`, overwritten.
  func writeSlopeTable(
    _ slopes: UnsafePointer<Double>, into table: UnsafeMutablePointer<Float>
  ) {
    withPointers(nodes) { nodes in
      for sign in 0..<2 {
        let (nodes, slopes) = (nodes + sign * nodeCount / 2, slopes + sign * nodeCount / 2)
        let rows = table + sign * intervals * 4
        for interval in 0..<intervals - 1 {
          // By t, which runs from 0 to 1: the slopes times dx/dt, in orthogonal polynomials of 6t − 3.
          let length = nodes[3 * interval + 3] - nodes[3 * interval]
          let s = slopes + 3 * interval
          let mean = (s[0] + s[1] + s[2] + s[3]) / 4
          let tilt = (3 * (s[3] - s[0]) + s[2] - s[1]) / 20
          let bend = (s[0] - s[1] - s[2] + s[3]) / 4
          let row = rows + 4 * interval
          row[0] = 0
          row[1] = Float(length * (mean - 3 * tilt + bend))
          row[2] = Float(length * (6 * tilt - 9 * bend) / 2)
          row[3] = Float(length * 9 * bend / 3)
        }
        let last = nodeCount / 2 - 1
        let end = rows + 4 * (intervals - 1)
        end[0] = 0
        end[1] = Float(nodes[last] * slopes[last])
        end[2] = 0
        end[3] = 0
      }
    }
  }

  /// The transpose of `table`: the gradient by the values, given that by the coefficients.
  ///
  /// - Parameter moments: `[intervals of both signs, 4]`.
  /// - Returns: `[nodes]`.
  func nodeGradient(_ moments: UnsafePointer<Double>) -> Tensor<Double> {
    Tensor([nodeCount]) { writeNodeGradient(moments, into: $0) }
  }

  /// Writes the gradient by the values, given that by the coefficients.
  ///
  /// - Parameters:
  ///   - moments: `[intervals of both signs, 4]`.
  ///   - gradient: `[nodes]`, overwritten.
  func writeNodeGradient<Moment: BinaryFloatingPoint>(
    _ moments: UnsafePointer<Moment>, into gradient: UnsafeMutablePointer<Double>
  ) {
    let columns = Self.monomials
    gradient.initialize(repeating: 0, count: nodeCount)
    for sign in 0..<2 {
      let gradient = gradient + sign * nodeCount / 2
      let rows = moments + sign * intervals * 4
      for interval in 0..<intervals - 1 {
        let row = rows + 4 * interval
        let moments = SIMD4(Double(row[0]), Double(row[1]), Double(row[2]), Double(row[3]))
        for node in 0..<4 { gradient[3 * interval + node] += (moments * columns[node]).sum() }
      }
      let last = gradient + 3 * (intervals - 2)
      let end = rows + 4 * (intervals - 1)
      last[3] += Double(end[0])
      for node in 0..<4 { last[node] += Self.endSlope[node] * endScale * Double(end[1]) }
    }
  }
}
