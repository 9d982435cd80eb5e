import Foundation
import Testing

@Suite("What visitors read")
struct DocumentationTests {
  @Test("a README has at most 400 words")
  func readmes() throws {
    let places = try Repository.files(in: [""], extensions: ["md"])
      .filter { $0.path.hasSuffix("README.md") && !isRecord($0.path) }
      .map { ($0.path, words(in: $0.text)) }
      .filter { $0.1 > 400 }
      .map { "\($0.0): \($0.1) words" }
    expectNone(places, "READMEs of more than 400 words")
  }

  @Test("each library has a DocC catalog that groups its symbols by topic")
  func catalogs() throws {
    var places: [String] = []
    for module in try PackageManifest.read().libraryModules {
      let path = "Sources/\(module)/\(module).docc/\(module).md"
      let page = Repository.root.appendingPathComponent(path)
      guard let text = try? String(contentsOf: page, encoding: .utf8) else {
        places.append("\(path): not there")
        continue
      }
      let topics = text.components(separatedBy: "\n## Topics\n")
      if topics.count != 2 || !topics[1].contains(#/\n### .+\n(.*\n)*?- ``/#) {
        places.append("\(path): no group of symbols under Topics")
      }
    }
    expectNone(places, "libraries without a DocC catalog")
  }

  @Test("a link to a file leads to one")
  func links() throws {
    var places: [String] = []
    for page in try Repository.files(in: [""], extensions: ["md"]) {
      let folder = Repository.root.appendingPathComponent(page.path).deletingLastPathComponent()
      for link in page.text.matches(of: #/\]\(([^)\s#]+)/#).map({ String($0.1) })
      where !link.contains("://") {
        let file = folder.appendingPathComponent(link).path
        if !FileManager.default.fileExists(atPath: file) { places.append("\(page.path): \(link)") }
      }
    }
    expectNone(places, "links to files that are not there")
  }

  @Test("words in tables count, words in blocks of code do not")
  func counts() {
    #expect(words(in: "# One\n\n| two | three |\n|---|---|\n| four | five |\n") == 5)
    #expect(words(in: "one\n\n```swift\ntwo three\n```\nfour — five\n") == 3)
    #expect(words(in: "one:\n\n    two three\n\n    four\n\nfive\n") == 2)
    #expect(words(in: "- one\n\n    two three\n") == 3)
  }

  /// Whether a page is the record of an experiment, which is as long as its findings.
  private func isRecord(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return (parts.first == "experiments" && parts.count > 2) || parts.first == "docs"
  }

  /// The words of a page; what has neither letter nor digit is none.
  private func words(in page: String) -> Int {
    var count = 0
    var isFenced = false
    var isInList = false
    for line in page.split(separator: "\n") {
      if line.hasPrefix("```") {
        isFenced.toggle()
      } else if !isFenced {
        let isIndented = line.hasPrefix("    ")
        if !line.hasPrefix(" ") { isInList = line.starts(with: #/[*-] |\d+[.] /#) }
        if isIndented && !isInList { continue }
        count +=
          line.split { $0 == " " || $0 == "|" }
          .filter { $0.contains { $0.isLetter || $0.isNumber } }.count
      }
    }
    return count
  }
}
