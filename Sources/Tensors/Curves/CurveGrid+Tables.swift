/// The cubics between the nodes: four coefficients of t for each interval.
extension CurveGrid {
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
          // By t, which runs from 0 to 1: the slopes times dx/dt, in orthogonal polynomials of 6t −
          // 3.
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
