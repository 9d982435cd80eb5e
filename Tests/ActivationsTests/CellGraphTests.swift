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

  @Test func textIsReadAndWritten() throws {
    let line = "u0(x) u1(x) b0(u0, u1)"
    let graph = try CellGraph(parsing: line)
    #expect(graph == .oneCoreUnit && graph.description == line)
    #expect(try CellGraph(parsing: " u0 (x),u1( x )b0(u0 u1)\n") == graph)
    #expect(
      CellGraph.twoCoreUnits.description == "u0(x) u1(x) b0(u0, u1) u2(b0) u3(x) b1(u2, u3)")
    let diamond = "a(x) b(a, a) c(b, x) d(c, b)"
    #expect(try CellGraph(parsing: diamond).description == diamond)
  }

  @Test func graphsAreFoundByName() throws {
    #expect(CellGraph.named.map(\.key) == ["one-core-unit", "two-core-units", "chain"])
    for (name, graph) in CellGraph.named {
      #expect(try CellGraph(named: name) == graph)
      #expect(try CellGraph(parsing: name) == graph)
      #expect(try CellGraph(parsing: graph.description) == graph)
    }
    #expect(CellGraph.chain.description == "u0(x) u1(u0) u2(u1)")
  }

  /// Graphs drawn at random: slots of one or two operands, and every slot not taken becomes an
  /// operand of a chain at the end.
  @Test(arguments: [UInt64(1), 2, 3])
  func randomGraphsAreReadAsWritten(seed: UInt64) throws {
    var stream = TestStream(seed: seed)
    for _ in 0..<50 {
      var slots: [Slot] = []
      for index in 0..<(1 + Int(6 * stream.uniform())) {
        let earlier = ["x"] + slots.map(\.name)
        let operands = (0..<(1 + Int(2 * stream.uniform()))).map { _ in stream.element(of: earlier)
        }
        slots.append(Slot("s\(index)", operands.count == 1 ? .unary : .binary, of: operands))
      }
      let used = Set(slots.flatMap(\.operands))
      for loose in slots.dropLast().map(\.name) where !used.contains(loose) {
        slots.append(Slot("t_\(loose)", .binary, of: loose, slots[slots.count - 1].name))
      }
      let graph = try CellGraph(slots: slots)
      #expect(try CellGraph(parsing: graph.description) == graph, "seed \(seed): \(graph)")
    }
  }

  @Test(arguments: [
    ("u0(u0)", "slot 'u0': operand 'u0' must stand earlier (a cycle, or out of order)"),
    ("a(b) b(a)", "slot 'a': operand 'b' must stand earlier (a cycle, or out of order)"),
    ("u0(y)", "slot 'u0': there is no slot 'y' to take as operand"),
    ("u0()", "slot 'u0': 0 operands, where a slot takes one or two"),
    ("u0(x) t(u0, u0, x)", "slot 't': 3 operands, where a slot takes one or two"),
    ("u0(x) u1(x)", "slot 'u0': nothing takes its output; only the last slot is the cell's output"),
    ("u0(x) u0(u0)", "slot 'u0': the name stands twice"),
    ("x(x)", "slot 'x': a name is letters, digits and underscores, and 'x' means the input"),
    ("u-0(x)", "slot 'u-0': a name is letters, digits and underscores, and 'x' means the input"),
    ("u0(x", "cell: 'u0(x' is not of the form slot(operand) or slot(operand, operand)"),
    ("u0(x) u1 u0", "cell: 'u1' is not of the form slot(operand) or slot(operand, operand)"),
    ("u0(x) )", "cell: ')' is not of the form slot(operand) or slot(operand, operand)"),
    ("", "a cell needs at least one slot"),
    ("two-core-unit", "there is no cell 'two-core-unit'; did you mean 'two-core-units'?"),
    ("tree", "there is no cell 'tree'; there are: one-core-unit, two-core-units, chain"),
  ])
  func faultyTextIsExplained(text: String, line: String) {
    let error = #expect(throws: CellGraphError.self) { try CellGraph(parsing: text) }
    #expect(error?.description == line)
  }

  @Test func aSlotMayServeTwice() throws {
    let graph = try CellGraph(slots: [
      Slot("u", .unary, of: "x"), Slot("b", .binary, of: "u", "u"),
    ])
    #expect(graph.operands == [[.input], [.slot(0), .slot(0)]])
  }
}
