import Foundation
import Testing
import Traces

@Suite("Traces of version 0.1.0")
struct EarlierTraceTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0")

  @Test(
    "open, and do not say the function exactly",
    arguments: ["finished", "finished-stages", "stopped", "stopped-in-relu"])
  func traces(run: String) throws {
    let trace = try TraceFile.read(Self.fixtures.appendingPathComponent("\(run)/trace.h5"))
    let trajectory = try #require(trace.trajectory)
    #expect(!trajectory.genotypes.isEmpty)
    #expect(trajectory.genotypes.allSatisfy { $0.function == "" && $0.expression != "" })
    #expect(trace.header.usualActivation == "relu" && trace.candidates == nil)
  }
}
