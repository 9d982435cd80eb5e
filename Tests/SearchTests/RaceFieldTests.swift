import Activations
import Networks
import Search
import Testing
import Traces

@Suite("The functions that start in a race")
struct RaceFieldTests {
  private let whole: BilevelSearch<ResidualNetwork>

  init() throws {
    var search = try TinySearch.search(TinySearch.configuration())
    _ = try search.run { _ in }
    whole = search
  }

  private func field(
    arms: Int = 24, with functions: GivenFunctions? = nil
  ) throws -> (RaceField, BilevelSearch<ResidualNetwork>) {
    let search = whole
    var configuration = SearchConfiguration(
      task: search.configuration.task, method: .relaxed(search.configuration.relaxed))
    configuration.task.race.isOn = true
    configuration.task.race.arms = arms
    configuration.task.race.with = functions
    let chosen = try search.architecture.function(within: search.configuration.limits)
    let field = RaceField(
      of: arms, after: configuration, which: chosen,
      genotypes: [try search.architecture.genotype()],
      usual: PlacedFunction(.init(of: ElementaryOperation(ReLU.self))),
      record: .relaxed(search.trajectory), sites: TinySearch.network.activationSites)
    return (field, search)
  }

  @Test("as many as wanted, none twice, all kinds among them")
  func kinds() throws {
    let (field, _) = try field()
    #expect(field.arms.count == 24)
    #expect(Set(field.arms.map(\.function)).count == 24)
    #expect(field.arms[0].origin == .usual && field.arms.count { $0.origin == .search } == 1)
    let origins = Set(field.arms.map(\.origin))
    #expect(origins == [.search, .usual, .runnerUp, .mixture, .space])
    #expect(field.arms.count { $0.origin == .usual } == 7)
    for arm in field.arms where arm.origin != .usual && arm.origin != .search {
      #expect(arm.function.isTrainable)
    }
    // The same again: it depends on nothing but the seed.
    #expect(try self.field().0.arms == field.arms)
  }

  @Test("functions that are given start, whatever they are, and one that is there already once")
  func given() throws {
    let functions = GivenFunctions("sin(x) * x | relu(x) | 0.001 * x")
    let (field, _) = try field(with: functions)
    #expect(field.arms.count == 24)
    let given = field.arms.filter { $0.origin == .given }.map(\.function.text)
    #expect(given == ["sin(x) * x", "0.001 * x"])
    // Those before them are the same as without, so that no draw depends on them.
    let plain = try self.field().0
    #expect(plain.arms.prefix(7).map(\.function) == field.arms.prefix(7).map(\.function))
  }

  @Test("a runner-up differs from what was chosen in one slot, by what was dropped last there")
  func neighbors() throws {
    let (field, search) = try field(arms: 40)
    let graph = search.architecture.graph
    let chosen = try search.architecture.genotype()
    let last = search.trajectory.drops.reduce(into: [String: String]()) {
      $0[$1.slot] = $1.operation
    }
    // Some neighbors are the same function, or cannot be trained: those that started must be ones.
    let firsts = graph.slots.compactMap { slot -> PlacedFunction? in
      let genes = chosen.genes.map { gene -> Genotype.Gene? in
        guard gene.slot == slot.name, let name = last[slot.name] else { return gene }
        let row = search.architecture.slots.first { $0.name == slot.name }
        guard let index = row?.operations.firstIndex(where: { $0.name == name }),
          let operation = row?.operations[index]
        else { return nil }
        let scalars = row?.meanScalars(of: index).map { Double(Float($0)) }
        return try? Genotype.Gene(
          slot: slot.name, operation: operation, scalars: scalars)
      }
      guard let genotype = try? Genotype(genes: genes.compactMap { $0 }),
        let expression = try? ActivationExpression(genotype, graph: graph)
      else { return nil }
      return PlacedFunction(expression, limits: search.configuration.limits)
    }
    #expect(firsts.count == graph.slots.count)
    let started = field.arms.filter { $0.origin == .runnerUp }.map(\.function)
    #expect(!started.isEmpty)
    let expected = firsts.filter { $0.isTrainable }
    #expect(started.prefix(1).allSatisfy { expected.contains($0) })
    #expect(started.count { expected.contains($0) } >= min(3, expected.count))
  }

  @Test(
    "what no network could be trained with does not start",
    arguments: [
      ("3", false), ("x * 0.001", false), ("x", true), ("relu(x)", true), ("exp(x)^5", false),
      ("100 * x", false), ("1 / x", false), ("sin(x)", true), ("ln(x)", false),
    ])
  func fitness(text: String, isFit: Bool) throws {
    guard let function = try? PlacedFunction(parsing: text, reading: .mathematics) else {
      #expect(!isFit)
      return
    }
    #expect(function.isTrainable == isFit)
    var field = RaceField()
    #expect(field.add(function, from: .space) == isFit)
  }

  @Test("functions that are written otherwise are one")
  func equal() throws {
    var field = RaceField()
    for (text, isNew) in [
      ("silu(x)", true), ("x * sigmoid(x)", false), ("max(x, 0)", true), ("relu(x)", false),
      ("x / (1 + exp(-x))", false), ("gelu(x)", true),
    ] {
      let function = try PlacedFunction(parsing: text, reading: .mathematics)
      #expect(field.add(function, from: .space) == isNew, "\(text)")
    }
  }

  @Test(
    "functions are one up to the signs that are free",
    arguments: [[], .argument, .value, [.argument, .value]] as [FreeSigns])
  func signs(free: FreeSigns) throws {
    // Each with the sign changes that make it the first of its kind.
    for (kind, others) in [
      (
        "elu(x)", [("elu(-x)", .argument), ("-elu(x)", .value), ("-elu(-x)", [.argument, .value])]
      ),
      ("x * sigmoid(x)", [("x * sigmoid(-x)", [.argument, .value])]),
      ("max(x, 0)", [("min(x, 0)", [.argument, .value]), ("max(-x, 0)", .argument)]),
    ] as [(String, [(String, FreeSigns)])] {
      for (text, needed) in others {
        var field = RaceField(freeSigns: [free])
        for (text, isNew) in [
          (kind, true), (text, !needed.isSubset(of: free)), ("2 * (\(kind))", true),
        ] {
          let function = try PlacedFunction(parsing: text, reading: .mathematics)
          let isAdded = field.add(function, from: .space)
          #expect(isAdded == isNew, "\(text) beside \(kind)")
        }
      }
    }
  }

  @Test("signs are folded cell by cell, and for a function of all cells if all allow it")
  func signsOfCells() throws {
    let both: FreeSigns = [.argument, .value]
    for (together, isFolded) in [([], false), (both, true)] as [(FreeSigns, Bool)] {
      var field = RaceField(freeSigns: [both, []], together: together)
      for (text, isNew) in [
        ("stage0: elu(x); stage1: gelu(x)", true), ("stage0: -elu(x); stage1: gelu(x)", false),
        ("stage0: elu(x); stage1: -gelu(x)", true), ("elu(x)", true), ("-elu(x)", !isFolded),
      ] {
        let function = try PlacedFunction(parsing: text, reading: .mathematics)
        let isAdded = field.add(function, from: .space)
        #expect(isAdded == isNew, "\(text)")
      }
    }
    // A function of more cells than the search has is taken as it is.
    var field = RaceField(freeSigns: [both], together: both)
    for text in ["stage0: elu(x); stage1: gelu(x)", "stage0: -elu(x); stage1: gelu(x)"] {
      let function = try PlacedFunction(parsing: text, reading: .mathematics)
      let isAdded = field.add(function, from: .space)
      #expect(isAdded)
    }
  }
}
