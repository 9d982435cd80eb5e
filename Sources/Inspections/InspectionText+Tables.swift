import Foundation
import Reports
import Traces

extension InspectionText {
  /// The epochs, at most twelve.
  var epochs: Section {
    let trajectory = inspection.trajectory
    let all = trajectory.epochs
    guard !all.isEmpty else { return Section(lines: [], rank: 0) }
    let shown = Self.spread(over: all.count, limit: 12)
    var lines = [
      painted("epoch   train   valid.  train %  valid. %  alive     time  strongest", .bold)
    ]
    for index in shown {
      let epoch = all[index]
      let alive = trajectory.steps.last { $0.epoch == epoch.epoch }?.operationsAlive
      let expression = trajectory.genotypes.first { $0.epoch == epoch.epoch }?.expression ?? ""
      let cells = [
        Self.right("\(epoch.epoch)", 5), number(Double(epoch.trainLoss), 3, width: 6),
        number(Double(epoch.validationLoss), 3, width: 7),
        number(100 * Double(epoch.trainAccuracy), 2, width: 7),
        number(100 * Double(epoch.validationAccuracy), 2, width: 8),
        Self.right(alive.map(String.init) ?? "–", 5),
        Self.right(ProgressReport.clock(seconds: epoch.elapsedSeconds), 7),
      ]
      let start = cells.joined(separator: "  ") + "  "
      lines.append(
        start + TerminalText.cut(TerminalText.harmless(expression), to: Self.width - start.count))
    }
    if shown.count < all.count {
      lines.append(
        painted("  \(shown.count) of \(all.count) epochs; --csv epochs prints all", .dim))
    }
    return Section(lines: lines, rank: 6)
  }

  private func number(_ value: Double, _ digits: Int, width: Int) -> String {
    Self.right(value.isFinite ? String(format: "%.*f", digits, value) : "–", width)
  }

  /// Indices from the first to the last, in steps as even as possible.
  static func spread(over count: Int, limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    return (0..<limit).map { ($0 * (count - 1) + (limit - 1) / 2) / (limit - 1) }
  }

  /// Which operation was dropped when.
  var drops: Section {
    let drops = inspection.trajectory.drops
    guard !drops.isEmpty else { return Section(lines: [], rank: 0) }
    var lines = [painted("dropped: \(drops.count) operations", .bold)]
    for epoch in Set(drops.map(\.epoch)).sorted() {
      let here = drops.filter { $0.epoch == epoch }
      let groups = inspection.slots.compactMap { slot -> String? in
        let names = here.filter { $0.slot == slot.name }.map(\.operation)
        return names.isEmpty ? nil : "\(slot.name): \(names.joined(separator: " "))"
      }
      lines += TerminalText.wrapped(groups.joined(separator: " · "), to: Self.width - 12)
        .enumerated().map { index, line in
          let head = index == 0 ? "  epoch \(epoch)" : ""
          return painted(head.padding(toLength: 12, withPad: " ", startingAt: 0), .dim) + line
        }
    }
    return Section(lines: lines, rank: 7)
  }
}
