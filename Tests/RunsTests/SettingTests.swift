import Foundation
import Runs
import Search
import TestSupport
import Testing

@Suite("Settings")
struct SettingTests {
  /// For every setting a value that no preset has, as a file writes it.
  static let examples = [
    "network": "resnet56", "data": "mnist", "seed": "18446744073709551615", "epochs": "7",
    "batch-size": "48", "accumulation": "3", "train-images": "1234",
    "validation-fraction": "0.125", "learning-rate": "0.05", "schedule": "multi-step",
    "momentum": "0.75", "weight-decay": "0.0005", "gradient-clip": "2.5",
    "architecture-learning-rate": "0.02",
    "architecture-weight-decay": "0.004", "warm-start-epochs": "5", "shrinking-start": "4",
    "method": "darts-second-order", "sampling": "per-step", "scope": "stage",
    "scalars": "per-channel",
    "divergence-weight": "0.001", "architecture-start": "2", "warm-start-activation": "tanh",
    "shrinking": "stages 2:12 4:3", "shrinking-end": "5", "discretization": "mean-weight",
    "cell": "u0(x) u1(u0) b0(u1, x)", "operations": "ramachandran u0=relu,gelu",
    "architecture-reach": "9.5 0.25", "architecture-draws": "2", "beta-decay": "0.5",
    "one-hot-start": "0.25", "one-hot-gradient": "reinmax", "removal-candidates": "5",
    "removal-start": "12", "probe-images": "128", "plugged": "400",
    "bounding": "input", "bound": "6.5", "slope-bound": "12.5",
    "exact": "true", "divergence": "skip",
    "optimizer": "adamw", "beta-mean": "0.8", "beta-square": "0.95", "warmup-steps": "11",
    "lowest-rate": "0.01", "activation-rate": "0.5", "decay-gains": "false", "budget": "17",
    "width": "3", "checkpoint-seconds": "0.5",
    "race": "off", "race-arms": "11", "race-usual": "relu mish",
    "race-with": "silu(x) | tanh(x) * x within 10", "race-budget": "3.5",
    "race-rungs": "1000 3000", "race-reduction": "2", "race-seeds": "7",
    "race-verdict-images": "900", "judging-fraction": "0.25",
  ]

  /// Of settings that only some choices have, those choices.
  static let companions = [
    "sampling": "method: drnas", "divergence-weight": "method: drnas", "budget": "method: random",
    "width": "method: random", "beta-mean": "optimizer: adam", "beta-square": "optimizer: adam",
  ]

  private static let settings = Catalog().settings

  private func configuration(_ preset: SearchPreset) -> RunConfiguration {
    RunConfiguration(network: "resnet20", dataset: "cifar10", search: preset.configuration)
  }

  private func lines(_ configuration: RunConfiguration) -> [String] {
    ConfigurationFile.text(configuration, Self.settings).split(separator: "\n").map(String.init)
  }

  private func read(_ text: String, into configuration: inout RunConfiguration) throws {
    let folder = try TemporaryFolder()
    // With a remark, so that it is not empty.
    try ConfigurationFile.read(
      folder.write(Array("# A test.\n\(text)".utf8), to: "config.yaml"), into: &configuration,
      Self.settings)
  }

  @Test("each that a configuration has is written once, in order", arguments: SearchPreset.allCases)
  func writtenOnce(preset: SearchPreset) throws {
    var random = configuration(preset)
    try read("method: random\n", into: &random)
    for configuration in [configuration(preset), random] {
      let names = lines(configuration).map { String($0.prefix { $0 != ":" }) }
      #expect(names == Self.settings.map(\.name).filter(names.contains))
      #expect(Set(names).count == names.count)
      for setting in Self.settings where !names.contains(setting.name) {
        #expect(setting.place != nil, "\(setting.name)")
      }
    }
  }

  @Test("the examples are those of all settings")
  func examplesAreComplete() {
    #expect(Set(Self.examples.keys) == Set(Self.settings.map(\.name)))
  }

  @Test(
    "each is read, alone, and written as it was read", arguments: settings.map(\.name),
    SearchPreset.allCases)
  func roundTrip(name: String, preset: SearchPreset) throws {
    let value = try #require(Self.examples[name])
    var before = configuration(preset)
    try read(Self.companions[name].map { "\($0)\n" } ?? "", into: &before)
    var after = before
    try read("\(name): \(value)\n", into: &after)
    #expect(after != before)
    // An optimizer and a method bring settings of their own.
    let changed = Set(lines(after)).subtracting(lines(before))
    #expect(changed.contains("\(name): \(value)"))
    if !["optimizer", "method"].contains(name) { #expect(changed.count == 1, "\(changed)") }
  }

  @Test(
    "all together are read back", arguments: SearchPreset.allCases, ["drnas", "darts", "random"])
  func allTogether(preset: SearchPreset, method: String) throws {
    var changed = configuration(.paper)
    try read("method: \(method)\noptimizer: adamw\n", into: &changed)
    let names = Set(lines(changed).map { String($0.prefix { $0 != ":" }) })
    var examples = Self.examples.filter { names.contains($0.key) }
    examples["method"] = method
    try read(examples.map { "\($0): \($1)\n" }.joined(), into: &changed)
    for written in [changed, configuration(preset)] {
      var back = configuration(.quick)
      try read(ConfigurationFile.text(written, Self.settings), into: &back)
      #expect(back == written)
    }
  }

  @Test("a record of an earlier version is the same, though it lacks settings")
  func earlierRecord() throws {
    let text = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Fixtures/version-0.1.0/stopped/config.yaml"), encoding: .utf8)
    let folder = RunFolder(
      path: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Fixtures/version-0.1.0/stopped").path)
    let configuration = try RunConfiguration(of: folder, Self.settings)
    let record = RecordedConfiguration(configuration, Self.settings)
    #expect(record.text != text && record.isSame(as: text))
    #expect(!record.isSame(as: text.replacing("epochs: 40", with: "epochs: 41")))
    #expect(!record.isSame(as: text + "momentum: 0.5\n"), "twice the same key is no YAML")
    #expect(!record.isSame(as: text + "optimizer: adam\n"))
    #expect(record.isSame(as: text + "optimizer: sgd\n"))
  }

  @Test(
    "numbers keep all their digits",
    arguments: [0.1 + 0.2, 1e-300, .leastNonzeroMagnitude, 123_456_789.123])
  func digits(number: Double) throws {
    var written = configuration(.quick)
    written.search.method.relaxed?.architectureLearningRate = number
    var back = configuration(.quick)
    try read(ConfigurationFile.text(written, Self.settings), into: &back)
    #expect(back.search.method.relaxed?.architectureLearningRate == number)
  }
}
