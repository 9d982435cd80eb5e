import Foundation
import Search
import Testing

@Suite("Shrinking schedule")
struct ShrinkingScheduleTests {
  /// A schedule that `shrinking_schedule.py` wrote, from whole numbers only.
  struct Reference: Sendable, CustomTestStringConvertible {
    let count: Int
    let start: Int
    let epochs: Int
    var drops: [Int]

    var testDescription: String { "\(count) from \(start) of \(epochs)" }
  }

  static func references() throws -> [Reference] {
    let folder = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
    let text = try String(
      contentsOf: folder.appendingPathComponent("shrinking_schedule.csv"), encoding: .utf8)
    var references: [Reference] = []
    for line in text.split(separator: "\n").dropFirst() {
      let row = line.split(separator: ",").compactMap { Int($0) }
      try #require(row.count == 5, "\(line)")
      if references.last.map({ [$0.count, $0.start, $0.epochs] }) != Array(row[..<3]) {
        references.append(
          Reference(
            count: row[0], start: row[1], epochs: row[2],
            drops: [Int](repeating: 0, count: row[2])))
      }
      references[references.count - 1].drops[row[3]] = row[4]
    }
    return references
  }

  @Test("every epoch drops as many as the reference says")
  func reference() throws {
    let references = try Self.references()
    #expect(references.count == 18)
    for reference in references {
      let schedule = ShrinkingSchedule(
        dropping: reference.count, start: reference.start, epochs: reference.epochs)
      #expect(schedule.drops == reference.drops, "\(reference.testDescription)")
      #expect(schedule.total == reference.count)
    }
  }

  /// Figures read off the formula of the paper by hand: 104 drops in 50 epochs from epoch 2. Drop k
  /// falls into epoch 1 + ⌊48^(k/103)⌋, which is 2 while 48^(k/103) < 2, so for k up to 18.
  @Test("GRAFS on images drops 19 in epoch 2 and one in the last epoch")
  func published() {
    let drops = ShrinkingSchedule(dropping: 104, start: 2, epochs: 50).drops
    #expect(Array(drops[..<4]) == [0, 0, 19, 11])
    #expect(drops[49] == 1)
  }

  @Test("all drops fall between start and the last epoch", arguments: [3, 6, 8, 25, 50, 1000])
  func total(epochs: Int) {
    let schedule = ShrinkingSchedule(dropping: 104, start: 2, epochs: epochs)
    #expect(schedule.drops.count == epochs)
    #expect(schedule.total == 104)
    #expect(schedule.drops[..<2].allSatisfy { $0 == 0 })
    #expect(schedule.drops[epochs - 1] >= 1)
  }

  @Test("a search that ends before shrinking starts drops nothing", arguments: [0, 1, 2, 5])
  func short(epochs: Int) {
    let schedule = ShrinkingSchedule(dropping: 104, start: 5, epochs: epochs)
    #expect(schedule.drops == [Int](repeating: 0, count: epochs))
  }
}
