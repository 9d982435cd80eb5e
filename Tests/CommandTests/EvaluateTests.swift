import Foundation
import TestSupport
import Testing

@Suite("Evaluate")
struct EvaluateTests {
  private let fixture: EvaluationFixture

  init() throws { fixture = try EvaluationFixture() }

  @Test("trains a network and scores it on the test images")
  func learns() throws {
    let command = try fixture.evaluate(
      ["relu", "--epochs", "3", "--train-images", "128", "--json", "--quiet"])
    let report = try SavedReport(Data(command.output.utf8))
    let run = try #require(report.runs.first)
    #expect(
      Set(run.keys) == [
        "function", "formula", "network", "dataset", "seed", "epochs", "test_accuracy",
        "test_loss", "train_accuracy", "elapsed_seconds", "diverged",
      ])
    #expect(run["function"] as? String == "relu")
    #expect(run["formula"] as? String == "relu(x)")
    #expect(run["network"] as? String == "resnet20")
    #expect(run["dataset"] as? String == "fashion-mnist")
    #expect(run["seed"] as? Int == 0)
    #expect(run["epochs"] as? Int == 3)
    // 48 steps on stripes across and upright; guessing gives one half, and ln 2 nats.
    #expect(try #require(run["test_accuracy"] as? Double) >= 0.9)
    #expect(try #require(run["test_loss"] as? Double) < 0.4)
    #expect(try #require(run["train_accuracy"] as? Double) >= 0.8)
    #expect(try #require(run["elapsed_seconds"] as? Double) > 0)
    #expect(run["diverged"] as? Bool == false)
    #expect(command.errors == "")
    #expect(
      try Data(contentsOf: fixture.folder.file("out/evaluation.json")) == Data(command.output.utf8))
    let row = try #require(report.summary.first)
    #expect(
      Set(row.keys) == [
        "function", "network", "dataset", "seeds", "diverged", "mean", "standard_deviation",
        "median", "comparisons",
      ])
    #expect(row["mean"] as? Double == run["test_accuracy"] as? Double)
    #expect(row["standard_deviation"] is NSNull)
  }

  @Test("takes constants, names in any case, and formulas with commas among the baselines")
  func written() throws {
    let command = try fixture.evaluate([
      "SiLU", "-0.5", "stage0: one; stage1: Leaky_ReLU(x); stage2: tanh", "--baselines",
      "-x, max(x, 0.25), ReLU", "--epochs", "1", "--train-images", "32", "--quiet",
    ])
    #expect(command.status == 0 && command.errors == "")
    let report = try fixture.saved()
    #expect(
      report.runs.compactMap { $0["formula"] as? String } == [
        "silu(x)", "-0.5", "stage0: 1; stage1: leaky_relu(x); stage2: tanh(x)", "-x",
        "max(x, 0.25)", "relu(x)",
      ])
  }

  @Test("compares functions with the baselines, the highest mean first")
  func functions() throws {
    let command = try fixture.evaluate(["gelu", "elu", "--baselines", "relu,gelu", "--seeds", "2"])
    let report = try fixture.saved()
    #expect(report.isComplete)
    #expect(report.values("function") == ["gelu", "elu", "relu", "gelu", "elu", "relu"])
    #expect(report.values("seed") == [0, 0, 0, 1, 1, 1])
    let means = report.summary.compactMap { $0["mean"] as? Double }
    #expect(means.count == 3 && means == means.sorted(by: >))
    for row in report.summary {
      let function = try #require(row["function"] as? String)
      let comparisons = try #require(row["comparisons"] as? [[String: Any]])
      #expect(
        comparisons.compactMap { $0["baseline"] as? String }
          == ["gelu": ["relu"], "elu": ["gelu", "relu"], "relu": []][function])
      let accuracies = report.runs.filter { $0["function"] as? String == function }
        .compactMap { $0["test_accuracy"] as? Double }
      #expect(row["mean"] as? Double == (accuracies[0] + accuracies[1]) / 2)
      for comparison in comparisons {
        #expect(
          Set(comparison.keys) == [
            "baseline", "seeds", "paired", "difference", "interval", "p", "p_adjusted", "verdict",
          ])
        #expect(comparison["seeds"] as? Int == 2)
      }
    }
    #expect(command.output.hasPrefix("resnet20 on fashion-mnist\n\nfunction  seeds  test accuracy"))
    #expect(command.output.hasSuffix("\nresults: out/evaluation.json\n"))
    #expect(command.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("a formula trains as the operation that it is")
  func formulas() throws {
    let command = try fixture.report(["silu", "max(x, 0)", "relu", "tanh(x)"])
    // ReLU as a maximum is ReLU: trained once.
    #expect(command.values("function") == ["silu", "max(x, 0)", "tanh(x)"])
    let accuracies: [Double?] = command.values("test_loss")
    let several = [
      "stage0: silu(x); stage1: silu(x); stage2: silu(x)", "stage0: relu; stage1: silu; stage2: x",
    ]
    let found: [Double?] = try fixture.report(several).values("test_loss")
    #expect(found[0] == accuracies[0] && found[1] != accuracies[0])
    let bounded = try fixture.report(["silu", "--bound", "0.1", "--baselines", "silu"])
    #expect(bounded.values("function") == ["silu within 0.1", "silu"])
    let losses: [Double?] = bounded.values("test_loss")
    #expect(losses[0] != accuracies[0] && losses[1] == accuracies[0])
    let missing = try fixture.command(["stage0: relu(x); stage1: x"])
    #expect(missing.status != 0)
    #expect(missing.errors.hasSuffix("give one function, or stage0, stage1, stage2\n"))
    let wrong = try fixture.command(["sigmoid(gleu(x))"])
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
    /// What the JSON says of the last training.
    var json: [String: String] = [:]
    /// How many trainings there are.
    var count = 1

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
      OptionCase(arguments: ["--train-images", "all"], steps: "16/16"),
      OptionCase(arguments: ["--learning-rate", "0.02"]),
      OptionCase(arguments: ["--preset", "paper"], isSameLoss: false),
      OptionCase(arguments: ["--seed", "3"], json: ["seed": "3"]),
      OptionCase(arguments: ["--seeds", "2"], json: ["seed": "1"], count: 2),
      OptionCase(arguments: ["--baselines", "elu"], json: ["function": "elu"], count: 2),
      OptionCase(arguments: ["--threads", "2"], isSameLoss: true),
      OptionCase(
        arguments: ["--transfer", "--networks", "resnet32", "--datasets", "mnist"],
        json: ["network": "resnet32", "dataset": "mnist"]),
    ])
  func option(option: OptionCase) throws {
    func loss(_ command: BuiltCommand) -> Substring? {
      command.errors.matches(of: /train loss ([0-9.]+)/).last?.1
    }
    let plain = try fixture.evaluate(["relu", "--json"])
    let command = try fixture.evaluate(["relu", "--json", "--output", "other"] + option.arguments)
    #expect(command.errors.contains("  step \(option.steps)  "), "\(command.errors)")
    #expect(try (#require(loss(command)) == #require(loss(plain))) == option.isSameLoss)
    let report = try SavedReport(Data(command.output.utf8))
    #expect(report.runs.count == option.count)
    let run = try #require(report.runs.last)
    for (key, value) in option.json { #expect(run[key].map { "\($0)" } == value) }
    if option.isSameLoss {
      #expect(try report.outcomes == SavedReport(Data(plain.output.utf8)).outcomes)
    }
  }

  @Test("scores after every epoch where asked, without another training")
  func everyEpoch() throws {
    let plain = try fixture.report(["relu", "--epochs", "3"])
    let curve = try fixture.report(
      ["relu", "--epochs", "3", "--test-every-epoch", "--output", "other"])
    #expect(plain.runs[0]["test_accuracy_by_epoch"] == nil)
    let accuracies = try #require(curve.runs[0]["test_accuracy_by_epoch"] as? [Double])
    #expect(accuracies.count == 3 && accuracies.last == curve.runs[0]["test_accuracy"] as? Double)
    #expect(plain.values("test_loss") as [Double?] == curve.values("test_loss"))
    let other = try fixture.command(["relu", "--epochs", "3", "--test-every-epoch"])
    #expect(
      other.errors
        == "Error: out: holds 1 training with test-every-epoch false, not true; give the "
        + "same options as then, another --output, or --force to discard them\n")
  }

  @Test("without a preset's number of images, seeds and baselines there are the usual ones")
  func defaults() throws {
    let plan = try BuiltCommand(
      ["evaluate", "x * tanh(x)", "--dry-run", "--json", "--threads", "1"]
        + ["--data-dir", SearchFixture.data], in: fixture.folder)
    #expect(plan.status == 0, "\(plan.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any]
    let jobs = try #require(object?["jobs"] as? [[String: Any]])
    #expect(
      jobs.prefix(6).compactMap { $0["function"] as? String }
        == ["x * tanh(x)", "relu", "gelu", "silu", "elu", "leaky_relu"])
    #expect(jobs.count == 18 && Set(jobs.compactMap { $0["seed"] as? Int }) == [0, 1, 2])
    #expect(try #require(object?["estimated_seconds"] as? Double) > 0)
    #expect(try fixture.folder.names == ["sets"])
  }

  @Test("trains functions with scalars of their own, and all baselines are there")
  func trained() throws {
    let report = try fixture.report(["prelu", "--baselines", "swish,silu"])
    #expect(report.values("formula") == ["prelu", "swish", "silu(x)"])
    let losses: [Double?] = report.values("test_loss")
    // Swish begins as SiLU and goes its own way.
    #expect(losses[1] != losses[2])
    let plan = try fixture.evaluate(["--dry-run", "--baselines", "all", "--output", "other"])
    for name in ["relu", "mish", "tanhexp", "prelu", "swish", "golu", "gelu_sinc", "tanh"] {
      #expect(plan.output.contains("  to do  \(name)\n"), "\(plan.output)")
    }
    #expect(plan.output.contains("19 trainings, 19 to do"))
  }

  @Test("a dry run lists what is done and what is to do")
  func dryRun() throws {
    _ = try fixture.evaluate(["relu"])
    let before = try fixture.dates()
    let plan = try fixture.evaluate(["relu", "elu", "--dry-run"])
    #expect(plan.output.contains("resnet20  fashion-mnist  0     done   relu\n"))
    #expect(plan.output.contains("resnet20  fashion-mnist  0     to do  elu\n"))
    #expect(plan.output.contains("2 trainings, 1 to do: about 0:0"))
    #expect(try fixture.dates() == before)
  }

  @Test("writes the report as CSV and HDF5 too")
  func files() throws {
    let command = try fixture.evaluate(
      [
        "max(x, tanh(x))", "--baselines", "relu", "--seeds", "2", "--csv", "t.csv", "--hdf5",
        "t.h5",
      ])
    #expect(command.status == 0)
    let report = try fixture.saved()
    let lines = try String(contentsOf: fixture.folder.file("t.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(lines[0].hasPrefix("function,network,dataset,seeds,diverged,mean,"))
    #expect(lines.count == 3)
    #expect(lines.contains { $0.hasPrefix("\"max(x, tanh(x))\",resnet20,fashion-mnist,2,0,") })
    let runs = try String(contentsOf: fixture.folder.file("t-runs.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(runs.count == 5)
    let accuracy = try #require(report.runs[3]["test_accuracy"] as? Double)
    #expect(runs[4].contains(",\(accuracy),"))
    if let dump = try Dump.text(
      ["-d", "/runs/test_accuracy", "-d", "/runs/function", "-d", "/summary/verdict"],
      of: fixture.folder.file("t.h5"))
    {
      #expect(dump.contains("H5T_IEEE_F64LE") && dump.contains("\"max(x, tanh(x))\""))
      #expect(dump.contains("not distinguishable") || dump.contains("better"))
    }
    let wrong = try fixture.command(
      ["max(x, tanh(x))", "--baselines", "relu", "--seeds", "2", "--csv", "nowhere/t.csv"])
    #expect(wrong.status != 0)
    #expect(
      wrong.errors == "Error: --csv: nowhere/t.csv cannot be written (No such file or directory); "
        + "name another file\n")
    let trace = try fixture.command(["relu", "--hdf5", "trace.h5"])
    #expect(trace.errors.contains("would replace a file of a run"), "\(trace.errors)")
    let same = try fixture.command(["relu", "--csv", "same", "--hdf5", "same"])
    #expect(same.errors == "Error: --csv and --hdf5 name the same file; give two\n")
    for option in ["--baselines", "--csv"] {
      let empty = try fixture.command(["relu", option, ""])
      #expect(empty.status != 0 && empty.errors.contains("\(option)"), "\(empty.errors)")
      #expect(empty.errors.contains("is empty"), "\(empty.errors)")
    }
  }

  @Test("each option is tested")
  func completeness() throws {
    let help = try BuiltCommand(["evaluate", "--help"]).output
    let names = help.matches(of: /(?m)^  (--[a-z0-9-]+)/).map { String($0.1) }
    #expect(
      Set(names) == [
        "--network", "--data", "--data-dir", "--baselines", "--transfer", "--networks",
        "--datasets", "--preset", "--config", "--set", "--epochs", "--batch-size",
        "--train-images", "--learning-rate", "--learning-rates", "--functions", "--bound",
        "--scalars",
        "--seed", "--seeds", "--jobs", "--test-every-epoch", "--save-weights", "--output",
        "--force", "--dry-run", "--json", "--csv", "--hdf5", "--threads", "--quiet", "--version",
      ])
  }
}
