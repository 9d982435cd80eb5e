import Reports
import Runs

extension ReportPage {
  /// The race as a picture, what may be said of the winner, and all functions as a table.
  func raceSection(_ plots: InspectionPlots) -> String {
    guard let race = inspection.race, let plot = plots.race else { return "" }
    var verdict = ""
    if let evidence = inspection.result?.evidence, let comparisons = evidence.verdict?.comparisons {
      verdict = comparisons.map { comparison in
        let text =
          "beside \(evidence.title(of: comparison.arm)): \(evidence.text(of: comparison))"
        return "<p>\(Self.escaped(text))</p>\n"
      }.joined()
    }
    let rows = race.rows.map { row in
      [row.place.map(String.init) ?? "–"] + race.cells(row) + [row.origin.rawValue, row.formula]
    }
    return section(
      "race", "Race",
      verdict + "<figure>\n" + plot.drawing("r").element(title: "validation loss by rung")
        + "</figure>\n<details open><summary>\(rows.count) functions, the best first; validation "
        + "loss after trainings of so many images</summary>\n"
        + table(
          ["#place"] + race.lengths.map { "#\($0)" } + ["origin", "function"], rows)
        + "</details>\n" + courses(plots))
  }

  /// How the trainings of the verdict went, and what its functions cost.
  private func courses(_ plots: InspectionPlots) -> String {
    guard let evidence = inspection.result?.evidence else { return "" }
    let figures = [plots.courseLosses, plots.courseAccuracies].compactMap(\.self).enumerated().map {
      "<figure>\n" + $1.drawing("v\($0)").element(title: $1.title) + "</figure>\n"
    }
    var text = ""
    if !figures.isEmpty {
      text +=
        "<h3>Learning curves of the verdict</h3>\n<p>Means over the seeds; the bands go from the "
        + "least to the greatest of them.</p>\n<div class=\"grid\">\n\(figures.joined())</div>\n"
    }
    let rows = inspection.verdictRows.map { row in
      [
        row.title, row.reach ?? "–", row.cost.map { RaceInspection.nanoseconds($0.0) } ?? "–",
        row.cost.map { RaceInspection.nanoseconds($0.1) } ?? "–",
      ]
    }
    guard !rows.isEmpty else { return text }
    let level = evidence.level.map { " of \(RaceInspection.number($0))" } ?? ""
    return text
      + table(
        [
          "function", "#epochs to a loss\(level)", "#forward, ns an element",
          "#with its gradient, ns an element",
        ], rows)
      + "<p>The loss is that of the network's usual activation at its end. Times are those of one "
      + "thread.</p>\n"
  }
}

extension InspectionPlots {
  /// The validation loss of every function that started, over the rungs; nil without a race.
  var race: LinePlot? {
    guard let race = inspection.race, !race.lengths.isEmpty else { return nil }
    var plot = LinePlot(xName: "rung", yName: "validation loss, nat")
    plot.title = "Race"
    plot.legendWidth = 150
    plot.countsAlongX = true
    // The best are named; of the others each is a line.
    for (place, row) in race.rows.enumerated().reversed() {
      let points = row.losses.enumerated().compactMap { rung, loss in
        loss.map { PlotPoint(Double(rung + 1), $0) }
      }
      guard !points.isEmpty else { continue }
      let isNamed = place < 6
      // A line needs two ends.
      let line =
        points.count == 1 ? [PlotPoint(points[0].x - 0.08, points[0].y), points[0]] : points
      plot.series.append(
        .init(
          isNamed ? TerminalText.cut(row.formula, to: 22) : "", line,
          style: isNamed ? "c\(place)" : "c0 faint", isNamed: isNamed))
    }
    plot.x = PlotAxis(spanning: [1, Double(max(2, race.lengths.count))], margin: 0.05)
    // What has hardly learned would press the others together: it may leave the plot.
    let named = plot.series.filter(\.isNamed).flatMap { $0.points.map(\.y) }.filter(\.isFinite)
    let (low, high) = (named.min() ?? 0, named.max() ?? 1)
    let others = plot.series.flatMap { $0.points.map(\.y) }.filter { $0 <= 2 * high - low }
    plot.y = PlotAxis(spanning: named + others, margin: 0.06)
    return plot
  }
}
