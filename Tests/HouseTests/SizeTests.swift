import Testing

@Suite("Sizes of files and lines")
struct SizeTests {
  @Test("a Swift file has at most 300 lines")
  func files() throws {
    let places = try Repository.swift().filter { $0.lines.count > 300 }
      .map { "\($0.path): \($0.lines.count) lines" }
    expectNone(places, "files of more than 300 lines")
  }

  @Test("a line has at most 100 columns, in comments too")
  func lines() throws {
    var places: [String] = []
    for file in try Repository.files(
      in: ["Sources", "Tests"], extensions: ["swift", "c", "h", "modulemap"])
    {
      for (index, line) in file.lines.enumerated() where width(line) > 100 {
        places.append("\(file.path):\(index + 1): \(width(line)) columns")
      }
    }
    expectNone(places, "lines of more than 100 columns")
  }

  @Test("an address does not count as width")
  func addresses() {
    let address = "https://example.org/" + String(repeating: "a", count: 100)
    #expect(width("/// See <\(address)> there.") == 17)
    #expect(width("/// \(String(repeating: "a", count: 100))") == 104)
  }

  /// The columns of a line; an address, which cannot be broken, has none.
  private func width(_ line: some StringProtocol) -> Int {
    String(line).replacing(/https?:\/\/[^\s<>()"]+/, with: "").count
  }
}
