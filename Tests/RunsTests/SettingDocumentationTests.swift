import Foundation
import Runs
import Testing

@Suite("Documentation of settings")
struct SettingDocumentationTests {
  @Test("the table in docs/settings.md has each, and no other")
  func table() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/settings.md"), encoding: .utf8)
    let rows = text.components(separatedBy: "\n## ")[0].split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
    let names = rows.flatMap { row in
      row.split(separator: "|")[0].matches(of: /`([a-z-]+)`/).map { String($0.1) }
    }
    #expect(names.sorted() == Setting.all.map(\.name).sorted())
  }
}
