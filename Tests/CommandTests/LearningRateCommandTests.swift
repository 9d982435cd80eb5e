import Foundation
import TestSupport
import Testing

@Suite("Learning rates of an evaluation")
struct LearningRateCommandTests {
  private let fixture: EvaluationFixture

  init() throws { fixture = try EvaluationFixture() }

  private static let tried = [
    "tanh", "--network", "lenet5", "--learning-rate", "0.01", "--baselines", "relu", "--seeds", "2",
    "--learning-rates",
    "0.01,1,3",
  ]

  private func rates(_ command: BuiltCommand) throws -> [String: Any]? {
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8))
    return (object as? [String: Any])?["learning_rates"] as? [String: Any]
  }

  private func multiples(_ rates: [String: Any]?) -> [Double?] {
    (rates?["choices"] as? [[String: Any]] ?? []).map { $0["multiple"] as? Double }
  }

  @Test("are tried for each function, and the report has both")
  func both() throws {
    let command = try fixture.evaluate(Self.tried + ["--json"])
    let rates = try #require(try rates(command))
    #expect(Set(rates.keys) == ["choices", "runs", "summary"])
    let choices = try #require(rates["choices"] as? [[String: Any]])
    #expect(choices.map { $0["function"] as? String } == ["tanh", "relu"])
    for choice in choices {
      let tried = try #require(choice["tried"] as? [[String: Any]])
      #expect(tried.map { $0["multiple"] as? Double } == [0.01, 1, 3])
      #expect(tried.allSatisfy { $0["seeds"] as? Int == 2 && $0["mean"] is Double })
      // The chosen one is the best of what is shown.
      let means = tried.compactMap { $0["mean"] as? Double }
      let chosen = tried.first { $0["multiple"] as? Double == choice["multiple"] as? Double }
      #expect(chosen?["mean"] as? Double == means.max())
    }
    let runs = try #require(rates["runs"] as? [[String: Any]])
    #expect(runs.count == 4 && runs.allSatisfy { $0["test_accuracy"] is Double })
    let plain = try SavedReport(
      Data(
        fixture.evaluate(Array(Self.tried.dropLast(2)) + ["--json", "--output", "plain"]).output
          .utf8))
    let saved = try SavedReport(Data(command.output.utf8), others: ["learning_rates"])
    #expect(saved.outcomes == plain.outcomes && saved.isComplete)
    // Where the recipe's own rate was chosen, the training is the one with the same recipe.
    for (choice, name) in zip(multiples(rates), ["tanh", "relu"]) {
      func losses(_ runs: [[String: Any]]) -> [Double] {
        runs.filter { $0["function"] as? String == name }.compactMap { $0["test_loss"] as? Double }
      }
      #expect((losses(runs) == losses(saved.runs)) == (choice == 1))
    }
  }

  @Test("change nothing when asked for again, whatever does the trainings")
  func again() throws {
    let first = try fixture.evaluate(Self.tried + ["--json"])
    let second = try fixture.evaluate(Self.tried + ["--json"])
    #expect(first.output == second.output)
    #expect(second.errors.contains("4 trainings, 4 of them done before"))
    #expect(
      second.errors.contains(
        "12 trainings to choose among learning rates × 0.01, 1, 3, 12 of them done before"))
    let third = try fixture.evaluate(Self.tried + ["--json", "--jobs", "2", "--output", "wide"])
    func means(_ command: BuiltCommand) throws -> [String] {
      let summary = try rates(command)?["summary"] as? [[String: Any]] ?? []
      return summary.map { "\($0["function"] ?? "") \($0["mean"] ?? "")" }
    }
    #expect(try means(first) == means(third) && means(first).count == 2)
    #expect(try multiples(rates(first)) == multiples(rates(third)))
    // The trainings with the recipe as it is are found without the option, too.
    let plain = try fixture.evaluate(Array(Self.tried.dropLast(2)))
    #expect(plain.errors.contains("4 trainings, 4 of them done before"))
    #expect(!plain.output.contains("×"))
  }

  @Test("may stand in a file, as a list too; a dry run counts their trainings")
  func file() throws {
    try fixture.folder.write(Array("learning-rates: [0.01, 1, 3]\n".utf8), to: "c.yaml")
    let base = Array(Self.tried.dropLast(2))
    let plan = try fixture.evaluate(base + ["--config", "c.yaml", "--dry-run"])
    #expect(plan.output.contains("  tanh × 0.01, to choose\n"), "\(plan.output)")
    #expect(
      plan.output.contains("16 trainings, 16 to do, and up to 4 at the rates chosen: about "))
    let done = try fixture.evaluate(base + ["--config", "c.yaml", "--json"])
    let chosen = try multiples(rates(done)).count { $0 != 1 }
    let again = try fixture.evaluate(base + ["--set", "learning-rates=0.01,1,3", "--dry-run"])
    #expect(
      again.output.contains("\(16 + 2 * chosen) trainings, 0 to do: about 0:00"), "\(again.output)")
  }

  @Test("have columns and a table of their own in CSV and HDF5")
  func tables() throws {
    let command = try fixture.evaluate(Self.tried + ["--csv", "t.csv", "--hdf5", "t.h5"])
    #expect(command.output.contains("each function at the learning rate that suits it"))
    func lines(_ name: String) throws -> [String] {
      try String(contentsOf: fixture.folder.file(name), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
    let summary = try lines("t.csv")
    #expect(summary[0].hasSuffix(",metric,learning_rate,multiple"))
    #expect(summary.count == 5 && summary.filter { $0.contains(",same,1.0") }.count == 2)
    let runs = try lines("t-runs.csv")
    #expect(runs.count == 9 && runs.filter { $0.contains(",best,") }.count == 4)
    let tried = try lines("t-learning-rates.csv")
    #expect(
      tried[0] == "function,network,dataset,multiple,seeds,diverged,validation_mean,chosen")
    #expect(tried.count == 7 && tried.filter { $0.hasSuffix(",1") }.count == 2)
    let dump = try Dump.text(["-n"], of: fixture.folder.file("t.h5"))
    #expect(dump?.contains("/learning_rates/validation_mean") != false)
  }

  @Test("keep the weights of what is reported, not of what decides")
  func weights() throws {
    _ = try fixture.evaluate(Self.tried + ["--save-weights"])
    let names = try FileManager.default.contentsOfDirectory(
      atPath: fixture.folder.file("out/learning-rates").path)
    let files = names.filter { $0.hasSuffix(".json") }
    let kept = names.filter { $0.hasSuffix(".safetensors") }
    #expect(files.count == 12 + kept.count && [0, 2, 4].contains(kept.count))
  }

  @Test(
    "that cannot be are refused in one line",
    arguments: [
      ("a", "'learning-rates' must be numbers joined by commas, such as 0.5,1,2, not 'a'"),
      ("0.5;2", "not '0.5;2': '0.5;2' is no number"),
      ("0.5,,2", "not '0.5,,2': a number is missing"),
      ("0,1", "--learning-rates is 0,1, but must be at most 20 different numbers from "),
      ("3,0.1,3", "numbers from 0.000001 to 1000000: 3 stands there twice"),
      ("1,1", "--learning-rates is 1,1, but must be at most 20 different numbers from "),
      ("-1", "--learning-rates is -1, but must be at most 20 different numbers from "),
    ])
  func impossible(text: String, line: String) throws {
    let command = try fixture.command(["relu", "--learning-rates", text])
    #expect(command.status != 0 && command.output == "")
    #expect(command.errors.contains(line), "\(command.errors)")
    #expect(command.errors.split(separator: "\n").count == 1)
  }

  @Test("need a batch that the smaller part fills")
  func smallPart() throws {
    let command = try fixture.command(["relu", "--batch-size", "32", "--learning-rates", "1,2"])
    #expect(command.status != 0)
    #expect(
      command.errors.contains("--batch-size is 32, but must be from 2 to 26"), "\(command.errors)")
  }
}
