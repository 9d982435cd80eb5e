import Foundation
import TestSupport
import Testing

@Suite("Transfer and runs")
struct TransferTests {
  private let fixture: EvaluationFixture

  init() throws { fixture = try EvaluationFixture() }

  /// The jobs that a dry run lists: network, data set and function.
  private func plan(_ arguments: [String]) throws -> [String] {
    let command = try BuiltCommand(
      ["evaluate", "--data-dir", SearchFixture.data, "--seeds", "1", "--baselines", "none"]
        + ["--threads", "1", "--dry-run", "--json", "--batch-size", "8"] + arguments,
      in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
    return try #require(object?["jobs"] as? [[String: Any]]).map {
      "\($0["network"] ?? "") \($0["dataset"] ?? "") \($0["function"] ?? "")"
    }
  }

  /// Leaves a run's result behind.
  private func makeRun(_ name: String, expression: String, network: String, dataset: String) throws
  {
    let json = """
      {"dataset": "\(dataset)", "elapsed_seconds": 1, "epochs": 1, "expression": "\(expression)",
       "network": "\(network)", "seed": 0, "status": "finished"}
      """
    try fixture.folder.write(Array(json.utf8), to: "\(name)/result.json")
  }

  @Test("the matrix is that of networks and data sets, the own pair first where it is in it")
  func matrix() throws {
    let matrix = [
      "--transfer", "--networks", "resnet32,resnet20", "--datasets", "mnist, fashion-mnist",
    ]
    #expect(
      try plan(["relu"] + matrix) == [
        "resnet20 fashion-mnist relu", "resnet32 mnist relu", "resnet20 mnist relu",
        "resnet32 fashion-mnist relu",
      ])
    #expect(
      try plan(["relu", "--transfer", "--networks", "resnet44"]) == ["resnet44 fashion-mnist relu"])
    #expect(
      try plan(["relu", "--transfer", "--datasets", "mnist", "--network", "resnet44"])
        == ["resnet44 mnist relu"])
  }

  @Test("data that are missing are named with the way to get them, while the rest runs")
  func missing() throws {
    let matrix = ["--transfer", "--datasets", "cifar10,mnist"]
    let command = try fixture.command(["relu", "--json", "--quiet"] + matrix)
    #expect(command.status != 0)
    let report = try SavedReport(Data(command.output.utf8))
    #expect(report.values("dataset") == ["mnist"] && !report.isComplete)
    let lines = command.errors.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("left out: CIFAR-10 was not found; searched: sets, "))
    #expect(lines[0].contains("get it: "))
    #expect(
      lines[1]
        == "Error: not all data sets that were asked for are there; see above how to get them")
    let none = try fixture.command(["relu", "--data", "cifar10"])
    #expect(none.errors.hasPrefix("Error: CIFAR-10 was not found"))
  }

  @Test("the usual matrix runs where its data are, and it is no failure that some are missing")
  func usualMatrix() throws {
    let command = try fixture.command([
      "relu", "--json", "--quiet", "--transfer", "--data", "mnist",
    ])
    #expect(command.status == 0)
    let report = try SavedReport(Data(command.output.utf8))
    #expect(report.values("dataset") == ["mnist"] && report.isComplete)
    let lines = command.errors.split(separator: "\n")
    #expect(
      lines.count == 3 && lines.allSatisfy { $0.contains(" was not found; ") }, "\(command.errors)")
    let none = try fixture.command(["relu", "--transfer"])
    #expect(none.status != 0 && none.errors.contains("CIFAR-10 was not found"), "\(none.errors)")
    #expect(try fixture.folder.names == ["out", "sets"])
  }

  @Test("a data set of which a part is there is left out, unless it was asked for")
  func partOfData() throws {
    try fixture.folder.write([1, 2, 3], to: "sets/cifar-100-binary/test.bin")
    let arguments = ["relu", "--quiet", "--transfer"]
    let command = try fixture.command(arguments + ["--data", "mnist"])
    #expect(command.status == 0, "\(command.errors)")
    #expect(
      command.errors.contains("left out: sets/cifar-100-binary/train.bin: no such file, while"),
      "\(command.errors)")
    let demanded = try fixture.command(arguments + ["--datasets", "mnist,cifar100"])
    #expect(demanded.status != 0)
    #expect(demanded.errors.hasPrefix("Error: sets/cifar-100-binary/train.bin: no such file"))
  }

  @Test("a run brings its function, network, data set and folder")
  func run() throws {
    try makeRun("runs/a", expression: "tanh(x) * x", network: "resnet32", dataset: "mnist")
    let own = try plan(["runs/a"])
    #expect(own == ["resnet32 mnist tanh(x) * x"])
    #expect(
      try plan(["runs/a", "--transfer", "--networks", "resnet20,resnet32"])
        == ["resnet32 mnist tanh(x) * x", "resnet20 mnist tanh(x) * x"])
    #expect(
      try plan(["runs/a", "--data", "fashion-mnist", "--network", "resnet20"])
        == ["resnet20 fashion-mnist tanh(x) * x"])
    let arguments = [
      "evaluate", "runs/a", "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images",
      "16", "--batch-size", "8", "--network", "resnet20", "--seeds", "1", "--baselines", "none",
    ]
    let command = try BuiltCommand(arguments, in: fixture.folder)
    #expect(command.status == 0, "\(command.errors)")
    #expect(command.output.hasSuffix("results: runs/a/evaluation/evaluation.json\n"))
    #expect(try fixture.saved(in: "runs/a/evaluation").values("function") == ["tanh(x) * x"])

    try makeRun("runs/b", expression: "relu(x)", network: "resnet20", dataset: "mnist")
    #expect(
      try plan(["runs/a", "runs/b/result.json", "silu"]) == [
        "resnet20 mnist tanh(x) * x", "resnet20 mnist relu(x)", "resnet20 mnist silu",
      ])
  }

  @Test("without functions the newest finished run is taken, and named")
  func newest() throws {
    try makeRun("runs/a", expression: "tanh(x) * x", network: "resnet32", dataset: "mnist")
    try makeRun("runs/b", expression: "relu(x)", network: "resnet20", dataset: "mnist")
    func date(_ name: String, _ minute: Double) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1e9 + 60 * minute)],
        ofItemAtPath: fixture.folder.file(name).path)
    }
    try date("runs/a/result.json", 2)
    try date("runs/b/result.json", 1)
    let matrix = ["--transfer", "--networks", "resnet20,resnet44"]
    #expect(
      try plan(matrix) == ["resnet20 mnist tanh(x) * x", "resnet44 mnist tanh(x) * x"])
    // The own pair comes first where it is in the matrix.
    #expect(
      try plan(["--transfer", "--networks", "resnet20,resnet32"])
        == ["resnet32 mnist tanh(x) * x", "resnet20 mnist tanh(x) * x"])
    try fixture.folder.write(Array("seed: 0\n".utf8), to: "runs/c/config.yaml")
    let command = try BuiltCommand(
      ["evaluate", "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images", "16"]
        + ["--batch-size", "8", "--seeds", "1", "--baselines", "none", "--transfer"]
        + ["--networks", "lenet5"], in: fixture.folder)
    #expect(command.status == 0, "\(command.errors)")
    let lines = command.errors.split(separator: "\n")
    #expect(lines.first == "passed over: runs/c, whose search has not ended", "\(command.errors)")
    #expect(
      lines.dropFirst().first
        == "runs/a: the newest finished search; it found tanh(x) * x", "\(command.errors)")
    #expect(command.output.hasSuffix("results: runs/a/evaluation/evaluation.json\n"))
    let report = try fixture.saved(in: "runs/a/evaluation")
    #expect(report.values("function") == ["tanh(x) * x"] && report.values("network") == ["lenet5"])
    // Without --transfer, and where it is said, the baselines stand alone.
    #expect(try plan(["--baselines", "elu"]) == ["resnet20 fashion-mnist elu"])
    #expect(
      try plan(["--functions", "none", "--baselines", "elu"] + matrix)
        == ["resnet20 fashion-mnist elu", "resnet44 fashion-mnist elu"])
  }

  @Test("without a run and --output, the folder bears network, data set and time")
  func defaultFolder() throws {
    let command = try BuiltCommand(
      ["evaluate", "relu", "--data-dir", SearchFixture.data, "--epochs", "1", "--train-images"]
        + ["16", "--batch-size", "8", "--seeds", "1", "--baselines", "none"], in: fixture.folder)
    #expect(command.status == 0, "\(command.errors)")
    #expect(
      command.output.firstMatch(
        of: /results: runs\/evaluation-resnet20-fashion-mnist-[0-9]{8}-[0-9]{6}\/evaluation.json/)
        != nil)
  }
}
