import Foundation
import Testing
import Traces

@Suite("Documentation of the schema")
struct SchemaDocumentationTests {
  @Test("docs/trace.md names the version that files have")
  func version() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("docs/trace.md"), encoding: .utf8)
    let sentence = try #require(text.firstMatch(of: #/`grafs-trace`,\s+version\s+(\d+)/#))
    #expect(UInt64(sentence.1) == TraceFile.version)
  }
}
