extension Trajectory {
  /// The strongest discrete function at the end of an epoch.
  public struct Genotype: Sendable, Equatable {
    /// The epoch's number, from 0.
    public var epoch: Int
    /// The function as text, for example `sigmoid(gelu(x)) * gelu(x)`.
    public var expression: String
    /// The same exactly: no operation left out, all digits, and the limits of operations, for
    /// example `left(gelu(x), x) within 10`; empty in traces of version 0.1.0.
    public var function: String
    /// `[slots]`, the operation chosen in each slot.
    public var operations: [String]

    /// A genotype.
    ///
    /// - Parameters:
    ///   - epoch: The epoch's number, from 0.
    ///   - expression: The function as text.
    ///   - function: The same exactly, with limits.
    ///   - operations: The operation chosen in each slot, in the slots' order.
    public init(epoch: Int, expression: String, function: String = "", operations: [String]) {
      self.epoch = epoch
      self.expression = expression
      self.function = function
      self.operations = operations
    }

    /// The columns: three of every genotype, and one per slot.
    static func table(slots: [Slot]) -> Table<Genotype> {
      let chosen = slots.indices.map { index in
        let cells = Column<Genotype>.Cells.text(
          get: { $0.operations[index] },
          set: { genotype, operation in
            genotype.operations[index] = operation
            return slots[index].operations.contains(operation)
          })
        return Column(name: "operations/\(slots[index].name)", units: nil, cells: cells)
      }
      return Table(
        group: "genotype", signal: nil,
        blank: Genotype(epoch: 0, expression: "", operations: slots.map { _ in "" }),
        columns: [
          Column("epoch", \.epoch).ofEpochs, Column("expression", \.expression),
          Column("function", \.function).optional,
        ] + chosen)
    }
  }
}
