import Reports

extension InspectionPlots {
  /// The values of candidates in their order, and the best so far; nil while there is none.
  var candidates: LinePlot? {
    guard let candidates = inspection.candidates, !candidates.leaders.isEmpty else { return nil }
    let factor = candidates.metric == .accuracy ? 100.0 : 1
    var plot = LinePlot(
      xName: "candidate", yName: candidates.metric == .accuracy ? "accuracy, %" : "loss, nat")
    plot.title = "Candidates"
    plot.legendWidth = 104
    func line(_ values: [Double]) -> [PlotPoint] {
      zip(candidates.rows, values).map { PlotPoint(Double($0.number), factor * $1) }
    }
    plot.series = [
      .init("each", line(candidates.values).thinned(to: Self.longestSeries), style: "c0 faint"),
      .init(
        "best so far", line(candidates.bestValues).thinned(to: Self.longestSeries), style: "c7"),
    ]
    if let usual = inspection.result?.usualValue, let last = candidates.rows.last {
      plot.series.append(
        .init(
          inspection.usual?.title ?? "usual",
          [PlotPoint(0, factor * usual), PlotPoint(Double(last.number), factor * usual)],
          style: "reference"))
    }
    plot.y = PlotAxis(
      spanning: plot.series.flatMap { $0.points.map(\.y) }.filter(\.isFinite), margin: 0.04)
    return plot
  }
}
