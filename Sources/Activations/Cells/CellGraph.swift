/// The shape of an activation cell: slots in topological order, and what each takes as operands.
///
/// The last slot is the cell's output. Which operation stands in a slot is not part of the graph:
/// see `Genotype`.
public struct CellGraph: Sendable, Hashable {
  /// What a slot takes as an argument.
  public enum Operand: Sendable, Hashable {
    /// The input of the cell, the pre-activation.
    case input
    /// The output of the slot with this index, which stands earlier.
    case slot(Int)
  }

  /// One slot: a name, an arity and operands.
  public struct Slot: Sendable, Hashable {
    /// The name, such as `u0`.
    public let name: String

    /// The arity of the operations that fit.
    public let arity: Arity

    /// The operands in order: names of earlier slots, or `x` for the input.
    public let operands: [String]

    /// Creates a slot; `CellGraph` checks it.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - arity: The arity of the operations that fit.
    ///   - operands: The operands in order: names of earlier slots, or `x` for the input.
    public init(_ name: String, _ arity: Arity, of operands: String...) {
      self.init(name, arity, of: operands)
    }

    /// Creates a slot of a list of operands; `CellGraph` checks it.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - arity: The arity of the operations that fit.
    ///   - operands: The operands in order: names of earlier slots, or `x` for the input.
    public init(_ name: String, _ arity: Arity, of operands: [String]) {
      self.name = name
      self.arity = arity
      self.operands = operands
    }
  }

  /// The name by which operands mean the input.
  public static let inputName = "x"

  /// Whether a name in a formula means the input: people write `X` too.
  package static func isInputName(_ name: String) -> Bool { name.lowercased() == inputName }

  /// The slots in topological order; the last is the output.
  public let slots: [Slot]

  /// The operands of each slot, resolved: `operands[i]` belongs to `slots[i]`.
  public let operands: [[Operand]]

  /// Creates a graph.
  ///
  /// - Parameter slots: The slots in topological order; the last is the output.
  /// - Throws: `CellGraphError`, which names the slot at fault.
  public init(slots: [Slot]) throws(CellGraphError) {
    guard !slots.isEmpty else { throw .noSlots }
    let names = slots.map(\.name)
    var resolved: [[Operand]] = []
    for (index, slot) in slots.enumerated() {
      guard slot.name != Self.inputName, slot.name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil
      else { throw .invalidName(slot: slot.name) }
      guard !names[..<index].contains(slot.name) else { throw .duplicateName(slot: slot.name) }
      guard slot.operands.count == slot.arity.rawValue else {
        throw .wrongOperandCount(
          slot: slot.name, arity: slot.arity, operandCount: slot.operands.count)
      }
      var operands: [Operand] = []
      for name in slot.operands {
        if name == Self.inputName {
          operands.append(.input)
        } else if let earlier = names[..<index].firstIndex(of: name) {
          operands.append(.slot(earlier))
        } else if names.contains(name) {
          throw .forwardReference(slot: slot.name, operand: name)
        } else {
          throw .missingOperand(slot: slot.name, operand: name)
        }
      }
      resolved.append(operands)
    }
    let used = Set(slots.flatMap(\.operands))
    for slot in slots.dropLast() where !used.contains(slot.name) {
      throw .unusedSlot(slot: slot.name)
    }
    self.slots = slots
    self.operands = resolved
  }

  /// The default cell of GRAFS: `b0 = B0(U0(x), U1(x))`, output `B1(U2(b0), U3(x))`.
  ///
  /// Source: Strack, Safari, Hutter 2024; after Ramachandran, Zoph, Le 2017, two core units.
  public static let twoCoreUnits = known([
    Slot("u0", .unary, of: "x"),
    Slot("u1", .unary, of: "x"),
    Slot("b0", .binary, of: "u0", "u1"),
    Slot("u2", .unary, of: "b0"),
    Slot("u3", .unary, of: "x"),
    Slot("b1", .binary, of: "u2", "u3"),
  ])

  /// One core unit: `B0(U0(x), U1(x))`.
  ///
  /// Source: Ramachandran, Zoph, Le 2017.
  public static let oneCoreUnit = known([
    Slot("u0", .unary, of: "x"),
    Slot("u1", .unary, of: "x"),
    Slot("b0", .binary, of: "u0", "u1"),
  ])

  /// The graph of slots that stand in the source.
  static func known(_ slots: [Slot]) -> CellGraph {
    do {
      return try CellGraph(slots: slots)
    } catch {
      preconditionFailure("CellGraph: \(error)")
    }
  }
}
