import Foundation
import Runs
import Search
import Testing

@Suite("Configuration files")
struct SettingTests {
  @Test("a written configuration is read back", arguments: SearchPreset.allCases)
  func roundTrip(preset: SearchPreset) throws {
    var configuration = RunConfiguration(
      network: "resnet32", dataset: "cifar10", search: preset.configuration)
    configuration.search.seed = .max
    configuration.search.isExact = true
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ConfigurationFile.text(configuration).utf8).write(to: file)
    var read = RunConfiguration(network: "", dataset: "", search: SearchConfiguration())
    try ConfigurationFile.read(file.path, into: &read)
    #expect(read == configuration)
  }
}
