import Reports
import Testing

@Suite("Text tables")
struct TextTableTests {
  @Test("columns are aligned, the last one is not filled up")
  func alignment() {
    var table = TextTable("function", "n", "accuracy")
    table.add("σ(x)", "100", "91.25 %")
    table.add("leaky_relu", "5", "9.00 %")
    #expect(
      table.text == """
        function    n    accuracy
        σ(x)        100  91.25 %
        leaky_relu  5    9.00 %

        """)
  }

  @Test("rows may have different lengths")
  func raggedRows() {
    var table = TextTable("a")
    table.add("long", "b", "c")
    table.add("", "bb")
    #expect(table.text == "a\nlong  b   c\n      bb\n")
  }

  @Test("a header alone")
  func header() {
    #expect(TextTable("only", "names").text == "only  names\n")
  }
}
