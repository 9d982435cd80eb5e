import Reports
import Testing

@Suite("Text for terminals")
struct TerminalTextTests {
  @Test(
    "lines are broken between words, and within long ones",
    arguments: [
      ("a bb ccc", 4, ["a bb", "ccc"]), ("abcdefgh i", 4, ["abcd", "efgh", "i"]), ("", 4, [""]),
      ("aaaa bbbb", 9, ["aaaa bbbb"]),
    ])
  func wrapping(text: String, width: Int, lines: [String]) {
    #expect(TerminalText.wrapped(text, to: width) == lines)
  }

  @Test("cuts are shown", arguments: [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab", 1, "…")])
  func cutting(text: String, width: Int, cut: String) {
    #expect(TerminalText.cut(text, to: width) == cut)
  }

  @Test("nothing commands the terminal")
  func harmless() {
    #expect(TerminalText.harmless("a\u{1B}[2Jb\u{202E}é漢\n") == "a�[2Jb�é漢�")
  }
}
