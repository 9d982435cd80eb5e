import Foundation
import Inspections
import TestSupport
import Testing
import Traces

@Suite("The page")
struct ReportPageTests {
  private func page(_ trace: Trace, evaluation: String? = nil) throws -> String {
    let folder = try TemporaryFolder()
    try SmallTrace.write(trace, to: folder, evaluation: evaluation)
    let inspection = try InspectedRun(folder.file("run").path).read()
    return ReportPage(inspection, generator: "grafs-swift test").html
  }

  @Test("stands alone: nothing in it is loaded from elsewhere")
  func standsAlone() throws {
    let html = try page(SmallTrace.trace(), evaluation: SmallTrace.evaluation)
    #expect(html.firstMatch(of: /<(link|img|iframe|object|embed)\b/) == nil)
    #expect(html.firstMatch(of: /\b(src|href)=/) == nil)
    #expect(html.firstMatch(of: /@import|url\((?!#clip)/) == nil)
    #expect(html.firstMatch(of: /https?:\/\/(?!www\.w3\.org\/2000\/svg)/) == nil)
    #expect(html.contains("default-src 'none'"))
  }

  @Test("can be read without its script")
  func withoutScript() throws {
    let html = try page(SmallTrace.trace(), evaluation: SmallTrace.evaluation)
    let text = html.replacing(/<script[^>]*>[^<]*<\/script>/, with: "")
    for part in [
      "<code>relu(x)</code>", "resnet20 on fashion-mnist, seed 7", "37.50 %", "50.00 %",
      "not distinguishable", "(−0.10 … +0.90)", "91.25", "u0(x) b0(u0, x)", "tanh, sin",
      "sin, dropped at step 5", "tanh(x) * x", "prefers-color-scheme:dark", "@media print",
    ] {
      #expect(text.contains(part), "\(part) is missing")
    }
    // f, slope, ReLU and the end; 3 operations of u0 and 2 of b0, as weights and as α.
    #expect(text.matches(of: /<path class="series curve/).count == 1)
    // Three drops twice, but left's α was not measured.
    #expect(text.matches(of: /<circle class="drop/).count == 5)
  }

  @Test("escapes whatever a trace says")
  func escaping() throws {
    let evil = "</script><script>alert(1)</script><b>\"'&"
    let html = try page(SmallTrace.trace(expression: evil, command: evil))
    #expect(!html.contains("<script>alert") && !html.contains("<b>\""))
    #expect(html.contains("&lt;b&gt;&quot;&#39;&amp;"))
    #expect(html.matches(of: /<\/script>/).count == 2)
  }

  @Test("of a long search stays small")
  func size() throws {
    var stream = SystemRandomNumberGenerator()
    let names = (0..<23).map { "operation_\($0)" }
    let slots = (0..<6).map { Trajectory.Slot(name: "u\($0)", operations: names) }
    let points = (0...256).map { Float($0) / 16 - 8 }
    var trajectory = Trajectory(slots: slots, curvePoints: points)
    for step in 0..<5000 {
      var row = Trajectory.Step(step: step, epoch: step / 50, phase: .search)
      row.trainLoss = Float.random(in: 0...3, using: &stream)
      row.operationsAlive = 138
      let state = Trajectory.SlotState(
        alpha: names.map { _ in Float.random(in: -1...1, using: &stream) },
        concentration: names.map { _ in 1 },
        weights: names.map { _ in Float.random(in: 0...1, using: &stream) },
        mask: names.map { _ in true })
      trajectory.append(row, states: slots.map { _ in state })
    }
    for epoch in 0..<100 {
      trajectory.append(Trajectory.Epoch(epoch: epoch, elapsedSeconds: 1))
      trajectory.append(
        .init(epoch: epoch, expression: "f", operations: slots.map { _ in names[0] }),
        curveValues: points.map { sin($0 + Float(epoch)) })
    }
    let trace = Trace(header: .init(seed: 1), configuration: "", record: .relaxed(trajectory))
    let html = ReportPage(Inspection(trace, path: "t", standing: .running), generator: "t").html
    #expect(html.utf8.count < 2_000_000, "\(html.utf8.count) bytes")
  }

  @Test(
    "in a browser: no errors, nothing loaded, plots that answer",
    .enabled(if: Browser.path != nil, "no Chromium (Debian: apt install chromium)"),
    arguments: [(1200, 900), (390, 800)])
  func browser(width: Int, height: Int) throws {
    let html = try page(SmallTrace.trace(), evaluation: SmallTrace.evaluation)
    let look = try Browser.look(at: html, size: (width, height))
    #expect(look.errors == [] && look.resources == 0 && look.overflow <= 0)
    // f, slope, ReLU, the end; 2 × (3 + 2) operations; 4 losses, 5 accuracies, 1 of operations.
    #expect(look.lines["function"] == 4 && look.lines["slots"] == 10)
    #expect(look.lines["training"] == 10)
    #expect(look.expressions == ["relu(x)", "tanh(x) * x"])
    #expect(look.curves.count == 2 && look.curves.first != look.curves.last)
    // relu is 0 where |x| is not: the left end of the curve rises.
    let heights = try look.curves.map { curve in
      try Double(#require(curve.firstMatch(of: /^M[\d.]+ (-?[\d.]+)/)).1) ?? 0
    }
    #expect(heights[1] < heights[0] - 20)
    #expect(look.tip.hasPrefix("x = ") && look.tip.contains("f(x)"))
    #expect(look.shown == [[false, true], [true, false]])
  }

  @Test(
    "in a browser: the pointer shows steps and values that the trace has, and none in gaps",
    .enabled(if: Browser.path != nil, "no Chromium (Debian: apt install chromium)"))
  func pointer() throws {
    // Single batches of step s: s / 8 right. Epochs end at the steps 2, 5, …, and the second and
    // the third were not measured.
    var trajectory = Trajectory(slots: SmallTrace.slots, curvePoints: [-4, 0, 4])
    for step in 0..<18 {
      var row = Trajectory.Step(step: step, epoch: step / 3, phase: .search)
      row.trainAccuracy = Float(step % 9) / 8
      let state = { (count: Int) in
        Trajectory.SlotState(
          alpha: Array(repeating: 0, count: count),
          concentration: Array(repeating: 1, count: count),
          weights: Array(repeating: 0.5, count: count),
          mask: Array(repeating: true, count: count), scalars: [])
      }
      var states = [state(3), state(2)]
      states[0].scalars = [0]
      trajectory.append(row, states: states)
    }
    for epoch in 0..<6 {
      var row = Trajectory.Epoch(epoch: epoch, elapsedSeconds: 1)
      row.trainAccuracy = [0.125, .nan, .nan, 0.5, 0.75, 1][epoch]
      trajectory.append(row)
      trajectory.append(
        .init(epoch: epoch, expression: "f", operations: ["relu", "mul"]), curveValues: [0, 1, 2])
    }
    let trace = Trace(header: .init(seed: 1), configuration: "", record: .relaxed(trajectory))
    let html = ReportPage(Inspection(trace, path: "t", standing: .running), generator: "t").html
    let hovers = [2.15, 6.7, 12.2].map { Browser.Hover(plot: 0, step: $0) }
    let tips = try Browser.look(at: html, hovers: hovers).tips.map {
      Set($0.split(separator: "\n").map(String.init))
    }
    try #require(tips.count == 3)
    #expect(tips[0] == ["step 2", "train batch  25.0", "training  12.5"])
    #expect(tips[1] == ["step 7", "train batch  87.5"])
    // The line of epochs is the closer one.
    #expect(tips[2] == ["step 11", "train batch  37.5 at step 12", "training  50.0"])
  }

  @Test(
    "plots for papers are SVG with all lines",
    arguments: [
      (PaperPlot.curve, 3), (.weights, 5), (.alpha, 5), (.losses, 4), (.accuracy, 5),
      (.operations, 1),
    ])
  func paper(plot: PaperPlot, lines: Int) throws {
    let folder = try TemporaryFolder()
    try SmallTrace.write(to: folder)
    let svg = try plot.svg(
      InspectedRun(folder.file("run").path).read(), generator: "grafs-swift test")
    #expect(svg.hasPrefix("<?xml") && svg.contains("<!-- grafs-swift test"))
    #expect(svg.matches(of: /<path class="series/).count == lines)
    // A style sheet that converters understand: no variables, every color written out.
    #expect(!svg.contains("var("))
  }
}
