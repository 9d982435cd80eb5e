import Foundation
import Runs
import Search
import Testing

@Suite("Documentation of settings")
struct SettingDocumentationTests {
  @Test("the table in docs/settings.md is that of the settings: name, value, help")
  func table() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/settings.md"), encoding: .utf8)
    let found = text.components(separatedBy: "\n## ")[0].split(separator: "\n")
      .filter { $0.hasPrefix("| `") }.map(String.init)
    let expected = Catalog().settings.map { setting in
      let place = setting.place.map { " Only with \($0)." } ?? ""
      return "| `\(setting.name)` | \(setting.kind) | \(setting.help)\(place) |"
    }
    #expect(found == expected, "the table should be\n\(expected.joined(separator: "\n"))")
  }
}
