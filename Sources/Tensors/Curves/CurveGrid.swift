import CKernels

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
  let intervals: Int

  /// Makes a grid.
  ///
  /// The default reaches from 2⁻¹⁰ to 2⁵ in steps of 1/32 octave; interpolated values of a mixed
  /// cell then lie within 2e−4 of the exact ones (relative; measured in the tests). Gradients
  /// differ by some percent, where a kink falls inside an interval; the tests state how much.
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

  /// Whether neighboring nodes of a curve lie on a chord steeper than a bound, as beside a jump or
  /// a pole.
  ///
  /// - Parameters:
  ///   - curves: Functions at the nodes, `[curves, nodes]`.
  ///   - bound: The slope's bound, in units of values over arguments.
  /// - Returns: Whether one of the curves is.
  public func isSteep(_ curves: Tensor<Double>, than bound: Double) -> Bool {
    precondition(
      curves.shape.columns == nodeCount, "isSteep: \(curves.shape) for \(nodeCount) nodes")
    guard bound < .infinity else { return false }
    let (rows, nodeCount) = (curves.shape.rows, nodeCount)
    return withPointers(nodes, curves) { nodes, curves in
      (0..<rows).contains { row in
        let values = curves + row * nodeCount
        return (0..<nodeCount - 1).contains { node in
          // The first node of the other sign is no neighbor of the last: both are ends.
          node + 1 != nodeCount / 2
            && abs(values[node + 1] - values[node]) > bound * abs(nodes[node + 1] - nodes[node])
        }
      }
    }
  }
}
