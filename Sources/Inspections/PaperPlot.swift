import Files
import Foundation
import Reports
import Runs

/// A plot that stands alone, as SVG.
public enum PaperPlot: String, CaseIterable, Sendable {
  /// The function found with its slope, beside the usual activation.
  case curve
  /// Mean mixture weights of the operations, slot by slot.
  case weights
  /// The same of α.
  case alpha
  /// Losses over the steps.
  case losses
  /// Accuracies over the steps.
  case accuracy
  /// Operations alive over the steps.
  case operations
  /// The values of candidates, and the best so far.
  case candidates
  /// Validation losses of the functions of a race, rung by rung.
  case race
  /// Learning curves of the functions of its verdict.
  case learning

  /// What a search by proposals has; a relaxed one has all but the candidates.
  private static let ofProposals: [PaperPlot] = [.curve, .candidates, .race, .learning]

  /// Draws the plot.
  ///
  /// - Parameters:
  ///   - inspection: What it is about.
  ///   - generator: Who draws it: program and version.
  /// - Returns: An SVG file.
  /// - Throws: `RunError` if the search has not come far enough.
  public func svg(_ inspection: Inspection, generator: String) throws(RunError) -> String {
    let ofKind =
      inspection.candidates == nil
      ? Self.allCases.filter { $0 != .candidates } : Self.ofProposals
    let plots = InspectionPlots(inspection)
    let possible = ofKind.filter {
      $0 != .race && $0 != .learning
        || inspection.race != nil
          && ($0 == .race || plots.courseLosses != nil)
    }
    if !possible.contains(self) {
      throw RunError(
        "\(inspection.path): \(inspection.kind) has no plot of \(rawValue)",
        cure: "give --plot-of with \(possible.map(\.rawValue).joined(separator: ", "))")
    }
    let drawings: [VectorDrawing]
    switch self {
    case .curve:
      drawings = inspection.functions.filter { !$0.epochs.isEmpty }.enumerated().map {
        plots.curve($1, epoch: $1.epochs.count - 1, morphs: false).drawing("curve\($0)")
      }
    case .weights, .alpha:
      let quantity: InspectionPlots.Quantity = self == .alpha ? .alpha : .weights
      let isEmpty = inspection.trajectory.steps.isEmpty
      drawings =
        isEmpty
        ? []
        : inspection.slots.indices.map {
          plots.slot($0, quantity).drawing("slot\($0)")
        }
    case .losses: drawings = [plots.losses].filter { !$0.series.isEmpty }.map { $0.drawing("l") }
    case .accuracy:
      drawings = [plots.accuracies].filter { !$0.series.isEmpty }.map { $0.drawing("a") }
    case .candidates: drawings = plots.candidates.map { [$0.drawing("k")] } ?? []
    case .race: drawings = plots.race.map { [$0.drawing("r")] } ?? []
    case .learning:
      drawings = [plots.courseLosses, plots.courseAccuracies].compactMap(\.self).enumerated().map {
        $1.drawing("v\($0)")
      }
    case .operations:
      drawings = inspection.trajectory.steps.isEmpty ? [] : [plots.operations.drawing("o")]
    }
    guard let first = drawings.first else { throw emptiness(of: inspection) }
    let columns = min(drawings.count, drawings.count == 4 ? 2 : 3)
    let rows = (drawings.count + columns - 1) / columns
    var whole = VectorDrawing(width: first.width * columns, height: first.height * rows)
    for (index, drawing) in drawings.enumerated() {
      whole.add(
        drawing,
        at: PlotPoint(
          Double(index % columns * first.width), Double(index / columns * first.height)))
    }
    let header = inspection.trace.header
    return whole.file(
      title: "\(rawValue): \(inspection.expression ?? "no function yet")",
      styleSheet: PlotStyle.paper,
      generator: "\(generator): \(rawValue) of \(header.network) on \(header.dataset), "
        + "seed \(header.seed)")
  }

  /// Says why there is nothing to be drawn.
  private func emptiness(of inspection: Inspection) -> RunError {
    switch inspection.standing {
    case .diverged:
      return RunError(
        "\(inspection.path): the search has diverged, and found nothing for a plot of \(rawValue)",
        cure: "search again with a smaller --learning-rate")
    case .finished:
      return RunError(
        "\(inspection.path): its search has finished, and left nothing for a plot of \(rawValue)",
        cure: "ask for another plot")
    case .interrupted, .failed, .killed:
      return RunError(
        "\(inspection.path): the search has ended (\(inspection.standing.words)) before a plot of "
          + "\(rawValue) could be made",
        cure: "go on with grafs-swift search --resume "
          + "\(RunFolder(path: inspection.path).url.deletingLastPathComponent().relativePath)")
    case .running, .unknown:
      return RunError(
        "\(inspection.path): the search has not come far enough for a plot of \(rawValue)",
        cure: "wait for the end of its first \(inspection.unit)")
    }
  }
}
