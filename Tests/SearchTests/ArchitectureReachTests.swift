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
        epoch: $0, from: configuration.architectureStart, drops: drops, steps: steps)
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
        epoch: epoch, from: 0, drops: drops, steps: 293)
      #expect(abs(rate / 6e-4 - 1) < 0.04, "epoch \(epoch): \(rate)")
    }
  }

  @Test("a search without drops on its way, or with none before its first step, has one rate")
  func single() {
    let reach = ArchitectureReach.paper
    for epoch in 0..<4 {
      let rate = reach.learningRate(epoch: epoch, from: 0, drops: [0, 0, 0, 0], steps: 11)
      #expect(rate == 8.8 / 44)
    }
    #expect(reach.learningRate(epoch: 3, from: 3, drops: [0, 5, 0, 5, 0], steps: 10) == 8.8 / 20)
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
