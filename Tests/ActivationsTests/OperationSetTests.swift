import Activations
import Testing

@Suite("Operation sets")
struct OperationSetTests {
  @Test func grafsHasItsOperationsInOrder() {
    #expect(
      OperationSet.grafs.unary.map(\.name) == [
        "identity", "negation", "abs", "square", "cube", "sqrt", "x_plus_beta", "beta_times_x",
        "beta", "exp", "sinh", "tanh", "asinh", "atan", "relu", "min_x_0", "sigmoid", "softplus",
        "erf", "silu", "gelu", "elu", "leaky_relu",
      ])
    #expect(
      OperationSet.grafs.binary.map(\.name) == [
        "add", "subtract", "multiply", "max", "min", "sigmoid_gate", "mix", "left", "right",
      ])
    #expect(OperationSet.grafs.operations(of: .unary).count == 23)
    #expect(OperationSet.grafs.operations(of: .binary).count == 9)
  }

  @Test func namesAreUniqueIdentifiersAndAllIsDescribed() {
    let all = OperationSet.grafs.all
    #expect(Set(all.map(\.name)).count == 32)
    for operation in all {
      #expect(operation.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
      #expect(!operation.formula.isEmpty && !operation.latex.isEmpty)
    }
  }

  @Test func everyOperationIsFoundByItsName() throws {
    for operation in OperationSet.grafs.all {
      #expect(try OperationSet.grafs.operation(named: operation.name) == operation)
    }
    #expect(try OperationSet.grafs.unaryOperation(named: "gelu").primitive == GELU.self)
    #expect(try OperationSet.grafs.binaryOperation(named: "mix").primitive == Mix.self)
  }

  @Test(arguments: [
    ("gleu", "gelu"), ("Sigmod", "sigmoid"), ("ReLU", "relu"), ("leakyrelu", "leaky_relu"),
    ("substract", "subtract"),
  ])
  func unknownNamesSuggestTheNearest(name: String, nearest: String) {
    let error = #expect(throws: UnknownOperation.self) {
      try OperationSet.grafs.operation(named: name)
    }
    #expect(error?.description == "there is no operation '\(name)'; did you mean '\(nearest)'?")
  }

  @Test func arityIsKept() {
    #expect(throws: UnknownOperation.self) { try OperationSet.grafs.unaryOperation(named: "add") }
    #expect(throws: UnknownOperation.self) { try OperationSet.grafs.binaryOperation(named: "exp") }
  }

  @Test func aRepeatedOperationTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = OperationSet(
        unary: [UnaryOperation(ReLU.self), UnaryOperation(ReLU.self)], binary: [])
    }
  }
}
