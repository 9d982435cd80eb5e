import Foundation
import Reports
import Traces

/// The plots of an inspection, for the page and for papers.
struct InspectionPlots {
  /// How many points a line may have: of a quantity over the steps, and of an operation in a slot.
  static let longestSeries = 600
  static let longestTrajectory = 240

  let inspection: Inspection
  private let colors: OperationColors

  init(_ inspection: Inspection) {
    self.inspection = inspection
    colors = OperationColors(inspection.slots)
    greatestWeight = Double(
      inspection.trajectory.histories.flatMap(\.weights).filter(\.isFinite).max() ?? 1)
  }

  private var trajectory: Trajectory { inspection.trajectory }

  /// Decimals of pixels from which the page's script can tell the step: a plot has about 300 of
  /// them.
  private var decimals: Int {
    let steps = Double(trajectory.steps.last?.step ?? 0)
    return max(2, Int(log10(max(1, steps / 250)).rounded(.up)))
  }

  /// Of all slots, so that their plots have one axis.
  private let greatestWeight: Double

  // MARK: - Over the steps

  private func line(_ value: (Trajectory.Step) -> Double) -> [PlotPoint] {
    trajectory.steps.map { PlotPoint(Double($0.step), value($0)) }.thinned(to: Self.longestSeries)
  }

  /// Summaries of epochs, at the last step of each.
  private func ends(_ value: (Trajectory.Epoch) -> Double) -> [PlotPoint] {
    trajectory.epochs.compactMap { epoch in
      trajectory.steps.last { $0.epoch == epoch.epoch }.map {
        PlotPoint(Double($0.step), value(epoch))
      }
    }
  }

  /// The vertical axis of noisy lines: their outermost fiftieth may leave the plot, summaries not.
  private func axis(noisy: [[PlotPoint]], smooth: [[PlotPoint]]) -> PlotAxis {
    let sorted = noisy.joined().map(\.y).filter(\.isFinite).sorted()
    var kept: [Double] = smooth.joined().map(\.y)
    if let last = sorted.indices.last {
      kept += [sorted[last / 50], sorted[last - last / 50]]
    }
    return PlotAxis(spanning: kept, margin: 0.04)
  }

  private func plot(
    _ title: String, unit: String, batches: [(String, [PlotPoint], String)],
    epochs: [(String, [PlotPoint], String)]
  ) -> LinePlot {
    var plot = LinePlot(xName: "step", yName: unit)
    plot.title = title
    plot.decimals = decimals
    plot.legendWidth = 104
    plot.series =
      batches.map { .init($0.0, $0.1, style: "\($0.2) faint") }
      + epochs.map { .init($0.0, $0.1, style: $0.2) }
    plot.series.removeAll { line in !line.points.contains { $0.y.isFinite } }
    plot.y = axis(noisy: batches.map(\.1), smooth: epochs.map(\.1))
    plot.verticals = phases
    return plot
  }

  private var phases: [(x: Double, name: String)] {
    inspection.phaseChanges.map { change in
      let name =
        switch change.phase {
        case .warmStart: "warm start"
        case .search: "search"
        case .discrete: "discrete"
        }
      return (Double(change.step), name)
    }
  }

  /// Mean cross-entropy over the steps.
  var losses: LinePlot {
    plot(
      "Loss", unit: "cross-entropy, nat",
      batches: [
        ("valid. batch", line { Double($0.validationLoss) }, "c7"),
        ("train batch", line { Double($0.trainLoss) }, "c0"),
      ],
      epochs: [
        ("validation", ends { Double($0.validationLoss) }, "c7"),
        ("training", ends { Double($0.trainLoss) }, "c0"),
      ])
  }

  /// The fraction classified correctly, in percent, over the steps.
  var accuracies: LinePlot {
    var plot = plot(
      "Accuracy", unit: "accuracy, %",
      batches: [
        ("valid. batch", line { 100 * Double($0.validationAccuracy) }, "c7"),
        ("train batch", line { 100 * Double($0.trainAccuracy) }, "c0"),
      ],
      epochs: [
        ("training", ends { 100 * Double($0.trainAccuracy) }, "c0"),
        ("validation", ends { 100 * Double($0.validationAccuracy) }, "c7"),
      ])
    if let usual = inspection.result?.usualValidationAccuracy, let last = trajectory.steps.last {
      plot.series.append(
        .init(
          "\(inspection.usual?.title ?? "usual"), valid.",
          [PlotPoint(0, 100 * usual), PlotPoint(Double(last.step), 100 * usual)],
          style: "reference"))
    }
    return plot
  }

  /// Operations alive over the steps.
  var operations: LinePlot {
    var plot = LinePlot(xName: "step", yName: "operations alive")
    plot.title = "Operations alive"
    plot.decimals = decimals
    var points: [PlotPoint] = []
    for step in trajectory.steps {
      let (x, y) = (Double(step.step), Double(step.operationsAlive))
      // A step down, not a slope.
      if let last = points.last, last.y != y { points.append(PlotPoint(x, last.y)) }
      if points.last?.y != y || step.step == trajectory.steps.last?.step {
        points.append(PlotPoint(x, y))
      }
    }
    plot.series = [.init("all slots", points, style: "c0")]
    plot.y = PlotAxis(spanning: points.map(\.y) + [0])
    plot.verticals = phases
    return plot
  }

  // MARK: - Slots

  /// What is drawn of a slot's operations.
  enum Quantity: String, CaseIterable {
    case weights, alpha

    var name: String { self == .weights ? "mean weight" : "α" }
    var values: KeyPath<Trajectory.SlotHistory, GrowingColumn<Float>> {
      self == .weights ? \.weights : \.alpha
    }
  }

  /// How the operations of a slot moved, up to where they were dropped.
  func slot(_ index: Int, _ quantity: Quantity) -> LinePlot {
    let (slot, history) = (inspection.slots[index], trajectory.histories[index])
    var plot = LinePlot(xName: "step", yName: quantity.name)
    plot.title = slot.chosen.map { "\(slot.name): \($0)" } ?? slot.name
    plot.decimals = decimals
    plot.series = slot.ranking.enumerated().reversed().map { rank, operation in
      series(of: operation, in: history, quantity, isNamed: rank < OperationColors.named)
    }
    plot.x = PlotAxis(spanning: [0, Double(trajectory.steps.last?.step ?? 1)])
    if quantity == .weights { plot.y = PlotAxis(spanning: [0, greatestWeight]) }
    return plot
  }

  private func series(
    of operation: SlotInspection.OperationInspection, in history: Trajectory.SlotHistory,
    _ quantity: Quantity, isNamed: Bool
  ) -> LinePlot.Series {
    let names = history.slot.operations
    let column = names.firstIndex(of: operation.name) ?? 0
    let points = (0..<operation.rowsAlive).map { row in
      PlotPoint(
        Double(trajectory.steps[row].step),
        Double(history[keyPath: quantity.values][row * names.count + column]))
    }
    // The number of points follows the part of the search at which the operation was alive.
    let part = max(8, Self.longestTrajectory * points.count / max(1, history.rows))
    return LinePlot.Series(
      operation.name, points.thinned(to: part),
      style: isNamed ? colors.style(of: operation.name) : "rest",
      isNamed: isNamed,
      end: operation.droppedAtStep.map { "\(operation.name), dropped at step \($0)" })
  }

  // MARK: - Functions

  /// A function as it stood after an epoch, beside the usual activation and the last one.
  ///
  /// - Parameters:
  ///   - function: The function.
  ///   - epoch: An index of its epochs.
  ///   - morphs: Whether the axis is that of all epochs, and the last function is shown behind.
  /// - Returns: A plot whose lines have the classes `curve`, `slope`, `reference` and `ghost`.
  func curve(_ function: FunctionInspection, epoch: Int, morphs: Bool) -> LinePlot {
    var plot = LinePlot(xName: "x", yName: "f(x)")
    plot.title = function.title
    plot.decimals = 2
    plot.height = 300
    if morphs, inspection.functions.count == 1 {
      (plot.width, plot.height, plot.legendWidth) = (680, 400, 108)
    }
    let last = function.line(function.epochs.count - 1)
    let shown = function.line(epoch)
    let usual = inspection.usual.map { ($0.title, function.line(of: $0)) }
    plot.series = usual.map { [.init($0.0, $0.1, style: "reference")] } ?? []
    if morphs, function.epochs.count > 1 {
      plot.series.append(.init("at the end", last, style: "ghost"))
    }
    plot.series.append(.init("slope f′(x)", function.slope(epoch), style: "slope c7"))
    plot.series.append(.init("f(x)", shown, style: "curve c0"))
    plot.x = function.domain
    let lines = [last, function.slope(function.epochs.count - 1)] + (usual.map { [$0.1] } ?? [])
    let axis = function.axis(for: lines)
    // Functions of earlier epochs may go beyond the last one, but not make it small.
    let extra = 0.25 * (axis.range.upperBound - axis.range.lowerBound)
    let (low, high) = (axis.range.lowerBound - extra, axis.range.upperBound + extra)
    let others = morphs ? function.epochs.indices.map { function.line($0) } : [shown]
    let inside = function.axis(for: lines + others).range
    plot.y = PlotAxis(spanning: [max(inside.lowerBound, low), min(inside.upperBound, high)])
    return plot
  }
}
