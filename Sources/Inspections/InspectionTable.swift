import Files
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
  /// A row for each function plugged into the network at the end of the search.
  case plugged
  /// A row for each candidate of a search by proposals.
  case candidates
  /// A row for each training of the race.
  case race
  /// A row for each function of the race's verdict and epoch.
  case learning
  /// A row for each function of the race's verdict: epochs to a level, what an element costs.
  case verdict
  /// A row for each epoch, or candidate that was the best, function and point.
  case curve
  /// A row for each setting.
  case configuration

  /// What a search by proposals has; a relaxed one has all but the candidates.
  private static let ofProposals: [InspectionTable] = [
    .candidates, .race, .learning, .verdict, .curve, .configuration,
  ]

  /// The table.
  ///
  /// - Parameter inspection: What it is about.
  /// - Returns: A line of names, and one for each row.
  /// - Throws: `RunError` if a search of this kind has no such table.
  public func text(_ inspection: Inspection) throws(RunError) -> String {
    let ofKind =
      inspection.candidates == nil
      ? Self.allCases.filter { $0 != .candidates } : Self.ofProposals
    let courses = inspection.result?.evidence?.courses ?? []
    let possible = ofKind.filter {
      switch $0 {
      case .race: inspection.race != nil
      case .learning, .verdict: !courses.isEmpty
      case .plugged: !inspection.trajectory.plugged.isEmpty
      default: true
      }
    }
    guard possible.contains(self) else {
      throw RunError(
        "\(inspection.path): \(inspection.kind) has no table '\(rawValue)'",
        cure: "give --csv with \(possible.map(\.rawValue).joined(separator: ", "))")
    }
    return table(of: inspection).csv
  }

  private func table(of inspection: Inspection) -> PlainTable {
    let trajectory = inspection.trajectory
    switch self {
    case .steps: return trajectory.stepTable
    case .epochs: return trajectory.epochTable
    case .drops: return trajectory.dropTable
    case .slots: return slots(inspection)
    case .alpha: return matrix(trajectory, \.alpha) { .singles($0, $1) }
    case .concentration: return matrix(trajectory, \.concentration) { .singles($0, $1) }
    case .weights: return matrix(trajectory, \.weights) { .singles($0, $1) }
    case .mask:
      return matrix(trajectory, \.mask) { .integers($0, $1.map { $0 ? 1 : 0 }) }
    case .beta: return scalars(trajectory)
    case .genotype: return genotypes(trajectory)
    case .plugged: return trajectory.pluggedTable
    case .candidates:
      return inspection.trace.candidates?.table ?? PlainTable(name: rawValue, columns: [])
    case .race: return inspection.trace.race?.table ?? PlainTable(name: rawValue, columns: [])
    case .learning: return learning(inspection)
    case .verdict: return verdict(inspection)
    case .curve: return curve(inspection)
    case .configuration:
      return PlainTable(
        name: rawValue,
        columns: [
          .texts("setting", inspection.settings.map(\.name)),
          .texts("value", inspection.settings.map(\.value)),
        ])
    }
  }

  private func slots(_ inspection: Inspection) -> PlainTable {
    let rows = inspection.slots.flatMap { slot in slot.operations.map { (slot, $0) } }
    return PlainTable(
      name: rawValue,
      columns: [
        .texts("slot", rows.map(\.0.name)),
        .texts("operation", rows.map(\.1.name)),
        .singles("first_alpha", rows.map(\.1.firstAlpha)),
        .singles("last_alpha", rows.map(\.1.lastAlpha)),
        .singles("first_weight", rows.map(\.1.firstWeight)),
        .singles("last_weight", rows.map(\.1.lastWeight)),
        .texts("dropped_at_step", rows.map { $1.droppedAtStep.map(String.init) ?? "" }),
        .integers("is_chosen", rows.map { $1.name == $0.chosen ? 1 : 0 }),
      ])
  }

  private func steps(_ trajectory: Trajectory) -> PlainTable.Column {
    .integers("step", trajectory.steps.map { Int64($0.step) })
  }

  /// A column for each operation of each slot, of what it had at every step.
  private func matrix<Element>(
    _ trajectory: Trajectory,
    _ values: KeyPath<Trajectory.SlotHistory, GrowingColumn<Element>>,
    _ column: (_ name: String, [Element]) -> PlainTable.Column
  ) -> PlainTable {
    let columns = trajectory.histories.flatMap { history in
      let (names, all) = (history.slot.operations, history[keyPath: values])
      return names.indices.map { index in
        column(
          "\(history.slot.name).\(names[index])",
          stride(from: index, to: all.count, by: names.count).map { all[$0] })
      }
    }
    return PlainTable(name: rawValue, columns: [steps(trajectory)] + columns)
  }

  private func scalars(_ trajectory: Trajectory) -> PlainTable {
    PlainTable(
      name: rawValue,
      columns: [steps(trajectory)]
        + trajectory.histories.flatMap { history in
          zip(history.slot.learnable, history.scalars).map {
            .singles("\(history.slot.name).\($0)", $1.elements)
          }
        })
  }

  private func genotypes(_ trajectory: Trajectory) -> PlainTable {
    PlainTable(
      name: rawValue,
      columns: [
        .integers("epoch", trajectory.genotypes.map { Int64($0.epoch) }),
        .texts("expression", trajectory.genotypes.map(\.expression)),
      ]
        + trajectory.slots.enumerated().map { index, slot in
          .texts(slot.name, trajectory.genotypes.map { $0.operations[index] })
        })
  }

  private func curve(_ inspection: Inspection) -> PlainTable {
    var rows: [(epoch: Int, function: String, x: Float, y: Float)] = []
    if inspection.candidates != nil {
      for function in inspection.functions {
        for (epoch, values) in zip(function.epochs, function.values) {
          rows += zip(function.points, values).map { (epoch, function.cells[0], $0, $1) }
        }
      }
    } else {
      let curve = inspection.trajectory.curve
      let names = curve.epochs.flatMap { epoch in
        curve.functions.flatMap { name in curve.points.map { (epoch, name, $0) } }
      }
      rows = zip(names, curve.values).map { ($0.0, $0.1, $0.2, $1) }
    }
    return PlainTable(
      name: rawValue,
      columns: [
        .integers(inspection.unit, rows.map { Int64($0.epoch) }),
        .texts("function", rows.map(\.function)), .singles("x", rows.map(\.x)),
        .singles("y", rows.map(\.y)),
      ])
  }
}
