import Reports
import Testing

@Suite("Times in words")
struct ClockTests {
  @Test(
    "minutes and seconds, or hours",
    arguments: [
      (0, "0:00"), (0.4, "0:00"), (9, "0:09"), (59.4, "0:59"), (59.6, "1:00"), (245, "4:05"),
      (3599.4, "59:59"), (3599.6, "1:00:00"), (3723, "1:02:03"), (36_000, "10:00:00"),
      (359_999, "99:59:59"), (9_999_999, "2777:46:39"),
    ])
  func clock(seconds: Double, text: String) {
    #expect(ProgressReport.clock(seconds: seconds) == text)
  }

  @Test(
    "a time that nobody knows",
    arguments: [Double.nan, .infinity, 1e7, 1e300, -1, -1e300, -.infinity])
  func unknown(seconds: Double) {
    #expect(ProgressReport.clock(seconds: seconds) == "–")
  }
}
