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

  /// The lists as published, with a name for each formula.
  @Test func ramachandranHasItsOperationsInOrder() {
    let set = OperationSet.ramachandran
    #expect(
      set.unary.map(\.formula) == [
        "x", "−x", "|x|", "x²", "x³", "√max(x, 10⁻³)", "β · x", "x + β", "ln(|x| + 10⁻⁵)", "eˣ",
        "sin x", "cos x", "(eˣ − e⁻ˣ) / 2", "(eˣ + e⁻ˣ) / 2", "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)",
        "ln(x + √(x² + 1))", "arctan x", "sin(πx) / (πx)", "max(x, 0)", "min(x, 0)",
        "1 / (1 + e⁻ˣ)",
        "ln(1 + eˣ)", "e^(−x²)", "2/√π ∫₀ˣ e^(−t²) dt", "β",
      ])
    #expect(
      set.binary.map(\.formula) == [
        "x₁ + x₂", "x₁ · x₂", "x₁ − x₂", "x₁ / (x₂ + 10⁻⁵), |x₂ + 10⁻⁵| at least 10⁻⁵",
        "max(x₁, x₂)", "min(x₁, x₂)", "σ(x₁) · x₂", "e^(−β · (x₁ − x₂)²)", "e^(−β · |x₁ − x₂|)",
        "β · x₁ + (1 − β) · x₂",
      ])
    #expect(set.unary.count == 25 && set.binary.count == 10)
  }

  @Test func pangaeaHasItsOperationsInOrder() {
    let set = OperationSet.pangaea
    #expect(
      set.unary.map { "\($0.primitive)" } == [
        "Zero", "One", "Identity", "Negation", "AbsoluteValue", "Reciprocal", "Square",
        "Exponential", "ErrorFunction", "ComplementaryErrorFunction", "HyperbolicSine",
        "HyperbolicCosine", "HyperbolicTangent", "ExponentialMinusOne", "Sigmoid", "LogSigmoid",
        "InverseHyperbolicSine", "InverseTangent", "ScaledBesselI0", "ScaledBesselI1", "ReLU",
        "ELU", "SELU", "SiLU", "Softplus", "Softsign", "HardSigmoid",
      ])
    #expect(
      set.binary.map { "\($0.primitive)" } == [
        "Addition", "Subtraction", "Multiplication", "Division", "Power", "Maximum", "Minimum",
      ])
    #expect(set.unary.count == 27 && set.binary.count == 7)
  }

  @Test func grafsExtendedBeginsWithGrafs() {
    let (grafs, set) = (OperationSet.grafs, OperationSet.grafsExtended)
    #expect(Array(set.unary.prefix(23)) == grafs.unary)
    #expect(Array(set.binary.prefix(9)) == grafs.binary)
    #expect(
      set.unary.dropFirst(23).map(\.name) == [
        "log_abs", "sin", "cos", "cosh", "sinc", "gaussian",
      ])
    #expect(
      set.binary.dropFirst(9).map(\.name) == ["divide", "laplacian_kernel", "gaussian_kernel"])
  }

  @Test func setsAreFoundByName() throws {
    #expect(
      OperationSet.named.map(\.key) == ["grafs", "grafs_extended", "ramachandran", "pangaea"])
    for (name, set) in OperationSet.named {
      #expect(try OperationSet(named: name) == set)
      #expect(try OperationSet(parsing: name) == set)
    }
  }

  @Test func setsAreMadeOfNames() throws {
    let set = try OperationSet(operations: ["gelu", "add", "relu", "sin"])
    #expect(set.unary.map(\.name) == ["gelu", "relu", "sin"])
    #expect(set.binary.map(\.name) == ["add"])
    #expect(try OperationSet(parsing: " gelu, add relu,sin ") == set)
    let more = try OperationSet(parsing: "grafs sin divide")
    #expect(more.unary == OperationSet.grafs.unary + [ElementaryOperation(Sine.self)])
    #expect(more.binary == OperationSet.grafs.binary + [ElementaryOperation(Division.self)])
    #expect(more.contains(ElementaryOperation(Sine.self)))
    #expect(!OperationSet.grafs.contains(ElementaryOperation(Sine.self)))
  }

  @Test(arguments: [
    ("relu gleu", "there is no operation or set 'gleu'; did you mean 'gelu'?"),
    ("pangea", "there is no operation or set 'pangea'; did you mean 'pangaea'?"),
    ("relu add relu", "operation 'relu' stands twice; name it once"),
    ("grafs relu", "operation 'relu' stands twice; name it once"),
    (
      " , ",
      "no operation is named; give a set, such as grafs, or operations, such as relu gelu add"
    ),
  ])
  func faultyTextIsExplained(text: String, line: String) {
    let error = #expect(throws: OperationSetError.self) { try OperationSet(parsing: text) }
    #expect(error?.description == line)
  }

  @Test func faultyNamesAreExplained() {
    let set = #expect(throws: OperationSetError.self) { try OperationSet(named: "graph") }
    #expect(set?.description == "there is no set of operations 'graph'; did you mean 'grafs'?")
    let operation = #expect(throws: OperationSetError.self) {
      try OperationSet(operations: ["relu", "grafs"])
    }
    #expect(operation?.description.hasPrefix("there is no operation 'grafs'; ") == true)
    #expect(throws: OperationSetError.empty) { try OperationSet(operations: []) }
  }

  @Test func namesAreUniqueIdentifiersAndAllIsDescribed() {
    let all = OperationSet.allPrimitives.all
    #expect(all.count == PrimitiveTable.unary.count + PrimitiveTable.binary.count)
    #expect(Set(all.map(\.name)).count == all.count)
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
    ("gleu", "gelu"), ("Sigmod", "sigmoid"), ("RLU", "relu"), ("leakrelu", "leaky_relu"),
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
        unary: [ElementaryOperation(ReLU.self), ElementaryOperation(ReLU.self)], binary: [])
    }
  }
}
