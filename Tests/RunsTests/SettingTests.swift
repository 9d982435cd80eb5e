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
    "shrinking": "stages 2:12 5:3", "shrinking-end": "6", "discretization": "mean-weight",
    "cell": "u0(x) u1(u0) b0(u1, x)", "operations": "ramachandran u0=relu,gelu",
    "bounding": "input", "bound": "6.5", "slope-bound": "12.5",
    "exact": "true", "divergence": "skip",
    "checkpoint-seconds": "0.5",
  ]

  private func configuration(_ preset: SearchPreset) -> RunConfiguration {
    RunConfiguration(network: "resnet20", dataset: "cifar10", search: preset.configuration)
  }

  private func lines(_ configuration: RunConfiguration) -> [String] {
    ConfigurationFile.text(configuration).split(separator: "\n").map(String.init)
  }

  private func read(_ text: String, into configuration: inout RunConfiguration) throws {
    let folder = try TemporaryFolder()
    try ConfigurationFile.read(
      folder.write(Array(text.utf8), to: "config.yaml"), into: &configuration)
  }

  @Test("each is written once, in order", arguments: SearchPreset.allCases)
  func writtenOnce(preset: SearchPreset) {
    let names = lines(configuration(preset)).map { String($0.prefix { $0 != ":" }) }
    #expect(names == Setting.all.map(\.name))
    #expect(Set(names).count == names.count)
  }

  @Test("the examples are those of all settings")
  func examplesAreComplete() {
    #expect(Set(Self.examples.keys) == Set(Setting.all.map(\.name)))
  }

  @Test(
    "each is read, alone, and written as it was read", arguments: Setting.all.map(\.name),
    SearchPreset.allCases)
  func roundTrip(name: String, preset: SearchPreset) throws {
    let value = try #require(Self.examples[name])
    let before = configuration(preset)
    var after = before
    try read("\(name): \(value)\n", into: &after)
    #expect(after != before)
    let changed = zip(lines(before), lines(after)).filter { $0 != $1 }.map(\.1)
    #expect(changed == ["\(name): \(value)"])
  }

  @Test("all together are read back", arguments: SearchPreset.allCases)
  func allTogether(preset: SearchPreset) throws {
    var changed = configuration(.paper)
    // A softmax has neither draws nor a divergence.
    var examples = Self.examples
    examples["method"] = "drnas"
    try read(examples.map { "\($0): \($1)\n" }.joined(), into: &changed)
    for written in [changed, configuration(preset)] {
      var back = configuration(.quick)
      try read(ConfigurationFile.text(written), into: &back)
      #expect(back == written)
    }
  }

  @Test(
    "numbers keep all their digits",
    arguments: [0.1 + 0.2, 1e-300, .leastNonzeroMagnitude, 123_456_789.123])
  func digits(number: Double) throws {
    var written = configuration(.quick)
    written.search.architectureLearningRate = number
    var back = configuration(.quick)
    try read(ConfigurationFile.text(written), into: &back)
    #expect(back.search.architectureLearningRate == number)
  }
}
