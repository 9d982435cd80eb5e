import Foundation
import TestSupport
import Testing

@Suite("Baselines of an evaluation")
struct BaselineCommandTests {
  private let fixture: EvaluationFixture

  init() throws { fixture = try EvaluationFixture() }

  @Test("knows baselines by their names, and what searches have published as a group")
  func published() throws {
    let report = try fixture.report([
      "GELU-Sinc", "--baselines", "golu,ReLU²,relu(x)^2,eelu_1", "--network", "lenet5",
      "--learning-rate", "0.0001", "--set", "gradient-clip=1",
    ])
    #expect(report.values("function") == ["GELU-Sinc", "golu", "ReLU²", "eelu_1"])
    #expect(
      report.values("formula")
        == ["gelu_sinc(x)", "golu(x)", "squared_relu(x)", "x * erf(exp(x))"])
    func plan(_ baselines: String) throws -> [String] {
      let command = try fixture.evaluate(["--dry-run", "--json", "--baselines", baselines])
      let object =
        try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
      return (object?["jobs"] as? [[String: Any]] ?? []).compactMap { $0["function"] as? String }
    }
    let group = try plan("published")
    #expect(group.count == 20 && group.first == "swish" && group.last == "eelu_4")
    for name in ["max_x_sigmoid", "softplus_elu", "grafs_1", "grafs_gpt_4", "eelu_2"] {
      #expect(group.contains(name))
    }
    #expect(try plan("relu,published") == ["relu"] + group)
    // One that stands in both stands once.
    #expect(try plan("published,all").count == 20 + 18)
    #expect(try plan("eelu_3,grafs_2") == ["eelu_3", "grafs_2"])
  }

  @Test("trains every function that was published")
  func publishedTrainings() throws {
    let report = try fixture.report([
      "--baselines", "published", "--learning-rate", "0.001",
    ])
    #expect(report.runs.count == 20)
    #expect(report.runs.allSatisfy { $0["test_loss"] is Double })
  }

  @Test("are exported by any of their names", arguments: ["golu", "ReLU²", "GELU-Sinc", "EELU-1"])
  func exported(name: String) throws {
    for target in ["c", "swift", "pytorch", "python", "latex", "json", "onnx"] {
      let command = try BuiltCommand(
        ["export", name, "--to", target, "--output", "function.\(target)"], in: fixture.folder)
      #expect(command.status == 0, "\(target): \(command.errors)")
    }
  }
}
