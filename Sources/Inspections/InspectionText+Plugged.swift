import Activations
import Foundation
import Reports
import Traces

extension InspectionText {
  /// How many of the plugged functions are shown.
  private static let pluggedShown = 5

  /// The functions that were good when plugged into the network at the end of the search.
  var plugged: Section {
    let best = inspection.trajectory.pluggedRanked
    guard !best.isEmpty else { return Section(lines: [], rank: 0) }
    let count = inspection.trajectory.plugged.count
    let head = "plugged into the network: \(count) functions; loss with the best"
    let lines = best.prefix(Self.pluggedShown).map { row in
      let formula = (try? PlacedFunction(parsing: row.function).formula) ?? row.function
      let start = String(format: "  %8.4f  ", row.loss)
      return start + TerminalText.cut(TerminalText.harmless(formula), to: Self.width - start.count)
    }
    return Section(lines: [painted(head, .bold)] + lines, rank: 7)
  }
}
