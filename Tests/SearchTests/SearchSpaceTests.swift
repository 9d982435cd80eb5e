import Activations
import Search
import Tensors
import Testing

@Suite("Search spaces")
struct SearchSpaceTests {
  @Test("one set serves every slot by its arity; sizes are the published ones")
  func oneSet() {
    #expect(SearchSpace.grafs.operations.map(\.count) == [23, 23, 9, 23, 23, 9])
    #expect(SearchSpace.grafs.memberCount == 22_667_121)
    let ramachandran = SearchSpace(graph: .twoCoreUnits, operations: .ramachandran)
    #expect(ramachandran.memberCount == 39_062_500)
    #expect(SearchSpace(graph: .chain, operations: .pangaea).memberCount == 27 * 27 * 27)
  }

  @Test("text gives a slot its own operations")
  func text() throws {
    #expect(try SearchSpace(graph: "two-core-units", operations: "grafs") == .grafs)
    let space = try SearchSpace(
      graph: "u0(x) u1(x) b0(u0, u1)", operations: "pangaea b0=add,multiply u0=ramachandran,gelu")
    #expect(space.graph == .oneCoreUnit)
    #expect(
      space.operations[0].map(\.name) == OperationSet.ramachandran.unary.map(\.name) + ["gelu"])
    #expect(space.operations[1].map(\.name) == OperationSet.pangaea.unary.map(\.name))
    #expect(space.operations[2].map(\.name) == ["add", "multiply"])
    #expect(space.memberCount == 26 * 27 * 2)
    let own = try SearchSpace(graph: "chain", operations: "u0=relu u1=sin,cos u2=gelu")
    #expect(own.operations.map { $0.map(\.name) } == [["relu"], ["sin", "cos"], ["gelu"]])
  }

  @Test("an architecture has the operations of each slot")
  func architecture() throws {
    let space = try SearchSpace(graph: "chain", operations: "relu gelu u1=sin,beta,swish")
    var stream = RandomStream(seed: 0, purpose: "architecture")
    var architecture = Architecture(
      graph: space.graph, operations: space.operations, stream: &stream)
    #expect(architecture.slots.map(\.operations) == space.operations)
    #expect(architecture.slots.map(\.weights.count) == [2, 3, 2])
    #expect(architecture.operationsAlive == 7)
    let scalars = architecture.slots[1].scalars.scalars
    #expect(scalars.count == 2 && scalars.allSatisfy { $0 > 0 && $0 < 2 }, "sin has none")
    #expect(architecture.dropWeakest()?.slot == "u1")
    while architecture.dropWeakest() != nil {}
    #expect(try architecture.expression().operationCount == 3)
  }

  @Test(
    "faults are named",
    arguments: [
      ("u0(y)", "grafs", "slot 'u0': there is no slot 'y' to take as operand"),
      ("chian", "grafs", "there is no cell 'chian'; did you mean 'chain'?"),
      ("chain", "grafs u9=relu", "there is no slot 'u9'; there are: u0, u1, u2"),
      (
        "chain", "grafs u1=relu u1=gelu",
        "slot 'u1': its operations stand twice; list them once, with commas"
      ),
      ("chain", "grafs u1=", "slot 'u1': no unary operation to choose from; name at least one"),
      ("chain", "", "slot 'u0': no unary operation to choose from; name at least one"),
      ("chain", "u0=relu", "slot 'u1': no unary operation to choose from; name at least one"),
      (
        "one-core-unit", "relu gelu",
        "slot 'b0': no binary operation to choose from; name at least one"
      ),
      ("chain", "relu u2=add", "slot 'u2': operation 'add' is not unary; leave it out"),
      ("chain", "relu u2=gelu,max", "slot 'u2': operation 'max' is not unary; leave it out"),
      (
        "chain", "relu add",
        "operation 'add' fits no slot that takes the common operations; leave it out"
      ),
      (
        "chain", "grafs u0=sin u1=sin u2=sin",
        "operation 'grafs' fits no slot that takes the common operations; leave it out"
      ),
      (
        "chain", "relu u2=sin,rleu",
        "slot 'u2': there is no operation or set 'rleu'; did you mean 'relu'?"
      ),
      ("chain", "relu u2=sin,sin", "slot 'u2': operation 'sin' stands twice; name it once"),
      ("chain", "rleu", "there is no operation or set 'rleu'; did you mean 'relu'?"),
    ])
  func faults(graph: String, operations: String, line: String) {
    let error = #expect(throws: SearchSpaceError.self) {
      try SearchSpace(graph: graph, operations: operations)
    }
    #expect(error?.description == line)
  }

  @Test("lists are checked like text; a set without an operation for a slot traps")
  func lists() async {
    let relu = ElementaryOperation(ReLU.self)
    let add = ElementaryOperation(Addition.self)
    #expect(throws: SearchSpaceError.wrongArity(slot: "u1", expected: .unary, operation: "add")) {
      try SearchSpace(graph: .chain, operations: [[relu], [add], [relu]])
    }
    #expect(throws: SearchSpaceError.noOperation(slot: "u2", arity: .unary)) {
      try SearchSpace(graph: .chain, operations: [[relu], [relu], []])
    }
    #expect(
      throws: SearchSpaceError.operations(slot: "u0", .repeatedOperation(name: "relu"))
    ) {
      try SearchSpace(graph: .chain, operations: [[relu, relu], [relu], [relu]])
    }
    await #expect(processExitsWith: .failure) {
      _ = SearchSpace(
        graph: .oneCoreUnit, operations: OperationSet(unary: OperationSet.grafs.unary, binary: []))
    }
  }
}
