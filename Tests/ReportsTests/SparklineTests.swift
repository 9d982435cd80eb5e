import Reports
import Testing

@Suite("Sparklines")
struct SparklineTests {
  @Test(
    "a block for each part of the series",
    arguments: [
      ([0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█"), ([7, 0], 2, "█▁"), ([0, 7], 4, "▁▁██"),
      // Means of pairs: 1, 5, 9.
      ([0, 2, 4, 6, 8, 10], 3, "▁▅█"), ([3, 3, 3], 3, "▁▁▁"), ([], 3, "   "),
      ([0, .nan, 7], 3, "▁ █"), ([.infinity, 1], 2, " ▁"),
    ] as [([Double], Int, String)])
  func blocks(values: [Double], width: Int, text: String) {
    #expect(Sparkline.text(values, width: width) == text)
  }

  @Test("a given range")
  func range() {
    #expect(Sparkline.text([0, 0.5, 1, 9, -9], width: 5, range: 0...1) == "▁▅██▁")
  }
}
