import Foundation

/// Lines drawn with the dots of Braille characters, each of which holds 2 × 4 dots.
public struct BraillePlot: Sendable {
  private let width: Int
  private let height: Int
  private let x: PlotAxis
  private let y: PlotAxis
  /// `[height, width]`: the dots of every character, as Unicode numbers them.
  private var dots: [UInt32]

  /// An empty plot.
  ///
  /// - Parameters:
  ///   - width: Of the plot without its axes, in characters.
  ///   - height: The same, in lines.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  public init(width: Int, height: Int, x: PlotAxis, y: PlotAxis) {
    self.width = width
    self.height = height
    self.x = x
    self.y = y
    dots = Array(repeating: 0, count: width * height)
  }

  /// Adds a line; what lies outside of the axes is left out.
  ///
  /// - Parameter points: Those that are not finite interrupt the line.
  public mutating func add(_ points: [PlotPoint]) {
    var last: (column: Double, row: Double)?
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        last = nil
        continue
      }
      let here = (
        column: x.place(of: point.x) * Double(2 * width - 1),
        row: (1 - y.place(of: point.y)) * Double(4 * height - 1)
      )
      let from = last ?? here
      // What is far outside ends at the border's neighborhood: the number of dots stays small.
      let length = max(abs(here.column - from.column), abs(here.row - from.row))
      let steps = max(1, Int(min(length, Double(40 * (width + height))).rounded(.up)))
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        set(
          column: from.column + part * (here.column - from.column),
          row: from.row + part * (here.row - from.row))
      }
      last = here
    }
  }

  private mutating func set(column: Double, row: Double) {
    guard abs(column) < 1e6, abs(row) < 1e6 else { return }
    let (column, row) = (Int(column.rounded()), Int(row.rounded()))
    guard (0..<2 * width).contains(column), (0..<4 * height).contains(row) else { return }
    // Unicode numbers the dots 1, 2, 3, 7 down the left side and 4, 5, 6, 8 down the right.
    let bit = [[0, 1, 2, 6], [3, 4, 5, 7]][column % 2][row % 4]
    dots[row / 4 * width + column / 2] |= 1 << UInt32(bit)
  }

  /// The lines of the plot, without axes: `height` of `width` characters.
  public var lines: [String] {
    (0..<height).map { row in
      String(
        String.UnicodeScalarView(
          dots[row * width..<(row + 1) * width].compactMap {
            $0 == 0 ? " " : Unicode.Scalar(0x2800 + $0)
          }))
    }
  }

  /// The lines of the plot with its axes, up to 8 characters wider and two lines higher.
  public var linesWithAxes: [String] {
    var names = Array(repeating: "", count: height)
    for tick in y.ticks(max(1, height / 3)) {
      names[Int(((1 - y.place(of: tick.value)) * Double(height - 1)).rounded())] = tick.text
    }
    let margin = min(7, names.map(\.count).max() ?? 0)
    var text = zip(names, lines).map { name, line in
      String(repeating: " ", count: max(0, margin - name.count)) + name.suffix(margin)
        + (name.isEmpty ? "│" : "┤") + line
    }
    var rule = Array(repeating: Character("─"), count: width)
    var below = Array(repeating: Character(" "), count: width + margin + 1)
    for tick in x.ticks(max(1, width / 10)) {
      let column = Int((x.place(of: tick.value) * Double(width - 1)).rounded())
      rule[column] = "┬"
      let start = min(
        max(0, margin + 1 + column - tick.text.count / 2), below.count - tick.text.count)
      for (offset, letter) in tick.text.enumerated() where start >= 0 {
        below[start + offset] = letter
      }
    }
    text.append(String(repeating: " ", count: margin) + "└" + String(rule))
    text.append(String(below))
    return text.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
