import Activations
import Testing

@Suite("Genotypes of expressions")
struct GenotypeExpressionTests {
  static let placed: [(text: String, genotype: String)] = [
    ("x", "u0=identity u1=identity b0=left u2=identity u3=identity b1=left"),
    (
      "sigmoid(gelu(x)) * gelu(x)",
      "u0=identity u1=identity b0=left u2=gelu u3=gelu b1=sigmoid_gate"
    ),
    ("tanh(x) + 0.25", "u0=tanh u1=identity b0=left u2=x_plus_beta(0.25) u3=identity b1=left"),
    (
      "relu(x) * silu(sigmoid(relu(x)) * gelu(x))",
      "u0=relu u1=gelu b0=sigmoid_gate u2=silu u3=relu b1=multiply"
    ),
    (
      "mix(-x, exp(tanh(x) - x^2), 0.5)",
      "u0=tanh u1=square b0=subtract u2=exp u3=negation b1=mix(-0.5)"
    ),
    ("exp(x) - 2", "u0=exp u1=identity b0=left u2=x_plus_beta(-2.0) u3=identity b1=left"),
  ]

  @Test(arguments: placed.indices)
  func functionsArePlaced(index: Int) throws {
    let (text, genotype) = Self.placed[index]
    let expression = try ActivationExpression(parsing: text)
    let placed = try Genotype(of: expression)
    #expect(placed.description == genotype)
    let back = try ActivationExpression(placed)
    #expect(back.isCanonicallyEquivalent(to: expression))
  }

  @Test(arguments: [UInt64(111), 112])
  func everyGenotypeIsFoundAgain(seed: UInt64) throws {
    var stream = TestStream(seed: seed)
    for graph in [CellGraph.twoCoreUnits, .oneCoreUnit] {
      for _ in 0..<500 {
        let genes = try graph.slots.map { slot in
          let operation = stream.element(of: OperationSet.grafs.operations(of: slot.arity))
          return try Genotype.Gene(
            slot: slot.name, operation: operation,
            scalar: operation.initialScalar == nil ? nil : stream.normal())
        }
        let expression = try ActivationExpression(Genotype(genes: genes), graph: graph)
        for function in [expression, expression.simplified] {
          let placed = try Genotype(of: function, in: graph)
          try placed.validate(for: graph)
          let back = try ActivationExpression(placed, graph: graph)
          for x in [-3.1, -0.4, 0, 0.6, 2.2] {
            #expect(
              back.value(at: x) == function.value(at: x),
              "seed \(seed): \(function.exactText()) as \(placed) at \(x)")
          }
        }
        // What is read from the text has a place too, where sums and products were not regrouped.
        let read = try ActivationExpression(parsing: expression.simplified.exactText())
        #expect(throws: Never.self) { try Genotype(of: read, in: graph) }
      }
    }
  }

  @Test func aSharedSlotIsOneFunction() throws {
    let graph = try CellGraph(slots: [
      .init("u", .unary, of: "x"), .init("b", .binary, of: "u", "u"),
    ])
    let square = try ActivationExpression(parsing: "tanh(x) * tanh(x)")
    #expect(try Genotype(of: square, in: graph).description == "u=tanh b=multiply")
    #expect(throws: GenotypeError.self) {
      try Genotype(of: ActivationExpression(parsing: "tanh(x) * exp(x)"), in: graph)
    }
  }

  @Test func aMisfitIsExplained() throws {
    let expression = try ActivationExpression(parsing: "tanh(exp(tanh(exp(x))))")
    let error = #expect(throws: GenotypeError.self) {
      try Genotype(of: expression, in: .oneCoreUnit)
    }
    #expect(
      error?.description == "genotype: the cell u0, u1, b0 cannot be 'tanh(exp(tanh(exp(x))))'; "
        + "take a larger cell or a smaller function")
  }
}
