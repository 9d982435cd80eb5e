import Activations
import TestSupport
import Testing

@Suite("Open scalars in formulas")
struct OpenScalarTextTests {
  private func read(_ text: String) throws -> ActivationExpression {
    try ActivationExpression(
      parsing: text, operations: .allPrimitives, reading: .mathematics)
  }

  /// What is written, how it is written back, and the starts in the order of the tree.
  private static let cases: [(text: String, exact: String, starts: [Double])] = [
    ("swish(x, β)", "swish(x, β)", [1]),
    ("swish(x, beta = 1.5)", "swish(x, β = 1.5)", [1.5]),
    ("β1 * swish(x, β2 = -0.5)", "β1 * swish(x, β2 = -0.5)", [-0.5, 1]),
    ("x + beta", "x + β", [1]),
    ("prelu(tanh(x + (γ = 2)), α)", "prelu(tanh(x + (β1 = 2)), β2)", [2, 0.25]),
    ("mix(gelu(x), relu(x), gamma₁) * 2", "mix(gelu(x), relu(x), β) * 2", [0]),
    ("max(x, β) - beta2*x", "max(x, β1) - β2 * x", [1, 1]),
  ]

  @Test("are read and written, and start where they say", arguments: cases.indices)
  func texts(index: Int) throws {
    let (text, exact, starts) = Self.cases[index]
    let function = try read(text)
    #expect(function.exactText(for: .allPrimitives) == exact)
    #expect(function.openScalars.map(\.mean) == starts)
    let again = try ActivationExpression(parsing: exact, operations: .allPrimitives)
    #expect(again == function)
    let placed = PlacedFunction(function)
    #expect(placed.isTrained)
    #expect(try PlacedFunction(parsing: placed.text) == placed)
    #expect(try PlacedFunction(parsing: "stage0: \(exact); stage1: relu(x)").isTrained)
  }

  @Test("are called by number in short texts and in LaTeX")
  func short() throws {
    let function = try read("β1 * swish(x, β2 = -0.5)")
    #expect("\(function)" == "β1 * swish(x, β2)")
    #expect(function.latex.contains("\\beta_{1}") && function.latex.contains("\\beta_{2}"))
    #expect(try read("x + β").latex == "x + \\beta")
  }

  @Test("count as where they start")
  func values() throws {
    let (open, fixed) = (try read("β1 = 3 * swish(x, β2 = -0.5)"), try read("3 * swish(x, -0.5)"))
    for x in [-2.5, -0.1, 0, 0.7, 4] { #expect(open.value(at: x) == fixed.value(at: x)) }
  }

  @Test("say in the text whose own they are, where that is not each site's")
  func placements() throws {
    for (text, written) in [
      ("swish(x, β) within 10 scalars channel", "swish within 10 scalars channel"),
      ("prelu scalars network", "prelu scalars network"),
      ("prelu scalars channel within 10", "prelu within 10 scalars channel"),
      ("mix(x, x, β)", "mix(x, x, β)"),
      ("β*tanh(x)   scalars site ", "β * tanh(x)"),
      ("relu(x) scalars channel", "relu(x)"),
    ] {
      let function = try PlacedFunction(parsing: text)
      #expect(function.text == written)
      #expect(try PlacedFunction(parsing: function.text) == function)
    }
    let misplaced = "stage0: swish scalars channel; stage1: relu"
    #expect(throws: PlacedFunctionError.misplacedPlacement(misplaced)) {
      try PlacedFunction(parsing: misplaced)
    }
    #expect(throws: PlacedFunctionError.unknownPlacement("unit")) {
      try PlacedFunction(parsing: "swish scalars unit")
    }
    let open = try PlacedFunction(parsing: "β1 * swish(x, β2 = 1.5) within 10 scalars channel")
    #expect(open.withFixedScalars.text == "1 * swish(x, 1.5) within 10")
    #expect(open.sharing(.site) != open && !open.isSame(as: open.sharing(.site)))
  }

  @Test("that stand twice, or without a number, are named")
  func faults() {
    for (text, part) in [
      ("β * x + swish(x, β)", "'β' stands for two numbers"),
      ("β * x + swish(x, beta)", "'beta' stands for two numbers"),
      ("(β * x)^5", "'β' stands for two numbers"),
      ("swish(x, β = x)", "'x' stands where a number should"),
      ("swish(x, β =)", "')' stands where a number should"),
      ("x = 2", "'=' stands where an operator or the end should"),
    ] {
      let error = #expect(throws: ActivationExpressionError.self) { try read(text) }
      #expect(error?.description.contains(part) == true, "\(text): \(String(describing: error))")
    }
  }

  @Test("10,000 random trees with open scalars are read back as they are")
  func random() throws {
    var stream = TestStream(seed: 91)
    var open = 0
    for _ in 0..<10_000 {
      let tree = ActivationExpression.random(depth: 4, of: .allPrimitives, from: &stream)
        .withOpenScalars(from: &stream)
      open += tree.openScalars.isEmpty ? 0 : 1
      let text = tree.exactText(for: .allPrimitives)
      let again = try ActivationExpression(parsing: text, operations: .allPrimitives)
      #expect(again == tree, "\(text)")
      let placed = PlacedFunction(tree)
      #expect(try PlacedFunction(parsing: placed.text) == placed, "\(placed.text)")
    }
    #expect(open > 2000)
  }
}

extension ActivationExpression {
  /// The same tree with some scalars open.
  fileprivate func withOpenScalars(from stream: inout TestStream) -> ActivationExpression {
    guard case .node(let node) = self else { return .input }
    let arguments = node.arguments.map { $0.withOpenScalars(from: &stream) }
    let scalars = node.scalars.map { scalar in
      guard case .fixed(let number) = scalar, stream.uniform() < 0.5 else { return scalar }
      return .open(start: stream.uniform() < 0.5 ? number : nil)
    }
    return .node(Node(node.operation, scalars: scalars, arguments))
  }
}
