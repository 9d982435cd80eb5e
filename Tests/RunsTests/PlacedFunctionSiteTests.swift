import Activations
import Networks
import Runs
import Testing

@Suite("Placed functions at sites")
struct PlacedFunctionSiteTests {
  /// A stage of two sites and one of one.
  private let sites: [ActivationSite]

  init() {
    var sites = ActivationSites()
    _ = sites.add("act1", stage: 0, channels: 4)
    _ = sites.add("layer1.0.act1", stage: 0, channels: 4)
    _ = sites.add("layer2.0.act1", stage: 1, channels: 8)
    self.sites = sites.all
  }

  @Test("every baseline is read by its name, the trained ones with a scalar for each site")
  func baselines() throws {
    for baseline in Baselines.all {
      let function = try PlacedFunction(parsing: baseline.name)
      #expect(function.isTrained == baseline.isTrained)
      let parameters = try function.activation(at: sites).namedParameters
      #expect(
        parameters.map(\.name) == (baseline.isTrained ? sites.map { "\($0.name).weight" } : []))
    }
  }

  @Test(
    "which scalars are trained",
    arguments: [
      ("prelu", [0.25, 0.25, 0.25]), ("swish", [1, 1, 1]), ("beta_times_x", [1, 1, 1]),
      ("swish(x, 2)", []), ("swish(x)", []), ("relu", []), ("x", []),
      ("stage0: relu; stage1: prelu", [0.25]), ("stage0: swish; stage1: prelu(x, 0.1)", [1, 1]),
      ("site0: prelu; site1: swish; site2: gelu", [0.25, 1]),
    ] as [(String, [Float])])
  func trained(text: String, starts: [Float]) throws {
    let function = try PlacedFunction(parsing: text)
    #expect(function.isTrained == !starts.isEmpty)
    let parameters = try function.activation(at: sites).namedParameters
    #expect(parameters.map { $0.value.scalars[0] } == starts)
  }

  @Test("functions of stages and sites may stand in any order")
  func order() throws {
    let (first, second, third) = ("act1.weight", "layer1.0.act1.weight", "layer2.0.act1.weight")
    for (text, starts) in [
      ("Stage1: prelu; stage0: swish", [first: 1, second: 1, third: 0.25]),
      ("site2: prelu; site0: gelu; site1: swish", [second: 1, third: 0.25]),
    ] as [(String, [String: Float])] {
      let parameters = try PlacedFunction(parsing: text).activation(at: sites).namedParameters
      let found = parameters.map { ($0.name, $0.value.scalars[0]) }
      #expect(Dictionary(found) { first, _ in first } == starts)
    }
  }

  @Test("functions must be those of the network's stages or sites")
  func places() throws {
    let function = try PlacedFunction(parsing: "stage0: relu; stage1: prelu; stage2: x")
    let error = try #require(throws: MisplacedFunction.self) {
      _ = try function.activation(at: sites)
    }
    #expect(
      error.description.hasSuffix("3 sites in 2 stages; give one function, or stage0, stage1"))
  }
}
