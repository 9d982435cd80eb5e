/// What happened in a search, step by step and epoch by epoch: a value in memory that knows nothing
/// of files.
///
/// Rows are appended, never changed. Copies share their storage until one of them is appended to,
/// so a snapshot costs nothing until the next row (then one copy of the columns).
///
/// Two trajectories are equal when every value is; NaN equals NaN here, since it records "not
/// measured" or a run that diverged, and −0 differs from 0.
public struct Trajectory: Sendable, Equatable {
  /// The cell's slots, in the cell's order.
  public let slots: [Slot]
  /// One row per search step, in order.
  public internal(set) var steps = GrowingColumn<Step>()
  /// What each slot held at every step; one entry per slot, each with as many rows as `steps`.
  public internal(set) var histories: [SlotHistory]
  /// The operations that were dropped, in order.
  public internal(set) var drops: [Drop] = []
  /// The strongest function at the end of each epoch.
  public internal(set) var genotypes: [Genotype] = []
  /// The values of these functions, epoch by epoch, on fixed points.
  public internal(set) var curve: Curve
  /// The functions plugged into the network at the end, in the order of their draws.
  public internal(set) var plugged: [Plugged] = []
  /// One summary per epoch, in order.
  public internal(set) var epochs: [Epoch] = []

  /// An empty trajectory.
  ///
  /// - Parameters:
  ///   - slots: The cell's slots; their names differ.
  ///   - functions: The names of the discrete functions, identifiers that differ; of a single one
  ///     `y`.
  ///   - curvePoints: `[points]`, where the functions are recorded at every epoch; may be empty.
  /// - Precondition: The slots' names differ, and so do the functions'.
  public init(slots: [Slot], functions: [String] = ["y"], curvePoints: [Float] = []) {
    precondition(Curve.areNames(functions), "trajectory: functions named \(functions)")
    precondition(
      Set(slots.map(\.name)).count == slots.count,
      "trajectory: two slots have one name in \(slots.map(\.name))")
    self.slots = slots
    histories = slots.map(SlotHistory.init)
    curve = Curve(functions: functions, points: curvePoints)
  }

  /// Where the rows of steps lie that have filled a block, from now on; nil for memory.
  public var store: ColumnStore? {
    get { steps.store }
    set {
      steps.store = newValue
      for index in histories.indices { histories[index].keep(in: newValue) }
    }
  }

  /// Appends a step, and what each slot held at it.
  ///
  /// - Parameters:
  ///   - step: The row; its `step` is greater than the last one's.
  ///   - states: One state per slot, in the order of `slots`, each as wide as its slot.
  /// - Precondition: Counts and widths fit the slots, and steps increase.
  public mutating func append(_ step: Step, states: [SlotState]) {
    precondition(
      states.count == slots.count,
      "trajectory: step \(step.step) has \(states.count) slot states for \(slots.count) slots")
    precondition(
      step.step > (steps.last?.step ?? -1),
      "trajectory: step \(step.step) follows step \(steps.last?.step ?? -1)")
    precondition(step.epoch >= 0, "trajectory: step \(step.step) is in epoch \(step.epoch)")
    for index in slots.indices { histories[index].append(states[index]) }
    steps.append(step)
  }

  /// Appends a dropped operation.
  ///
  /// - Parameter drop: Which operation was dropped, where and when.
  /// - Precondition: The slot is one of `slots` and the operation one of its operations.
  public mutating func append(_ drop: Drop) {
    precondition(
      contains(drop),
      """
      trajectory: no operation \(drop.operation) in a slot \(drop.slot) \
      to drop at step \(drop.step)
      """
    )
    drops.append(drop)
  }

  /// Appends the summary of an epoch.
  ///
  /// - Parameter epoch: The summary; its `epoch` is greater than the last one's.
  /// - Precondition: Epochs increase.
  public mutating func append(_ epoch: Epoch) {
    precondition(
      epoch.epoch > (epochs.last?.epoch ?? -1),
      "trajectory: epoch \(epoch.epoch) follows epoch \(epochs.last?.epoch ?? -1)")
    epochs.append(epoch)
  }

  /// Appends the strongest function of an epoch with its values on the curve's points.
  ///
  /// - Parameters:
  ///   - genotype: The function: one operation per slot.
  ///   - curveValues: `[functions, points]`, row-major, the functions on `curve.points`.
  /// - Precondition: The genotype fits the slots and the values fit the points.
  public mutating func append(_ genotype: Genotype, curveValues: [Float]) {
    precondition(
      contains(genotype),
      "trajectory: genotype \(genotype.operations) does not fit the slots \(slots.map(\.name))")
    curve.append(curveValues, epoch: genotype.epoch)
    genotypes.append(genotype)
  }

  /// The trajectory before a point in time, as a resumed search takes it up.
  ///
  /// - Parameters:
  ///   - step: Steps and drops from this one on are left out.
  ///   - epoch: Summaries, genotypes and curves from this one on are left out.
  /// - Returns: The rows that lie before both.
  public func before(step: Int, epoch: Int) -> Trajectory {
    var earlier = self
    earlier.steps.removeLast(steps.count { $0.step >= step })
    for index in slots.indices { earlier.histories[index].keep(rows: earlier.steps.count) }
    earlier.drops.removeAll { $0.step >= step }
    earlier.genotypes.removeAll { $0.epoch >= epoch }
    earlier.curve.keep(rows: earlier.genotypes.count)
    earlier.epochs.removeAll { $0.epoch >= epoch }
    // They belong to the end.
    if earlier.steps.count < steps.count || earlier.epochs.count < epochs.count {
      earlier.plugged = []
    }
    return earlier
  }

  /// Where numbers do not rise as `append` has them rise: in a file that others have changed.
  var disorder: (column: String, expected: String, found: String)? {
    let columns = [
      ("steps/step", steps.map(\.step)), ("epochs/epoch", epochs.map(\.epoch)),
      ("genotype/epoch", genotypes.map(\.epoch)),
    ]
    for (column, numbers) in columns {
      for (number, next) in zip(numbers, numbers.dropFirst()) where next <= number {
        return (column, "numbers that rise", "\(next) after \(number)")
      }
    }
    if curve.epochs != genotypes.map(\.epoch) {
      return ("curve/epoch", "the epochs of /genotype/epoch", "other epochs")
    }
    return nil
  }

  func contains(_ drop: Drop) -> Bool {
    slots.contains { $0.name == drop.slot && $0.operations.contains(drop.operation) }
  }

  func contains(_ genotype: Genotype) -> Bool {
    genotype.operations.count == slots.count
      && zip(slots, genotype.operations).allSatisfy { $0.operations.contains($1) }
  }
}
