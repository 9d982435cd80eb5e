import Foundation
import TestSupport
import Testing

@Suite("Files of a run in which a letter was changed")
struct ChangedFileTests {
  private let fixture: SearchFixture

  init() throws { fixture = try SearchFixture() }

  private func command(_ arguments: [String]) throws -> BuiltCommand {
    try BuiltCommand(arguments, in: fixture.folder)
  }

  /// Replaces a text in a file of the working folder.
  private func change(_ name: String, _ text: String, to other: String) throws {
    let old = try String(contentsOf: fixture.folder.file(name), encoding: .utf8)
    try #require(old.contains(text), "\(name) has no \(text)")
    try fixture.folder.write(Array(old.replacing(text, with: other).utf8), to: name)
  }

  @Test("result.json: every command names it in one line, and the trace can still be looked at")
  func result() throws {
    _ = try fixture.saved(["--no-compare"])
    try change("run/result.json", "\"seed\" : 0", to: "\"seed\" : 4")
    let line =
      "run/result.json: it was changed after it was written, its checksum differs; get it back "
      + "from a copy, or remove it and search again with grafs-swift search --resume run"
    for arguments in [
      ["export", "run", "--to", "c"], ["evaluate", "run", "--data-dir", SearchFixture.data],
      ["search", "--resume", "run", "--data-dir", SearchFixture.data],
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--json"],
    ] {
      let refused = try command(arguments)
      #expect(refused.status != 0 && refused.output == "", "\(arguments)")
      #expect(refused.errors == "Error: \(line)\n", "\(arguments)")
    }
    let shown = try command(["inspect", "run", "--json"])
    #expect(shown.status == 0 && shown.errors == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
    let remarks = try #require(object["remarks"] as? [String])
    #expect(remarks.count == 1 && remarks[0].hasPrefix("run/result.json: it was changed after"))
    // The cure holds: the same search comes to the same end.
    let whole = try SavedRun.tiny.get()
    try FileManager.default.removeItem(at: fixture.folder.file("run/result.json"))
    let again = try command(
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try SavedRun(fixture.folder.file("run")).result("formula") == whole.result("formula"))
  }

  @Test("evaluation.json: the tables of other networks come back from their trainings")
  func evaluation() throws {
    let fixture = try EvaluationFixture()
    let functions = ["silu", "atan(x)", "--baselines", "relu"]
    for network in ["lenet5", "densenet-10-2"] {
      _ = try fixture.evaluate(functions + ["--network", network])
    }
    let before = try fixture.saved()
    #expect(before.runs.count == 6)
    let file = fixture.folder.file("\(EvaluationFixture.output)/evaluation.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("\"lenet5\"", with: "\"lenet6\"").utf8).write(to: file)
    let mended = try fixture.command(functions + ["--network", "densenet-10-2", "--quiet"])
    #expect(mended.status == 0)
    #expect(
      mended.errors
        == "out/evaluation.json: it was changed after it was written, its checksum differs; it is "
        + "made anew from out/jobs\n")
    let after = try fixture.saved()
    #expect(after.outcomes.sorted() == before.outcomes.sorted())
    #expect(after.summary.count == before.summary.count)
    let quiet = try fixture.command(functions + ["--network", "lenet5", "--quiet"])
    #expect(quiet.status == 0 && quiet.errors == "")
  }
}
