import Activations
import Foundation
import Reports
import Traces

/// A discrete function over the epochs, or over the candidates that were the best, with its values.
public struct FunctionInspection: Sendable {
  /// The names of the cells that had this function all along; of a single one `y`.
  public let cells: [String]
  /// `[points]`, where it was evaluated.
  public let points: [Float]
  /// `[epochs]`, the numbers of the epochs, or of the candidates.
  public let epochs: [Int]
  /// `[epochs][points]`, its values at the end of every epoch.
  public let values: [[Float]]
  /// `[epochs]`, the function as text.
  public let expressions: [String]

  /// The cells' names in a few words; empty for the only function of a network.
  public var title: String {
    if cells == ["y"] { return "" }
    guard cells.count > 4 else { return cells.joined(separator: ", ") }
    return "\(cells[0]), \(cells[1]), … (\(cells.count) cells)"
  }

  /// All functions of a search, equal ones put together.
  static func all(of trajectory: Trajectory) -> [FunctionInspection] {
    let curve = trajectory.curve
    let (count, width) = (curve.points.count, curve.functions.count * curve.points.count)
    var found: [FunctionInspection] = []
    for (index, name) in curve.functions.enumerated() {
      let values = curve.epochs.indices.map { row in
        Array(curve.values[row * width + index * count..<row * width + (index + 1) * count])
      }
      let texts = trajectory.genotypes.map { genotype in
        genotype.placedFunction?.formula(ofCell: name) ?? genotype.expression
      }
      let twin = found.firstIndex { function in
        function.expressions == texts && function.bits == values.map { $0.map(\.bitPattern) }
      }
      if let twin {
        let same = found[twin]
        found[twin] = FunctionInspection(
          cells: same.cells + [name], points: same.points, epochs: same.epochs,
          values: same.values, expressions: same.expressions)
      } else {
        found.append(
          FunctionInspection(
            cells: [name], points: curve.points, epochs: curve.epochs, values: values,
            expressions: texts))
      }
    }
    return found
  }

  /// The function that has won a race, on the points on which relaxed searches record theirs.
  static func winner(_ function: PlacedFunction) -> [FunctionInspection] {
    let points = Trajectory.usualCurvePoints
    return function.cells.map { cell in
      FunctionInspection(
        cells: [cell.name.isEmpty ? "the race" : cell.name], points: points, epochs: [0],
        values: [
          points.map { Float(cell.expression.value(at: Double($0), limits: function.limits)) }
        ],
        expressions: [PlacedFunction(cell.expression, limits: function.limits).formula])
    }
  }

  /// The functions of candidates, on the points on which relaxed searches record theirs.
  static func all(of leaders: [CandidateHistory.Row]) -> [FunctionInspection] {
    let found = leaders.compactMap { row in row.placedFunction.map { (row.number, $0) } }
    guard let first = found.first?.1 else { return [] }
    let points = Trajectory.usualCurvePoints
    return first.cells.indices.map { cell in
      FunctionInspection(
        cells: [first.cells[cell].name.isEmpty ? "y" : first.cells[cell].name], points: points,
        epochs: found.map(\.0),
        values: found.map { _, function in
          points.map {
            Float(function.cells[cell].expression.value(at: Double($0), limits: function.limits))
          }
        },
        expressions: found.map { _, function in
          PlacedFunction(function.cells[cell].expression, limits: function.limits).formula
        })
    }
  }

  private var bits: [[UInt32]] { values.map { $0.map(\.bitPattern) } }

  /// The curve at the end of an epoch.
  ///
  /// - Parameter index: Of `epochs`.
  /// - Returns: A point for each of `points`.
  public func line(_ index: Int) -> [PlotPoint] {
    zip(points, values[index]).map { PlotPoint(Double($0), Double($1)) }
  }

  /// Its slope, by differences of the recorded points: between neighbors, at their middle.
  ///
  /// - Parameter index: Of `epochs`.
  /// - Returns: One point fewer than `points`.
  public func slope(_ index: Int) -> [PlotPoint] {
    let line = line(index)
    return zip(line, line.dropFirst()).map { left, right in
      PlotPoint((left.x + right.x) / 2, (right.y - left.y) / (right.x - left.x))
    }
  }

  /// Another activation on the same points.
  func line(of baseline: Baseline) -> [PlotPoint] {
    points.map {
      PlotPoint(Double($0), baseline.expression.value(at: Double($0), limits: .off))
    }
  }

  /// The part of the horizontal axis that is worth looking at: where batch-normalized inputs lie.
  public var domain: PlotAxis {
    PlotAxis(spanning: points.lazy.map(Double.init).filter { abs($0) <= 5 })
  }

  /// The vertical axis for curves within `domain`: all of them, but no more than twice as high and
  /// low as the identity gets there.
  ///
  /// - Parameter lines: What is drawn.
  /// - Returns: The axis, with a margin.
  public func axis(for lines: [[PlotPoint]]) -> PlotAxis {
    let range = domain.range
    let bound = 2 * max(abs(range.lowerBound), abs(range.upperBound))
    let inside = lines.joined().lazy.filter { range.contains($0.x) && $0.y.isFinite }
    return PlotAxis(spanning: inside.map { min(max($0.y, -bound), bound) }, margin: 0.05)
  }
}
