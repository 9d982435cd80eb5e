import Activations
import Testing

@Suite("Cell graphs")
struct CellGraphTests {
  typealias Slot = CellGraph.Slot

  @Test func theDefaultIsTwoCoreUnits() {
    let graph = CellGraph.twoCoreUnits
    #expect(graph.slots.map(\.name) == ["u0", "u1", "b0", "u2", "u3", "b1"])
    #expect(
      graph.operands == [
        [.input], [.input], [.slot(0), .slot(1)], [.slot(2)], [.input], [.slot(3), .slot(4)],
      ])
    #expect(CellGraph.oneCoreUnit.operands == [[.input], [.input], [.slot(0), .slot(1)]])
  }

  static let faults: [(slots: [Slot], error: CellGraphError)] = [
    ([], .noSlots),
    ([Slot("x", .unary, of: "x")], .invalidName(slot: "x")),
    ([Slot("a b", .unary, of: "x")], .invalidName(slot: "a b")),
    ([Slot("a", .unary, of: "x"), Slot("a", .unary, of: "a")], .duplicateName(slot: "a")),
    (
      [Slot("a", .binary, of: "x")],
      .wrongOperandCount(slot: "a", arity: .binary, operandCount: 1)
    ),
    (
      [Slot("a", .unary, of: "x", "x")],
      .wrongOperandCount(slot: "a", arity: .unary, operandCount: 2)
    ),
    ([Slot("a", .unary)], .wrongOperandCount(slot: "a", arity: .unary, operandCount: 0)),
    ([Slot("a", .unary, of: "c")], .missingOperand(slot: "a", operand: "c")),
    ([Slot("a", .unary, of: "a")], .forwardReference(slot: "a", operand: "a")),
    (
      [Slot("a", .unary, of: "b"), Slot("b", .unary, of: "a")],
      .forwardReference(slot: "a", operand: "b")
    ),
    ([Slot("a", .unary, of: "x"), Slot("b", .unary, of: "x")], .unusedSlot(slot: "a")),
  ]

  @Test(arguments: faults)
  func faultsAreNamed(slots: [Slot], error: CellGraphError) {
    #expect(throws: error) { try CellGraph(slots: slots) }
    #expect(!error.description.contains("\n"))
  }

  @Test func aSlotMayServeTwice() throws {
    let graph = try CellGraph(slots: [
      Slot("u", .unary, of: "x"), Slot("b", .binary, of: "u", "u"),
    ])
    #expect(graph.operands == [[.input], [.slot(0), .slot(0)]])
  }
}
