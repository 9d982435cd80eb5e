import Traces

/// What happened in one slot: how the weights of its operations moved.
///
/// A value that was not measured is NaN.
public struct SlotInspection: Sendable {
  /// The slot's name.
  public let name: String
  /// Its operations, in the trace's order.
  public let operations: [OperationInspection]
  /// Which operation had the greatest mean weight, from which step on; a lead that ends counts
  /// once.
  public let leads: [(step: Int, operation: String)]
  /// The operation of the strongest function so far; nil before the end of the first epoch.
  public let chosen: String?

  /// One operation of a slot.
  public struct OperationInspection: Sendable {
    /// Its name.
    public let name: String
    /// Its raw architecture weight α after the first step.
    public let firstAlpha: Float
    /// The same at the last step at which it was alive.
    public let lastAlpha: Float
    /// Its mean mixture weight after the first step, 0 to 1.
    public let firstWeight: Float
    /// The same at the last step at which it was alive.
    public let lastWeight: Float
    /// The rows of the trace at which it was alive, from the first one on.
    public let rowsAlive: Int
    /// The step at which it was dropped; nil if it was not.
    public let droppedAtStep: Int?
  }

  /// How often another operation took the lead.
  public var leadChanges: Int { max(0, leads.count - 1) }

  /// The operations, the strongest first: those alive the longest, of these the one chosen and then
  /// those with the greatest last weight.
  public let ranking: [OperationInspection]

  /// Computes it.
  ///
  /// - Parameters:
  ///   - history: What the slot held at every step.
  ///   - trajectory: The whole search.
  init(_ history: Trajectory.SlotHistory, of trajectory: Trajectory) {
    let slot = history.slot
    let count = slot.operations.count
    name = slot.name
    let index = trajectory.slots.firstIndex { $0.name == slot.name }
    let chosen = index.flatMap { trajectory.genotypes.last?.operations[$0] }
    self.chosen = chosen
    operations = slot.operations.enumerated().map { column, operation in
      let rows = (0..<history.rows).last { history.mask[$0 * count + column] }.map { $0 + 1 } ?? 0
      let at = { (values: GrowingColumn<Float>, row: Int) in
        row >= 0 && history.rows > 0 ? values[row * count + column] : Float.nan
      }
      return OperationInspection(
        name: operation, firstAlpha: at(history.alpha, 0), lastAlpha: at(history.alpha, rows - 1),
        firstWeight: at(history.weights, 0), lastWeight: at(history.weights, rows - 1),
        rowsAlive: rows,
        droppedAtStep: trajectory.drops.first {
          $0.slot == slot.name && $0.operation == operation
        }?.step)
    }
    leads = Self.leads(of: history, steps: trajectory.steps)
    ranking = operations.enumerated().sorted { left, right in
      let (first, second) = (left.element, right.element)
      if first.rowsAlive != second.rowsAlive { return first.rowsAlive > second.rowsAlive }
      if (first.name == chosen) != (second.name == chosen) { return first.name == chosen }
      // NaN, not measured, stands behind every number.
      let weights = (first.lastWeight, second.lastWeight)
      if weights.0 != weights.1, !(weights.0.isNaN && weights.1.isNaN) {
        return weights.1.isNaN || weights.0 > weights.1
      }
      return left.offset < right.offset
    }.map(\.element)
  }

  private static func leads(
    of history: Trajectory.SlotHistory, steps: GrowingColumn<Trajectory.Step>
  ) -> [(step: Int, operation: String)] {
    let count = history.slot.operations.count
    var leads: [(step: Int, operation: String)] = []
    for row in 0..<history.rows {
      var best: (weight: Float, column: Int)?
      for column in 0..<count where history.mask[row * count + column] {
        let weight = history.weights[row * count + column]
        if !weight.isNaN, weight > best?.weight ?? -.infinity { best = (weight, column) }
      }
      guard let best else { continue }
      let operation = history.slot.operations[best.column]
      if leads.last?.operation != operation { leads.append((steps[row].step, operation)) }
    }
    return leads
  }
}
