import Foundation
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Plots")
struct PlotTests {
  @Test(
    "ticks are round numbers within the axis",
    arguments: [
      ([0, 1], 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]), ([-5, 5], 2, ["−5", "0", "5"]),
      ([0, 100], 4, ["0", "20", "40", "60", "80", "100"]),
      ([0.001, 0.002], 2, ["0.0010", "0.0015", "0.0020"]),
      ([3], 2, ["3"]), ([0, 935], 4, ["0", "200", "400", "600", "800"]),
      ([], 2, ["0.0", "0.5", "1.0"]),
      ([.nan, .infinity], 2, ["0.0", "0.5", "1.0"]),
    ] as [([Double], Int, [String])])
  func ticks(values: [Double], count: Int, texts: [String]) {
    #expect(PlotAxis(spanning: values).ticks(count).map(\.text) == texts)
  }

  @Test("thinning keeps the ends, the extremes and the order")
  func thinning() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    let points = (0..<10_000).map { index -> PlotPoint in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return PlotPoint(Double(index), Double(state >> 40))
    }
    let thin = points.thinned(to: 600)
    #expect(thin.count <= 600 && thin.count > 400, "seed \(seed)")
    #expect(thin.first == points.first && thin.last == points.last, "seed \(seed)")
    #expect(thin.map(\.y).max() == points.map(\.y).max(), "seed \(seed)")
    #expect(thin.map(\.y).min() == points.map(\.y).min(), "seed \(seed)")
    #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x < $1.x }, "seed \(seed)")
    #expect(Set(thin).isSubset(of: points), "seed \(seed)")
    #expect(Array(points.prefix(600)).thinned(to: 600).count == 600)
  }

  @Test("Braille dots: a diagonal and a level line")
  func braille() {
    var plot = BraillePlot(
      width: 2, height: 1, x: PlotAxis(spanning: [0, 3]), y: PlotAxis(spanning: [0, 3]))
    plot.add([PlotPoint(0, 0), PlotPoint(3, 3)])
    // Up from the left: dots 7, 6 of the first character, 2, 4 of the second.
    #expect(plot.lines == ["⡠⠊"])
    plot = BraillePlot(
      width: 3, height: 1, x: PlotAxis(spanning: [0, 5]), y: PlotAxis(spanning: [0, 3]))
    plot.add([PlotPoint(0, 0), PlotPoint(1, 0), PlotPoint(2, .nan), PlotPoint(4, 3)])
    #expect(plot.lines == ["⣀ ⠁"])
    plot.add([PlotPoint(-1e300, 1e300), PlotPoint(1e300, -1e300)])
    #expect(plot.lines.map(\.count) == [3])
  }

  @Test("text is escaped wherever it stands")
  func escaping() {
    let evil = "</text><script>alert('x')</script>&\"\u{0}\u{1B}"
    var plot = LinePlot(xName: evil, yName: evil)
    plot.title = evil
    plot.series = [.init(evil, [PlotPoint(0, 0), PlotPoint(1, 1)], style: "c0", end: evil)]
    plot.verticals = [(x: 0.5, name: evil)]
    let drawing = plot.drawing("p")
    for text in [
      drawing.element(title: evil), drawing.file(title: evil, styleSheet: "", generator: evil),
    ] {
      #expect(!text.contains("<script") && !text.contains("\u{0}"))
      #expect(XMLParser(data: Data(text.utf8)).parse())
    }
  }

  @Test("a line in pixels, gaps left out")
  func outline() {
    var plot = LinePlot(xName: "x", yName: "y")
    plot.series = [.init("f", [PlotPoint(0, 0), PlotPoint(10, 4)], style: "c0")]
    plot.y = PlotAxis(spanning: [0, 4])
    (plot.width, plot.height, plot.legendWidth) = (156, 86, 0)
    // The frame is 46…146 × 10…50.
    let points = [PlotPoint(0, 0), PlotPoint(5, 1), PlotPoint(6, .nan), PlotPoint(10, 4)]
    #expect(plot.frame.outline(points, decimals: 1) == "M46 50L96 40M146 10")
  }
}
