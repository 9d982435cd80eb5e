import Activations
import Foundation
import Runs
import TestSupport
import Testing

@Suite("Runs of version 0.1.0")
struct EarlierVersionTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0")

  @Test(
    "a run's function is exactly what its search found, within its limits",
    arguments: [
      (
        "finished",
        "add(x + 1.5748120971929778, 1.2405951298614504 * x) within 10 slopes 20"
      ),
      (
        "finished-stages",
        "stage0: relu(x) * exp(x); stage1: elu(x) + (x + 0.9935680166781601); "
          + "stage2: softplus(x) + (x + 1.3911761797861564) within inputs 10 slopes 20"
      ),
    ])
  func functions(run: String, text: String) throws {
    let found = try RequestedFunction(Self.fixtures.appendingPathComponent(run).path)
    #expect(try found.function == PlacedFunction(parsing: text))
  }
}
