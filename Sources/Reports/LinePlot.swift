/// Lines over a common axis, with a legend at the right.
public struct LinePlot: Sendable {
  /// One line.
  public struct Series: Sendable {
    /// What it shows.
    public var name: String
    /// The line; points that are not finite interrupt it.
    public var points: [PlotPoint]
    /// Its classes: `series` is added.
    public var style: String
    /// Whether the legend names it.
    public var isNamed: Bool
    /// What a dot at the line's end says; none if nil.
    public var end: String?

    /// A line.
    public init(
      _ name: String, _ points: [PlotPoint], style: String, isNamed: Bool = true,
      end: String? = nil
    ) {
      self.name = name
      self.points = points
      self.style = style
      self.isNamed = isNamed
      self.end = end
    }
  }

  /// The area between two lines, behind all lines.
  public struct Band: Sendable {
    /// What it shows.
    public var name: String
    /// The lower and the upper line, both from left to right; all points are finite.
    public var low: [PlotPoint], high: [PlotPoint]
    /// Its classes: `band` is added.
    public var style: String

    /// An area.
    public init(_ name: String, low: [PlotPoint], high: [PlotPoint], style: String) {
      self.name = name
      self.low = low
      self.high = high
      self.style = style
    }
  }

  /// What is shown; drawn above the plot unless it is empty.
  public var title = ""
  /// The horizontal axis's quantity, with its unit.
  public var xName: String
  /// The vertical axis's quantity, with its unit.
  public var yName: String
  /// The lines, those drawn last on top.
  public var series: [Series] = []
  /// Areas, such as the spread around a line.
  public var bands: [Band] = []
  /// The horizontal axis; spans the lines if nil.
  public var x: PlotAxis?
  /// Whether the horizontal axis counts, so that only whole numbers are named.
  public var countsAlongX = false
  /// The vertical axis; spans the lines if nil.
  public var y: PlotAxis?
  /// The width, in pixels.
  public var width = 460
  /// The height, in pixels.
  public var height = 250
  /// How exactly lines are drawn: decimals of a pixel.
  public var decimals = 1
  /// The width of the legend's column, in pixels; 0 without a legend.
  public var legendWidth = 96.0
  /// Vertical lines, such as where the search changes over; with their names.
  public var verticals: [(x: Double, name: String)] = []

  /// A plot without lines yet.
  public init(xName: String, yName: String) {
    self.xName = xName
    self.yName = yName
  }

  /// Where the lines are drawn.
  public struct Frame: Sendable {
    /// The horizontal axis.
    public let x: PlotAxis
    /// The vertical axis.
    public let y: PlotAxis
    /// The borders, in pixels.
    public let left, right, top, bottom: Double

    /// A point in pixels.
    public func pixel(_ point: PlotPoint) -> PlotPoint {
      PlotPoint(
        left + x.place(of: point.x) * (right - left),
        bottom - y.place(of: point.y) * (bottom - top))
    }

    /// A line as the `d` of a path.
    ///
    /// - Parameters:
    ///   - points: Those that are not finite interrupt it.
    ///   - decimals: Of a pixel.
    /// - Returns: Commands `M x y` and `L x y`.
    public func outline(_ points: [PlotPoint], decimals: Int) -> String {
      var (text, isDrawing) = ("", false)
      for point in points {
        guard point.x.isFinite, point.y.isFinite else {
          isDrawing = false
          continue
        }
        let pixel = pixel(point)
        // Far outside it does not matter where: numbers stay short.
        let y = min(max(pixel.y, -9999), 9999)
        text += text.isEmpty ? "M" : isDrawing ? "L" : "M"
        text += VectorDrawing.number(pixel.x, decimals: decimals) + " "
        text += VectorDrawing.number(y, decimals: decimals)
        isDrawing = true
      }
      return text
    }
  }

  /// Where the lines are drawn.
  public var frame: Frame {
    let points = series.flatMap(\.points) + bands.flatMap { $0.low + $0.high }
    return Frame(
      x: x ?? PlotAxis(spanning: points.map(\.x)),
      y: y ?? PlotAxis(spanning: points.map(\.y), margin: 0.04),
      left: 46, right: Double(width) - (legendWidth > 0 ? legendWidth + 8 : 10),
      top: title.isEmpty ? 10 : verticals.isEmpty ? 28 : 36, bottom: Double(height) - 36)
  }

  /// Draws the plot.
  ///
  /// - Parameter identifier: Of the drawing, one of its kind in its document.
  /// - Returns: The drawing, `width` × `height`.
  public func drawing(_ identifier: String) -> VectorDrawing {
    let frame = frame
    var drawing = VectorDrawing(width: width, height: height, data: data(of: frame))
    drawAxes(frame, in: &drawing)
    drawing.clipped(
      "clip-\(identifier)", corner: PlotPoint(frame.left, frame.top - 2),
      size: PlotPoint(frame.right - frame.left, frame.bottom - frame.top + 4)
    ) { drawing in
      for band in bands where !band.low.isEmpty {
        let outline = frame.outline(band.low + band.high.reversed(), decimals: decimals)
        drawing.path("band \(band.style)", outline + "Z", name: band.name)
      }
      for line in series {
        drawing.path(
          "series \(line.style)", frame.outline(line.points, decimals: decimals), name: line.name)
      }
      for line in series {
        guard let end = line.end, let last = line.points.last(where: { $0.y.isFinite }) else {
          continue
        }
        drawing.circle("drop \(line.style)", at: frame.pixel(last), radius: 2.2, name: end)
      }
    }
    drawLegend(frame, in: &drawing)
    return drawing
  }

  /// What a script needs to turn pixels back into values.
  private func data(of frame: Frame) -> [(name: String, value: String)] {
    [
      ("unit", xName),
      ("x", "\(frame.x.range.lowerBound) \(frame.x.range.upperBound)"),
      ("y", "\(frame.y.range.lowerBound) \(frame.y.range.upperBound)"),
      ("frame", "\(frame.left) \(frame.right) \(frame.top) \(frame.bottom)"),
    ]
  }

  private func drawAxes(_ frame: Frame, in drawing: inout VectorDrawing) {
    if !title.isEmpty {
      drawing.text("title", title, at: PlotPoint(frame.left, 17))
    }
    for tick in frame.y.ticks(Int((frame.bottom - frame.top) / 42)) {
      let y = frame.pixel(PlotPoint(0, tick.value)).y
      let style = tick.value == 0 ? "grid zero" : "grid"
      drawing.line(style, from: PlotPoint(frame.left, y), to: PlotPoint(frame.right, y))
      drawing.text("tick", tick.text, at: PlotPoint(frame.left - 5, y + 3.5), anchor: .end)
    }
    let room = Int((frame.right - frame.left) / 62)
    let width = frame.x.range.upperBound - frame.x.range.lowerBound
    let whole = width < Double(room) ? Int(width) : room
    for tick in frame.x.ticks(countsAlongX ? min(room, max(1, whole)) : room) {
      let x = frame.pixel(PlotPoint(tick.value, 0)).x
      if tick.value == 0 && frame.x.range.lowerBound < 0 {
        drawing.line("grid zero", from: PlotPoint(x, frame.top), to: PlotPoint(x, frame.bottom))
      }
      drawing.line("tickmark", from: PlotPoint(x, frame.bottom), to: PlotPoint(x, frame.bottom + 3))
      drawing.text("tick", tick.text, at: PlotPoint(x, frame.bottom + 14), anchor: .middle)
    }
    drawing.line(
      "axis", from: PlotPoint(frame.left, frame.bottom), to: PlotPoint(frame.right, frame.bottom))
    let middle = (frame.left + frame.right) / 2
    drawing.text("name", xName, at: PlotPoint(middle, Double(height) - 6), anchor: .middle)
    drawing.text(
      "name", yName, at: PlotPoint(12, (frame.top + frame.bottom) / 2), anchor: .middle,
      isUpward: true)
    for vertical in verticals where frame.x.range.contains(vertical.x) {
      let x = frame.pixel(PlotPoint(vertical.x, 0)).x
      drawing.line("event", from: PlotPoint(x, frame.top), to: PlotPoint(x, frame.bottom))
      let isLate = x > frame.left + 0.7 * (frame.right - frame.left)
      drawing.text(
        "eventname", vertical.name, at: PlotPoint(isLate ? x + 2 : x - 2, frame.top - 4),
        anchor: isLate ? .end : .start)
    }
  }

  private func drawLegend(_ frame: Frame, in drawing: inout VectorDrawing) {
    guard legendWidth > 0 else { return }
    // On top in the plot, on top in the legend.
    for (index, line) in series.reversed().filter(\.isNamed).enumerated() {
      let y = frame.top + 8 + 15 * Double(index)
      let start = PlotPoint(frame.right + 8, y - 3.5)
      drawing.line("key \(line.style)", from: start, to: PlotPoint(start.x + 14, y - 3.5))
      drawing.text("legend", line.name, at: PlotPoint(start.x + 18, y))
    }
  }
}
