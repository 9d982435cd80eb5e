import Activations
import Tensors

/// What `interpolation` is to compute, in double precision and from the nodes alone: the cubic
/// through the four nodes of an interval in Lagrange's form, and its tangent beyond the last.
struct LagrangeCurve {
  /// The nodes of each sign, from 0 outwards.
  private let halves: [[Double]]
  private let nodeCount: Int

  init(_ grid: CurveGrid) {
    let nodes = grid.nodes.scalars
    nodeCount = nodes.count
    halves = [Array(nodes[..<(nodeCount / 2)]), Array(nodes[(nodeCount / 2)...])]
  }

  /// The factors of the nodes' values in the curve at `x`, and in its slope there.
  ///
  /// - Returns: For each of four nodes, its index among all and both factors.
  func basis(at x: Double) -> [(node: Int, value: Double, slope: Double)] {
    let half = x.sign == .plus ? 0 : 1
    let nodes = halves[half]
    let last = nodes.count - 4
    var first = 0
    while first < last, abs(nodes[first + 3]) <= abs(x) { first += 3 }
    let end = nodes[nodes.count - 1]
    let isBeyond = abs(x) > abs(end)
    return (first..<first + 4).map { node in
      let others = (first..<first + 4).filter { $0 != node }
      let scale = others.reduce(1) { $0 * (nodes[node] - nodes[$1]) }
      func value(_ x: Double) -> Double { others.reduce(1) { $0 * (x - nodes[$1]) } / scale }
      func slope(_ x: Double) -> Double {
        others.reduce(0) { sum, left in
          sum + others.filter { $0 != left }.reduce(1) { $0 * (x - nodes[$1]) }
        } / scale
      }
      let factor = isBeyond ? value(end) + slope(end) * (x - end) : value(x)
      return (half * nodeCount / 2 + node, factor, slope(isBeyond ? end : x))
    }
  }

  func value(at x: Double, _ values: [Double]) -> Double {
    basis(at: x).reduce(0) { $0 + $1.value * values[$1.node] }
  }

  func slope(at x: Double, _ values: [Double]) -> Double {
    basis(at: x).reduce(0) { $0 + $1.slope * values[$1.node] }
  }
}
