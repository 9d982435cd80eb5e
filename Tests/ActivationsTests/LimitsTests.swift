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

  @Test("many points at once have the bits of each alone, within limits of every kind")
  func manyPoints() {
    var stream = TestStream(seed: 19)
    for _ in 0..<400 {
      let tree = ActivationExpression.random(depth: 4, of: .allPrimitives, from: &stream)
      let points = [0, -0.0, .infinity, .nan, 1e300] + (0..<20).map { _ in stream.argument() }
      for outputs in [Bounding.off, .output(10), .input(10)] {
        let limits = Limits(outputs: outputs)
        let values = tree.values(at: points, limits: limits)
        #expect(values.count == points.count)
        for (x, value) in zip(points, values) {
          let alone = tree.value(at: x, limits: limits)
          #expect(value == alone || value.isNaN && alone.isNaN, "\(tree.exactText()) at \(x)")
        }
      }
    }
  }
}
