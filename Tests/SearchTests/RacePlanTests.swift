import Datasets
import Search
import Settings
import Testing
import Training

@Suite("A race in numbers")
struct RacePlanTests {
  private static let recipe = TrainingRecipe(epochs: 8, batchSize: 64)

  private static func split(_ images: Int = 10_000) throws -> TrainingSplit {
    try TrainingSplit(of: 60_000, limit: images, judgingFraction: 0.2)
  }

  private func race(_ change: (inout RaceConfiguration) -> Void = { _ in }) -> RaceConfiguration {
    var race = RaceConfiguration()
    race.isOn = true
    change(&race)
    return race
  }

  @Test("it costs what it may, wherever lengths are left open", arguments: [0.5, 1, 2, 8, 40])
  func budget(factor: Double) throws {
    let split = try Self.split()
    for (arms, reduction) in [(24, 3), (8, 2), (60, 4), (3, 3)] {
      let race = race { ($0.budget, $0.arms, $0.reduction) = (factor, arms, reduction) }
      let plan = RacePlan(race, recipe: Self.recipe, split: split, searchCost: 120_000)
      let cost = plan.cost(on: split)
      // The shortest training is a step.
      let isShortest = plan.rungs[0].length == 64
      #expect(isShortest || abs(cost / (factor * 120_000) - 1) < 0.05, "\(factor) \(arms) \(cost)")
      #expect(plan.rungs.first?.arms == arms && (plan.rungs.last?.arms ?? 99) <= reduction + 1)
      for (rung, next) in zip(plan.rungs, plan.rungs.dropFirst()) {
        let isFirst = rung == plan.rungs[0]
        let before = isFirst ? rung.arms : rung.arms - 1
        #expect(next.arms == min(arms, (before + reduction - 1) / reduction + 1))
        #expect(next.length >= rung.length)
      }
    }
  }

  @Test("fewer functions start where there is no room for a first rung of sixteen steps")
  func room() throws {
    let split = try Self.split()
    func arms(_ cost: Double, _ change: (inout RaceConfiguration) -> Void = { _ in }) -> Int {
      RacePlan.arms(
        race(change), least: 9, recipe: Self.recipe, split: split, searchCost: cost)
    }
    #expect(arms(1e6) == 24 && arms(1e3) == 9)
    // Somewhere between, some of them have room.
    let cost = try #require(
      stride(from: 5e4, through: 5e5, by: 1e4).first { (10..<24).contains(arms($0)) })
    let few = arms(cost)
    let (fitting, beyond) = (race { $0.arms = few }, race { $0.arms = few + 1 })
    for (race, fits) in [(fitting, true), (beyond, false)] {
      let plan = RacePlan(race, recipe: Self.recipe, split: split, searchCost: cost)
      #expect((plan.rungs[0].length >= 16 * 64) == fits && plan.isShort != fits)
    }
    #expect(arms(1e3) { $0.rungs = RungLengths("10 20") } == 24)
  }

  @Test("a race whose trainings say nothing is refused, with a budget that is enough")
  func tooShort() throws {
    let split = try Self.split()
    func check(_ race: RaceConfiguration) throws(ImpossibleValue) {
      let plan = RacePlan(race, recipe: Self.recipe, split: split, searchCost: 10_000)
      try plan.checkLength(race, recipe: Self.recipe, split: split, searchCost: 10_000)
    }
    let short = race { $0.arms = 9 }
    let error = try #require(throws: ImpossibleValue.self) { try check(short) }
    #expect(error.setting == "race-budget" && error.complaint.contains("4 steps, not 1; "))
    let words = try #require(error.complaint.firstMatch(of: /must be ([0-9.]+) or more/))
    let enough = try #require(Double(words.1))
    try check(race { ($0.arms, $0.budget) = (9, enough) })
    #expect(throws: ImpossibleValue.self) {
      try check(race { ($0.arms, $0.budget) = (9, 0.9 * enough) })
    }
    // What is given is checked where it is set.
    try check(race { ($0.arms, $0.rungs) = (9, RungLengths("64 128")) })
  }

  @Test("functions that are given read back exactly: limits, parts, all digits")
  func givenFunctions() throws {
    for text in [
      "silu(x)", "mix(gelu(x), x, 0.384072) within 10 slopes 20 | silu(x)",
      "stage0:relu(x); stage1:left(silu(x), x) within inputs 10", "-x * tanh(x)",
    ] {
      let read = try #require(GivenFunctions(text), "\(text)")
      #expect(GivenFunctions("\(read)") == read && !"\(read)".contains(": "))
    }
    #expect(try #require(GivenFunctions("silu(x) | silu(x) | gelu(x)")).functions.count == 2)
    #expect(GivenFunctions("relo(x)") == nil && GivenFunctions("") == nil)
    #expect(GivenFunctions("silu(x) | ") == nil)
  }

  @Test("lengths that are given are kept, and rungs are as many as they say")
  func given() throws {
    let race = race {
      $0.rungs = RungLengths("500 2000 20000")
      ($0.verdictImages, $0.arms, $0.seeds) = (15_000, 20, 4)
    }
    let plan = RacePlan(race, recipe: Self.recipe, split: try Self.split(), searchCost: 1)
    #expect(plan.rungs.map(\.arms) == [20, 8, 4])
    #expect(plan.rungs.map(\.images) == [500, 2_000, 6_666])
    #expect(plan.rungs.map(\.epochs) == [1, 1, 3])
    #expect(plan.verdict.images == 7_500 && plan.verdict.epochs == 2 && plan.seeds == 4)
  }

  @Test("the parts of the training set share no image", arguments: [0.0, 0.1, 0.2, 0.5])
  func parts(fraction: Double) throws {
    let split = try TrainingSplit(of: 1_000, validationFraction: 0.3, judgingFraction: fraction)
    #expect(split.training == 0..<700)
    #expect(split.validation == 700..<(1_000 - Int(300 * fraction)))
    #expect(split.judging == (1_000 - Int(300 * fraction))..<1_000)
    // As it was before there were races.
    let whole = try TrainingSplit(of: 1_000, validationFraction: 0.3)
    #expect(whole.validation == 700..<1_000 && whole.judging.isEmpty)
  }

  @Test("one image cannot both choose and judge")
  func tooFew() {
    #expect(throws: DatasetError.self) {
      try TrainingSplit(of: 4, validationFraction: 0.25, judgingFraction: 0.2)
    }
  }

  @Test(
    "texts of rungs and of usual functions are read back, and what is none is refused",
    arguments: [
      ("1000", true), ("10 20 30", true), ("", false), ("20 10", false), ("5 5", false),
      ("-1 3", false), ("0 3", false), ("1,2", false), ("9223372036854775807", false),
    ])
  func rungTexts(text: String, isGood: Bool) {
    #expect((RungLengths(text) != nil) == isGood)
    if isGood { #expect(RungLengths(text)?.description == text) }
  }

  @Test("names of usual functions, in any case, none twice")
  func usual() {
    #expect(UsualFunctions("relu SiLU relu")?.functions.count == 2)
    #expect(UsualFunctions("relo") == nil && UsualFunctions("stage0:relu(x);stage1:x") == nil)
    for text in ["grafs_1", "grafs_1 relu golu", "x*tanh(x)", "exp(x)"] {
      let read = UsualFunctions(text)
      #expect(read != nil && read.flatMap { UsualFunctions("\($0)") } == read, "\(text)")
    }
    #expect(UsualFunctions.standard.functions.count == 7)
    #expect(UsualFunctions("\(UsualFunctions.standard)") == .standard)
  }
}
