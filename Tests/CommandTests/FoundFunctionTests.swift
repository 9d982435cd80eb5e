import Activations
import Foundation
import Runs
import TestSupport
import Testing
import Traces

/// Training, export and trace must mean the same function: before this was tested, `evaluate`
/// trained a simplified one with six digits and without the search's limits.
@Suite("The function that a search has found")
struct FoundFunctionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let scope: String
    let bounding: String
    var testDescription: String { "\(scope), \(bounding)" }
  }

  private static let cases = ["network", "stage", "site"].flatMap { scope in
    ["output", "input", "off"].map { Case(scope: scope, bounding: $0) }
  }

  @Test("is trained, exported and drawn as one function", arguments: cases)
  func one(tested: Case) throws {
    let fixture = try SearchFixture()
    let run = try fixture.saved(
      [
        "lenet5", "--set", "scope=\(tested.scope)", "--set", "bounding=\(tested.bounding)",
        // So low that an operation left out would be missed.
        "--set", "bound=0.7", "--set",
        "operations=identity square x_plus_beta left right add multiply",
      ])
    let result = try SearchResult(json: run.result)
    let found = try #require(result.formula)
    let trajectory = try #require(run.trace.trajectory)
    let genotype = try #require(trajectory.genotypes.last)
    #expect(genotype.function == found.text)

    let trained = try trainedFunction(fixture)
    #expect(trained == found)

    let curve = trajectory.curve
    let exported = try exportedValues(fixture, of: found, at: curve.points.map(Double.init))
    let last = curve.values.suffix(curve.functions.count * curve.points.count)
    for (index, cell) in trained.cells.enumerated() {
      let values = curve.points.map {
        cell.expression.value(at: Double($0), limits: trained.limits)
      }
      let drawn = Array(last.dropFirst(index * curve.points.count).prefix(curve.points.count))
      #expect(values.map { Float($0) } == drawn)
      for (value, code) in zip(values, exported[index]) {
        #expect(abs(value - code) <= 1e-12 * max(1, abs(value)), "\(cell)")
      }
    }
  }

  /// What the file of the training says that it trained.
  private func trainedFunction(_ fixture: SearchFixture) throws -> PlacedFunction {
    let command = try BuiltCommand(
      [
        "evaluate", "run", "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images",
        "16",
        "--batch-size", "8", "--threads", "1", "--seeds", "1", "--baselines", "none", "--json",
      ], in: fixture.folder)
    // A function that clips everything may diverge.
    let report = try SavedReport(Data(command.output.utf8))
    let text: String? = report.values("formula")[0]
    return try PlacedFunction(parsing: #require(text))
  }

  /// The values of the exported C code, cell by cell.
  private func exportedValues(
    _ fixture: SearchFixture, of function: PlacedFunction, at points: [Double]
  ) throws -> [[Double]] {
    let export = try BuiltCommand(
      ["export", "run", "--to", "c", "--name", "found", "--output", "found.c"], in: fixture.folder)
    try #require(export.status == 0, "\(export.errors)")
    let names = function.cells.map { $0.name.isEmpty ? "found" : "found_\($0.name)" }
    let main = """
      #include <stdio.h>
      \(names.map { "double \($0)(double x);" }.joined(separator: "\n"))
      static const double points[] = {\(points.map { "\($0)" }.joined(separator: ", "))};
      int main(void) {
        for (int i = 0; i < \(points.count); i++) {
          \(names.map { "printf(\"%.17g \", \($0)(points[i]));" }.joined(separator: " "))
        }
        return 0;
      }

      """
    try fixture.folder.write(Array(main.utf8), to: "main.c")
    let compiled = try BuiltCommand(
      shell: "cc -O1 found.c main.c -o found -lm && ./found", in: fixture.folder)
    try #require(compiled.status == 0, "\(compiled.errors)")
    let values = compiled.output.split(separator: " ").compactMap { Double($0) }
    return names.indices.map { index in
      points.indices.map { values[$0 * names.count + index] }
    }
  }

  @Test("--bound replaces the limits of a run, and off takes them away")
  func bounds() throws {
    let fixture = try SearchFixture()
    _ = try fixture.saved(["lenet5", "--set", "bounding=input", "--set", "bound=3"])
    func exported(_ options: [String]) throws -> [String: Any] {
      let command = try BuiltCommand(
        ["export", "run", "--to", "json"] + options, in: fixture.folder)
      let document =
        try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
      return try #require((document?["functions"] as? [[String: Any]])?.first)
    }
    #expect(try exported([])["limits"] as? String == "within inputs 3 slopes 20")
    let bounded = try exported(["--bound", "5"])
    #expect(bounded["limits"] as? String == "within 5" && bounded["bound"] as? Double == 5)
    let free = try exported(["--bound", "off"])
    #expect(free["limits"] == nil && free["bound"] == nil)
  }
}
