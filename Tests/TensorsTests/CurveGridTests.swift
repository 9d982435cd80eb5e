import Foundation
import Tensors
import Testing

@Suite("Curve grids")
struct CurveGridTests {
  /// Low and high exponent, log₂ of the intervals in an octave.
  static let shapes = [(-10, 5, 5), (-2, 3, 2), (0, 1, 0), (-8, 5, 6), (3, 7, 1)]

  static func grid(_ shape: (Int, Int, Int)) -> CurveGrid {
    CurveGrid(
      lowExponent: shape.0, highExponent: shape.1, log2IntervalsPerOctave: shape.2)
  }

  @Test("both signs have the same nodes, ascending from 0 to the end", arguments: shapes.indices)
  func order(index: Int) {
    let shape = Self.shapes[index]
    let grid = Self.grid(shape)
    let nodes = grid.nodes.scalars
    // One interval at 0 and so many in each octave, three nodes in each, and the end.
    let intervals = 1 + (shape.1 - shape.0) * (1 << shape.2)
    #expect(grid.nodeCount == 2 * (3 * intervals + 1) && nodes.count == grid.nodeCount)
    #expect(grid.nodes.shape == [1, nodes.count])
    let upward = Array(nodes[..<(nodes.count / 2)])
    #expect(Array(nodes[(nodes.count / 2)...]) == upward.map { -$0 })
    #expect(zip(upward, upward.dropFirst()).allSatisfy { $0 < $1 })
    #expect(upward[0] == 0 && upward[3] == pow(2, Double(shape.0)))
    #expect(upward[upward.count - 1] == pow(2, Double(shape.1)))
    #expect(nodes[nodes.count / 2].sign == .minus, "the negative half begins at −0")
  }

  @Test("the nodes of an interval are equidistant, intervals the part of an octave")
  func spacing() {
    for shape in Self.shapes {
      let nodes = Self.grid(shape).nodes.scalars
      for first in stride(from: 0, to: nodes.count / 2 - 1, by: 3) {
        let length = nodes[first + 3] - nodes[first]
        for node in 1...2 {
          let expected = nodes[first] + length * Double(node) / 3
          #expect(abs(nodes[first + node] - expected) <= 1e-15 * nodes[first + 3])
        }
        if first > 0 {
          let octave = pow(2, floor(log2(nodes[first])))
          #expect(length == octave / Double(1 << shape.2))
        }
      }
    }
  }

  @Test("the default reaches from 2⁻¹⁰ to 2⁵ in 32nds of an octave")
  func standard() {
    let grid = CurveGrid()
    #expect(grid.nodes == CurveGridTests.grid((-10, 5, 5)).nodes)
    #expect(grid.nodeCount == 2888)
  }

  @Test(
    "a chord is steep that exceeds the bound, but none from one sign's end to the other's start")
  func steepness() {
    let grid = CurveGrid(lowExponent: -2, highExponent: 2, log2IntervalsPerOctave: 1)
    let line = grid.nodes.scalars.map { 3 * $0 }
    #expect(!grid.isSteep(Tensor(line), than: 3.001) && grid.isSteep(Tensor(line), than: 2.999))
    #expect(!grid.isSteep(Tensor(line.map { $0.sign == .minus ? -1e9 : 0 }), than: 1))
    let flat = line.map { _ in 1.0 }
    #expect(!grid.isSteep(Tensor(flat + flat, [2, grid.nodeCount]), than: 1e-9))
    #expect(grid.isSteep(Tensor(flat + line, [2, grid.nodeCount]), than: 1))
    #expect(!grid.isSteep(Tensor(line), than: .infinity))
  }

  @Test("impossible grids trap")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = CurveGrid(lowExponent: 5, highExponent: 5) }
    await #expect(processExitsWith: .failure) { _ = CurveGrid(highExponent: 127) }
    await #expect(processExitsWith: .failure) { _ = CurveGrid(log2IntervalsPerOctave: 17) }
    await #expect(processExitsWith: .failure) {
      _ = CurveGrid(lowExponent: -123, log2IntervalsPerOctave: 5)
    }
  }
}
