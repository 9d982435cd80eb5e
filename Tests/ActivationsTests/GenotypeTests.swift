import Activations
import Foundation
import Testing

@Suite("Genotypes")
struct GenotypeTests {
  static let text = "u0=gelu u1=relu b0=left u2=x_plus_beta(0.1) u3=beta_times_x(-1.25) b1=mix(3.0)"

  @Test func textIsReadAndWritten() throws {
    let genotype = try Genotype(parsing: Self.text)
    #expect(genotype.description == Self.text)
    #expect(genotype["u3"]?.scalars == [-1.25])
    #expect(genotype["u0"]?.scalars == [])
    #expect(genotype["b7"] == nil)
    try genotype.validate(for: .twoCoreUnits)
  }

  @Test func scalarsKeepAllTheirBits() throws {
    for scalar in [0.1 + 0.2, 1e-17, -5e300, 1.0 / 3] {
      let gene = try Genotype.Gene(
        slot: "u0", operation: .init(Constant.self), scalars: [scalar])
      let genotype = try Genotype(genes: [gene])
      #expect(try Genotype(parsing: genotype.description) == genotype)
    }
  }

  @Test func aMissingScalarIsTheMeanOfItsStart() throws {
    #expect(try Genotype(parsing: "u0=beta b0=mix").description == "u0=beta(1.0) b0=mix(0.0)")
  }

  @Test func itIsStoredAsText() throws {
    let genotype = try Genotype(parsing: Self.text)
    let data = try JSONEncoder().encode([genotype])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(Self.text)\"]")
    #expect(try JSONDecoder().decode([Genotype].self, from: data) == [genotype])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Genotype].self, from: Data("[\"u0=nothing\"]".utf8))
    }
  }

  @Test(arguments: [
    ("u0", "genotype: 'u0' is not of the form slot=operation or slot=operation(scalar)"),
    (
      "u0=relu(", "genotype: 'u0=relu(' is not of the form slot=operation or slot=operation(scalar)"
    ),
    ("u0=rleu", "genotype: slot 'u0': there is no operation 'rleu'; did you mean 'relu'?"),
    ("u0=relu(2)", "genotype: slot 'u0': operation 'relu' has no scalar"),
    ("u0=beta(nan)", "genotype: slot 'u0': the scalar 'nan' is not a finite number"),
    ("u0=beta(1,2)", "genotype: slot 'u0': operation 'beta' has 1 scalar"),
    ("u0=beta(a)", "genotype: slot 'u0': the scalar 'a' is not a finite number"),
    ("u0=relu u0=gelu", "genotype: slot 'u0' stands twice"),
  ])
  func faultyTextIsExplained(text: String, line: String) {
    let error = #expect(throws: GenotypeError.self) { try Genotype(parsing: text) }
    #expect(error?.description == line)
  }

  @Test(arguments: [
    ("u0=relu u1=relu", GenotypeError.missingSlot(slot: "b0")),
    ("u0=relu u1=add b0=add", .wrongArity(slot: "u1", expected: .unary, operation: "add")),
    (
      "u0=relu u1=relu b0=add b1=add",
      .unknownSlot(slot: "b1", known: ["u0", "u1", "b0"])
    ),
  ])
  func misfitsAreNamed(text: String, error: GenotypeError) throws {
    let genotype = try Genotype(parsing: text)
    #expect(throws: error) { try genotype.validate(for: .oneCoreUnit) }
    #expect(throws: error) { try ActivationExpression(genotype, graph: .oneCoreUnit) }
  }
}
