import Testing

@Suite("Parameters of functions")
struct ParameterTests {
  @Test("a function or initializer has at most seven parameters")
  func functions() throws {
    let places = try Repository.sources().flatMap { file in
      declarations(in: file.text).filter { $0.parameters > 7 }
        .map { "\(file.path):\($0.line): \($0.name) has \($0.parameters)" }
    }
    expectNone(places, "functions with more than seven parameters")
  }

  @Test(
    "the scanner counts what is nested once",
    arguments: [
      ("func f() {}", 0), ("func f(_ a: Int) {}", 1), ("func f(a: Int, b: Int,) {}", 2),
      ("func f(_ body: (Int, Int) -> Void, at pair: (Int, Int) = (1, 2)) {}", 2),
      ("func f(a: [String: Int], b: Dictionary<Int, Int>, c: Bool = 1 < 2) {}", 3),
      ("func f<A: P, B>(a: A, b: (A) -> Set<B>, c: B) where A: P {}", 3),
      ("static func <= (a: A, b: A) -> Bool {}", 2), ("func ==<T>(a: T, b: T) -> Bool {}", 2),
      ("init(a: Int, /* , */ b: Int /* , /* , */ */) {}", 2),
      ("init?<T>(\n  a: T,  // one, two\n  b: T\n) {}", 2),
      ("func f(a: String = \"\\(g(1, \"2, 3\")), (\", b: Int) {}", 2),
      ("func f(a: String = #\"\"),(\"#, b: String = \"\"\"\n \", (\n\"\"\") {}", 2),
    ])
  func counts(source: String, parameters: Int) {
    #expect(declarations(in: source).map(\.parameters) == [parameters])
  }

  @Test("calls, texts and comments are no declarations")
  func others() {
    #expect(
      declarations(in: "self.init(1, 2); .init(3); let a = \"func f(x)\" // func g(y)").isEmpty)
    #expect(declarations(in: "\n\nfunc late(a: Int) {}").map(\.line) == [3])
  }
}
