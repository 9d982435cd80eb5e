import Foundation
import TestSupport
import Testing

@Suite("Evaluate")
struct EvaluateTests {
  private func evaluate(_ arguments: [String]) throws -> BuiltCommand {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(
      ["evaluate"] + SearchFixture.tiny.filter { $0 != "--quiet" } + arguments, in: fixture.folder)
    try #require(command.status == 0, "\(arguments): \(command.errors)")
    return command
  }

  private func runs(_ command: BuiltCommand) throws -> [[String: AnyHashable]] {
    let object =
      try JSONSerialization.jsonObject(with: Data(command.output.utf8))
      as? [String: [[String: AnyHashable]]]
    #expect(object.map { Array($0.keys) } == ["runs"])
    return try #require(object?["runs"])
  }

  @Test("trains a network and scores it on the test images")
  func learns() throws {
    let command = try evaluate(
      ["relu", "--epochs", "3", "--train-images", "128", "--json", "--quiet"])
    let run = try #require(try runs(command).first)
    #expect(
      Set(run.keys) == [
        "function", "network", "dataset", "seed", "epochs", "test_accuracy", "elapsed_seconds",
      ])
    #expect(run["function"] as? String == "relu")
    #expect(run["network"] as? String == "resnet20")
    #expect(run["dataset"] as? String == "fashion-mnist")
    #expect(run["seed"] as? Int == 0)
    #expect(run["epochs"] as? Int == 3)
    // 48 steps on stripes across and upright; guessing gives one half.
    #expect(try #require(run["test_accuracy"] as? Double) >= 0.9)
    #expect(try #require(run["elapsed_seconds"] as? Double) > 0)
    #expect(command.errors == "")
  }

  @Test("compares functions, in the order given")
  func functions() throws {
    let command = try evaluate(["gelu", "relu", "elu"])
    let lines = command.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("function  network   data           epochs  seed  test accuracy"))
    #expect(lines.dropFirst().map { $0.prefix { $0 != " " } } == ["gelu", "relu", "elu"])
    let losses = command.errors.split(separator: "\n").compactMap {
      $0.firstMatch(of: /train loss ([0-9.]+)/)?.1
    }
    #expect(losses.count == 3 && Set(losses).count == 3, "\(command.errors)")
    #expect(
      try evaluate(["gelu", "relu", "elu", "--json"]).output.contains("\"function\" : \"elu\""))
  }

  @Test("a formula trains as the operation that it is")
  func formulas() throws {
    let command = try evaluate(["silu", "x * sigmoid(x)", "max(x, 0)", "relu", "--json"])
    let accuracies = try runs(command).map { $0["test_accuracy"] }
    #expect(
      try runs(command).map { $0["function"] } == ["silu", "x * sigmoid(x)", "max(x, 0)", "relu"])
    // ReLU's own loop and the curve of max(x, 0) agree to rounding, so only the first two to the bit.
    #expect(accuracies[0] == accuracies[1])
    let several = [
      "stage0: silu(x); stage1: silu(x); stage2: silu(x)", "stage0: relu; stage1: silu; stage2: x",
    ]
    let found = try runs(try evaluate(several + ["--json"])).map { $0["test_accuracy"] }
    #expect(found[0] == accuracies[0])
    let bounded = try runs(try evaluate(["silu", "--bound", "0.1", "--json"]))
    #expect(bounded[0]["test_accuracy"] != accuracies[0])
    let fixture = try SearchFixture()
    let missing = try BuiltCommand(
      ["evaluate"] + SearchFixture.tiny + ["stage0: relu(x); stage1: x"], in: fixture.folder)
    #expect(missing.status != 0)
    #expect(missing.errors.hasSuffix("give one function, or stage0, stage1, stage2\n"))
    let wrong = try BuiltCommand(
      ["evaluate"] + SearchFixture.tiny + ["sigmoid(gleu(x))"], in: fixture.folder)
    #expect(wrong.status != 0)
    #expect(
      wrong.errors
        == "Error: expression: column 9 of 'sigmoid(gleu(x))': there is no function 'gleu'; "
        + "did you mean 'gelu'?\n")
  }

  /// What the option changes of the progress line, or of the JSON.
  struct OptionCase: CustomTestStringConvertible, Sendable {
    let arguments: [String]
    /// The line's steps.
    var steps = "4/4"
    /// Whether the same images pass through the same network as without the option.
    var isSameLoss = false
    /// What the JSON says.
    var json: [String: String] = [:]

    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "each option has its effect",
    arguments: [
      OptionCase(arguments: ["--network", "resnet32"], json: ["network": "resnet32"]),
      OptionCase(arguments: ["--data", "mnist"], json: ["dataset": "mnist"]),
      OptionCase(arguments: ["--epochs", "2"], steps: "8/8", json: ["epochs": "2"]),
      OptionCase(arguments: ["--batch-size", "4"], steps: "8/8"),
      OptionCase(arguments: ["--train-images", "48"], steps: "6/6"),
      OptionCase(arguments: ["--learning-rate", "0.02"]),
      OptionCase(arguments: ["--seed", "3"], json: ["seed": "3"]),
      OptionCase(arguments: ["--threads", "2"], isSameLoss: true),
    ])
  func option(option: OptionCase) throws {
    func loss(_ command: BuiltCommand) -> Substring? {
      let lines = command.errors.split(separator: "\n")
      return lines.last?.firstMatch(of: /train loss ([0-9.]+)/)?.1
    }
    let plain = try evaluate(["relu", "--json"])
    let command = try evaluate(["relu", "--json"] + option.arguments)
    #expect(try #require(command.errors.split(separator: "\n").last).contains(option.steps))
    #expect(try (#require(loss(command)) == #require(loss(plain))) == option.isSameLoss)
    let run = try #require(try runs(command).first)
    for (key, value) in option.json { #expect(run[key].map { "\($0)" } == value) }
    if option.isSameLoss { #expect(try run["test_accuracy"] == runs(plain)[0]["test_accuracy"]) }
  }

  @Test("each option is tested")
  func completeness() throws {
    let help = try BuiltCommand(["evaluate", "--help"]).output
    let names = help.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) }
    #expect(
      Set(names) == [
        "--network", "--data", "--data-dir", "--epochs", "--batch-size", "--train-images",
        "--learning-rate", "--bound", "--seed", "--json", "--threads", "--quiet", "--version",
      ])
  }
}
