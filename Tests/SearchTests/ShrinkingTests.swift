import Search
import Testing

@Suite("Shrinking")
struct ShrinkingTests {
  private func drops(
    _ shrinking: Shrinking, sizes: [Int] = [23, 23, 9, 23, 23, 9], epochs: Int, end: Int? = nil
  ) -> [Int] {
    var configuration = BilevelConfiguration()
    configuration.recipe.epochs = epochs
    configuration.shrinking = shrinking
    configuration.shrinkingEnd = end
    return ShrinkingSchedule(configuration, sizes: sizes).drops
  }

  @Test("off drops nothing")
  func off() { #expect(drops(.off, epochs: 5) == [0, 0, 0, 0, 0]) }

  @Test("an earlier end is a shorter search followed by nothing")
  func end() {
    let short = drops(.grafs, epochs: 6)
    #expect(short.reduce(0, +) == 104)
    #expect(drops(.grafs, epochs: 10, end: 6) == short + [0, 0, 0, 0])
    #expect(drops(.grafs, epochs: 6, end: 60) == short)
  }

  @Test("a stage keeps its number in every slot, but adds none")
  func stages() {
    let stages = [
      Shrinking.Stage(epoch: 1, kept: 12), .init(epoch: 3, kept: 2), .init(epoch: 9, kept: 1),
    ]
    // 4 · (23 − 12); then 4 · (12 − 2) + 2 · (9 − 2); the third comes after the end.
    #expect(drops(.stages(stages), epochs: 5) == [0, 44, 0, 54, 0])
    #expect(drops(.stages(stages), sizes: [2, 1], epochs: 10) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  }

  @Test("stages are taken by a search, from every slot its weakest")
  func search() throws {
    var configuration = TinySearch.configuration(epochs: 3)
    configuration.shrinking = .stages([.init(epoch: 1, kept: 5), .init(epoch: 2, kept: 2)])
    var search = try TinySearch.search(configuration)
    try search.run(steps: 4)
    #expect(search.architecture.slots.map(\.alive.count) == [5, 5, 5, 5, 5, 5])
    for (slot, history) in zip(search.architecture.slots, search.trajectory.histories) {
      // The rows before epoch 1 say which were the strongest then.
      let alpha = history[2].alpha
      let strongest = alpha.indices.sorted { (alpha[$0], $1) > (alpha[$1], $0) }.prefix(5)
      #expect(Set(slot.alive) == Set(strongest), "\(slot.name)")
    }
  }

  @Test("texts", arguments: ["grafs", "off", "stages 0:7", "stages 10:12 20:6 30:1"])
  func texts(text: String) throws { #expect(try #require(Shrinking(text)).description == text) }
}
