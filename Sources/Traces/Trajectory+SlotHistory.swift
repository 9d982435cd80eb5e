extension Trajectory {
  /// What one slot held at every step, by columns; matrices are row-major.
  public struct SlotHistory: Sendable, Equatable {
    /// The slot.
    public let slot: Slot
    /// The number of steps recorded.
    public internal(set) var rows = 0
    /// `[rows, operations]`, the raw architecture weights α.
    public internal(set) var alpha = GrowingColumn<Float>()
    /// `[rows, operations]`, the Dirichlet concentrations.
    public internal(set) var concentration = GrowingColumn<Float>()
    /// `[rows, operations]`, the mean mixture weights.
    public internal(set) var weights = GrowingColumn<Float>()
    /// `[rows, operations]`, true where the operation is alive.
    public internal(set) var mask = GrowingColumn<Bool>()
    /// `[learnable][rows]`, each learnable scalar over the steps, in the order of `slot.learnable`.
    public internal(set) var scalars: [GrowingColumn<Float>]

    /// The matrices `[rows, operations]` of numbers, each with the name of its group in the file.
    static let matrices:
      [(
        name: String, path: WritableKeyPath<SlotHistory, GrowingColumn<Float>> & Sendable
      )] = [("alpha", \.alpha), ("concentration", \.concentration), ("weights", \.weights)]

    init(_ slot: Slot) {
      self.slot = slot
      scalars = slot.learnable.map { _ in GrowingColumn() }
    }

    /// The state at one step.
    ///
    /// - Parameter row: The index of the step's row, below `rows`.
    public subscript(row: Int) -> SlotState {
      precondition(row >= 0 && row < rows, "slot \(slot.name): row \(row) of \(rows)")
      let range = row * slot.operations.count..<(row + 1) * slot.operations.count
      return SlotState(
        alpha: Array(alpha[range]), concentration: Array(concentration[range]),
        weights: Array(weights[range]), mask: Array(mask[range]), scalars: scalars.map { $0[row] })
    }

    mutating func append(_ state: SlotState) {
      let widths = [
        state.alpha.count, state.concentration.count, state.weights.count, state.mask.count,
      ]
      precondition(
        widths.allSatisfy { $0 == slot.operations.count },
        """
        slot \(slot.name): alpha, concentration, weights and mask have \(widths) entries \
        for \(slot.operations.count) operations
        """)
      precondition(
        state.scalars.count == slot.learnable.count,
        """
        slot \(slot.name): \(state.scalars.count) scalars for \(slot.learnable.count) \
        learnable operations
        """
      )
      alpha.append(contentsOf: state.alpha)
      concentration.append(contentsOf: state.concentration)
      weights.append(contentsOf: state.weights)
      mask.append(contentsOf: state.mask)
      for index in scalars.indices { scalars[index].append(state.scalars[index]) }
      rows += 1
    }

    mutating func keep(in store: ColumnStore?) {
      for (_, path) in SlotHistory.matrices { self[keyPath: path].store = store }
      mask.store = store
      for index in scalars.indices { scalars[index].store = store }
    }

    mutating func keep(rows kept: Int) {
      for (_, path) in SlotHistory.matrices {
        self[keyPath: path].removeLast((rows - kept) * slot.operations.count)
      }
      mask.removeLast((rows - kept) * slot.operations.count)
      for index in scalars.indices { scalars[index].removeLast(rows - kept) }
      rows = kept
    }

    /// Whether two histories hold the same values, NaN being the same as NaN.
    ///
    /// - Parameters:
    ///   - left: One history.
    ///   - right: The other.
    /// - Returns: True if slots and all values agree.
    public static func == (left: SlotHistory, right: SlotHistory) -> Bool {
      left.slot == right.slot && left.rows == right.rows && left.mask == right.mask
        && matrices.allSatisfy { left[keyPath: $0.path].isSame(as: right[keyPath: $0.path]) }
        && zip(left.scalars, right.scalars).allSatisfy { $0.isSame(as: $1) }
    }
  }
}
