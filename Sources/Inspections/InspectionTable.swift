import Foundation
import Traces

/// A table of an inspection as comma-separated values (RFC 4180, lines end in a line feed).
///
/// What was not measured is an empty cell; infinite numbers are `inf` and `-inf`.
public enum InspectionTable: String, CaseIterable, Sendable {
  /// A row for each step.
  case steps
  /// A row for each epoch.
  case epochs
  /// A row for each dropped operation.
  case drops
  /// A row for each operation of each slot: where its weight began and ended.
  case slots
  /// α, a row for each step, a column `slot.operation` for each operation.
  case alpha
  /// Dirichlet concentrations, columns as in `alpha`.
  case concentration
  /// Mean mixture weights, columns as in `alpha`.
  case weights
  /// Which operations are alive, 0 or 1, columns as in `alpha`.
  case mask
  /// Learnable scalars, columns as in `alpha`.
  case beta
  /// The strongest function at the end of each epoch, with the operation of every slot.
  case genotype
  /// A row for each epoch, function and point.
  case curve
  /// A row for each setting.
  case configuration

  /// The table.
  ///
  /// - Parameter inspection: What it is about.
  /// - Returns: A line of names, and one for each row.
  public func text(_ inspection: Inspection) -> String {
    let trajectory = inspection.trace.trajectory
    switch self {
    case .steps: return Self.steps(trajectory)
    case .epochs: return Self.epochs(trajectory)
    case .drops:
      return Self.text(
        ["step", "epoch", "slot", "operation", "alpha"],
        trajectory.drops.map {
          ["\($0.step)", "\($0.epoch)", $0.slot, $0.operation, Self.number($0.alpha)]
        })
    case .slots: return Self.slots(inspection)
    case .alpha: return Self.matrix(trajectory) { Self.number($0.alpha[$1]) }
    case .concentration: return Self.matrix(trajectory) { Self.number($0.concentration[$1]) }
    case .weights: return Self.matrix(trajectory) { Self.number($0.weights[$1]) }
    case .mask: return Self.matrix(trajectory) { $0.mask[$1] ? "1" : "0" }
    case .beta: return Self.scalars(trajectory)
    case .genotype:
      return Self.text(
        ["epoch", "expression"] + trajectory.slots.map(\.name),
        trajectory.genotypes.map { ["\($0.epoch)", $0.expression] + $0.operations })
    case .curve: return Self.curve(trajectory)
    case .configuration:
      return Self.text(["setting", "value"], inspection.settings.map { [$0.name, $0.value] })
    }
  }

  private static func text(_ names: [String], _ rows: [[String]]) -> String {
    ([names] + rows).map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
  }

  private static func cell(_ text: String) -> String {
    text.contains { ",\"\r\n".contains($0) || $0.isNewline }
      ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }

  private static func number(_ value: Float) -> String { value.isNaN ? "" : "\(value)" }
  private static func number(_ value: Double) -> String { value.isNaN ? "" : "\(value)" }

  private static func steps(_ trajectory: Trajectory) -> String {
    text(
      [
        "step", "epoch", "phase", "elapsed_seconds", "train_loss", "validation_loss",
        "train_accuracy", "validation_accuracy", "learning_rate", "architecture_learning_rate",
        "operations_alive",
      ],
      trajectory.steps.map {
        [
          "\($0.step)", "\($0.epoch)", $0.phase.rawValue, number($0.elapsedSeconds),
          number($0.trainLoss), number($0.validationLoss), number($0.trainAccuracy),
          number($0.validationAccuracy), number($0.learningRate),
          number($0.architectureLearningRate), "\($0.operationsAlive)",
        ]
      })
  }

  private static func epochs(_ trajectory: Trajectory) -> String {
    text(
      [
        "epoch", "elapsed_seconds", "train_loss", "validation_loss", "train_accuracy",
        "validation_accuracy", "best_validation_accuracy",
      ],
      trajectory.epochs.map {
        [
          "\($0.epoch)", number($0.elapsedSeconds), number($0.trainLoss),
          number($0.validationLoss), number($0.trainAccuracy), number($0.validationAccuracy),
          number($0.bestValidationAccuracy),
        ]
      })
  }

  private static func slots(_ inspection: Inspection) -> String {
    text(
      [
        "slot", "operation", "first_alpha", "last_alpha", "first_weight", "last_weight",
        "dropped_at_step", "is_chosen",
      ],
      inspection.slots.flatMap { slot in
        slot.operations.map {
          [
            slot.name, $0.name, number($0.firstAlpha), number($0.lastAlpha),
            number($0.firstWeight), number($0.lastWeight),
            $0.droppedAtStep.map(String.init) ?? "", $0.name == slot.chosen ? "1" : "0",
          ]
        }
      })
  }

  private static func matrix(
    _ trajectory: Trajectory, _ cell: (Trajectory.SlotHistory, Int) -> String
  ) -> String {
    let names = trajectory.slots.flatMap { slot in slot.operations.map { "\(slot.name).\($0)" } }
    return text(
      ["step"] + names,
      trajectory.steps.enumerated().map { row, step in
        ["\(step.step)"]
          + trajectory.histories.flatMap { history in
            let count = history.slot.operations.count
            return (row * count..<(row + 1) * count).map { cell(history, $0) }
          }
      })
  }

  private static func scalars(_ trajectory: Trajectory) -> String {
    let names = trajectory.slots.flatMap { slot in slot.learnable.map { "\(slot.name).\($0)" } }
    return text(
      ["step"] + names,
      trajectory.steps.enumerated().map { row, step in
        ["\(step.step)"]
          + trajectory.histories.flatMap { $0.scalars.map { number($0[row]) } }
      })
  }

  private static func curve(_ trajectory: Trajectory) -> String {
    let curve = trajectory.curve
    var rows: [[String]] = []
    var index = 0
    for epoch in curve.epochs {
      for function in curve.functions {
        for x in curve.points {
          rows.append(["\(epoch)", function, number(x), number(curve.values[index])])
          index += 1
        }
      }
    }
    return text(["epoch", "function", "x", "y"], rows)
  }
}
