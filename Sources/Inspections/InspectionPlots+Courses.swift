import Reports
import Runs
import Statistics

extension InspectionPlots {
  /// The mean loss on the judging images of each function of a race's verdict, epoch by epoch, and
  /// from the least to the greatest of its seeds; nil where there is none.
  var courseLosses: LinePlot? {
    courses("Loss on the judging images", unit: "cross-entropy, nat", factor: 1, \.lossCurves)
  }

  /// The same of accuracies; nil of other metrics.
  var courseAccuracies: LinePlot? {
    courses("Accuracy on the judging images", unit: "accuracy, %", factor: 100, \.accuracyCurves)
  }

  private func courses(
    _ title: String, unit: String, factor: Double, _ curves: (RaceCourse) -> LearningCurves?
  ) -> LinePlot? {
    guard let evidence = inspection.result?.evidence, let courses = evidence.courses else {
      return nil
    }
    var plot = LinePlot(xName: "epoch", yName: unit)
    plot.title = title
    plot.decimals = 2
    plot.legendWidth = 150
    plot.countsAlongX = true
    for (place, course) in courses.enumerated().reversed() {
      guard let curves = curves(course) else { continue }
      let name = TerminalText.cut(evidence.title(of: course.arm), to: 22)
      var (line, low, high): ([PlotPoint], [PlotPoint], [PlotPoint]) = ([], [], [])
      for (epoch, (mean, range)) in zip(curves.means, curves.ranges).enumerated() {
        guard let mean, let range else { continue }
        // Of a single epoch there is no line without two ends.
        for x in curves.epochs == 1 ? [0.92, 1] : [Double(epoch + 1)] {
          line.append(PlotPoint(x, factor * mean))
          low.append(PlotPoint(x, factor * range.lowerBound))
          high.append(PlotPoint(x, factor * range.upperBound))
        }
      }
      guard !line.isEmpty else { continue }
      plot.series.append(.init(name, line, style: "c\(place)"))
      plot.bands.append(
        .init("\(name), its \(course.seeds) seeds", low: low, high: high, style: "c\(place)"))
    }
    let epochs = courses.map(\.lossCurves.epochs).max() ?? 1
    plot.x = PlotAxis(spanning: [1, Double(max(2, epochs))], margin: 0.04)
    return plot.series.isEmpty ? nil : plot
  }
}
