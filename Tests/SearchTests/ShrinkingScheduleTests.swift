import Search
import Testing

@Suite("Shrinking schedule")
struct ShrinkingScheduleTests {
  @Test("all drops fall between start and the last epoch", arguments: [3, 6, 8, 25, 50, 1000])
  func total(epochs: Int) {
    let schedule = ShrinkingSchedule(dropping: 104, start: 2, epochs: epochs)
    #expect(schedule.drops.count == epochs)
    #expect(schedule.total == 104)
    #expect(schedule.drops[..<2].allSatisfy { $0 == 0 })
    #expect(schedule.drops[epochs - 1] >= 1)
  }
}
