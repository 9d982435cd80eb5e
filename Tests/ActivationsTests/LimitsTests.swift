import Activations
import Foundation
import Testing

@Suite("Limits")
struct LimitsTests {
  @Test(
    "limits are read as they are written",
    arguments: [
      (Limits.off, "off"), (Limits(outputs: .output(10)), "within 10"),
      (Limits(outputs: .input(2.5)), "within inputs 2.5"), (Limits(slopes: 20), "slopes 20"),
      (Limits(outputs: .output(0.1), slopes: 1e-7), "within 0.1 slopes 1e-07"),
      (Limits(outputs: .input(1.0 / 3), slopes: 3), "within inputs 0.3333333333333333 slopes 3"),
    ])
  func text(limits: Limits, text: String) throws {
    #expect(limits.description == text)
    #expect(Limits(text) == limits)
    let data = try JSONEncoder().encode([limits])
    #expect(try JSONDecoder().decode([Limits].self, from: data) == [limits])
  }

  @Test(
    "another text says no limits",
    arguments: [
      "", "within", "within 0", "within -1", "within inf", "within nan", "within inputs",
      "within 10 slopes", "slopes 20 within 10", "within 10 10", "off 10", "10", "inputs 10",
    ])
  func malformed(text: String) { #expect(Limits(text) == nil) }
}
