import Activations
import TestSupport
import Testing

@Suite("Digamma")
struct DigammaTests {
  /// Relative error 1e−15, also beside the root, where the value is −1e−16.
  @Test func agreesWithTheReference() throws {
    let rows = try ReferenceTable("digamma.csv", named: false).rows
    #expect(rows.count == 25)
    for row in rows {
      #expect(agrees(digamma(row.numbers[0]), row.numbers[1], relative: 1e-15), "\(row.numbers)")
    }
  }

  @Test func recurrenceHolds() {
    for i in 1...400 {
      let a = Double(i) * 0.043
      #expect(agrees(digamma(a + 1), digamma(a) + 1 / a, relative: 1e-14, absolute: 3e-15))
    }
  }
}
