import Search
import TestSupport
import Testing

@Suite("How far architecture weights can move")
struct ArchitectureReachTests {
  /// Rate × steps of each part of a search, and the drops of each epoch.
  private func reach(
    epochs: Int, steps: Int, _ reach: ArchitectureReach,
    change: (inout BilevelConfiguration) -> Void
  ) -> (before: Double, after: Double) {
    var configuration = TinySearch.configuration(epochs: epochs)
    change(&configuration)
    let drops = ShrinkingSchedule(configuration, sizes: [23, 23, 9, 23, 23, 9]).drops
    let firstDrop = drops.firstIndex { $0 > 0 } ?? 0
    let lastDrop = drops.lastIndex { $0 > 0 } ?? epochs
    let rates = (configuration.architectureStart..<lastDrop).map {
      reach.learningRate(
        epoch: $0, from: configuration.architectureStart, drops: drops, endsChoice: true,
        steps: steps)
    }
    let parts = zip(configuration.architectureStart..., rates)
    func sum(_ isBefore: Bool) -> Double {
      parts.filter { ($0.0 < firstDrop) == isBefore }.reduce(0) { $0 + $1.1 * Double(steps) }
    }
    return (sum(true), sum(false))
  }

  @Test(
    "rate × steps is what was asked for, whatever the length",
    arguments: [(8, 117), (5, 71), (50, 293), (25, 3)])
  func lengths(epochs: Int, steps: Int) throws {
    let asked = try #require(ArchitectureReach("8.8 0.35"))
    for start in [0, 1] {
      let found = reach(epochs: epochs, steps: steps, asked) { $0.architectureStart = start }
      #expect(abs(found.before - 0.35) < 1e-12 && abs(found.after - 8.45) < 1e-12, "\(found)")
    }
  }

  @Test("the paper's way is that of its constant rate")
  func paper() {
    let drops = ShrinkingSchedule(
      TinySearch.configuration(epochs: 50), sizes: [23, 23, 9, 23, 23, 9]
    ).drops
    for epoch in [0, 1, 2, 30, 48] {
      let rate = ArchitectureReach.paper.learningRate(
        epoch: epoch, from: 0, drops: drops, endsChoice: true, steps: 293)
      #expect(abs(rate / 6e-4 - 1) < 0.04, "epoch \(epoch): \(rate)")
    }
  }

  @Test(
    "where all steps lie before the first drop, or behind it, there is one rate",
    arguments: [
      ([0, 0, 0, 0], false, 0, 44), ([0, 5, 0, 5, 0], true, 3, 0), ([0, 5, 0, 5, 0], true, 1, 22),
      ([0, 0, 0, 9, 0], true, 0, 33), ([7, 0, 0, 0], false, 0, 44),
    ])
  func single(drops: [Int], endsChoice: Bool, first: Int, steps: Int) {
    let rate = ArchitectureReach.paper.learningRate(
      epoch: first, from: first, drops: drops, endsChoice: endsChoice, steps: 11)
    #expect(rate == 8.8 / Double(max(1, steps)))
  }

  @Test("a choice that the last drop leaves open goes on to the end")
  func open() {
    let rates = (0..<5).map {
      ArchitectureReach.paper.learningRate(
        epoch: $0, from: 0, drops: [0, 0, 9, 0, 0], endsChoice: false, steps: 10)
    }
    let (before, after) = (0.35 / 20, 8.45 / 30)
    #expect(mismatch(rates, [before, before, after, after, after], absolute: 1e-12) == nil)
  }

  @Test("two numbers that fall are read, and nothing else")
  func texts() {
    #expect(ArchitectureReach("8.8 0.35")?.description == "8.8 0.35")
    for text in ["", "8.8", "0.35 8.8", "8.8 0", "8.8 -1", "inf 1", "nan 1", "8.8 0.35 1", "a b"] {
      #expect(ArchitectureReach(text) == nil, "\(text)")
    }
  }

  @Test("a search takes its steps with it, and records their rate")
  func recorded() throws {
    var configuration = TinySearch.configuration(epochs: 4)
    configuration.architectureReach = ArchitectureReach("2 0.5")
    var search = try TinySearch.search(configuration)
    _ = try search.run { _ in }
    let rates = search.trajectory.steps.map(\.architectureLearningRate)
    let firstDrop = try #require(search.trajectory.drops.first)
    #expect(rates[0] == Float(0.5 / Double(firstDrop.step)) && rates[0] != rates[firstDrop.step])
    // α moves by about a rate at most in a step of Adam.
    let alpha = search.trajectory.histories[0]
    let way = zip(alpha[0].alpha, alpha[1].alpha).map { abs($0 - $1) }.max() ?? 0
    #expect(way > 0 && way < 1.5 * rates[1])
  }
}
