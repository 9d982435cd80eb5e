import Evaluation
import Foundation
import Settings
import Testing

@Suite("The settings of an evaluation")
struct EvaluationConfigurationTests {
  private let table = EvaluationConfiguration.settings

  private func configuration(_ preset: EvaluationPreset = .quick) -> EvaluationConfiguration {
    EvaluationConfiguration(network: "resnet20", dataset: "mnist", preset: preset)
  }

  @Test("the table in docs/settings.md has each, and no other")
  func documentation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/settings.md"), encoding: .utf8)
    let section = try #require(
      text.components(separatedBy: "\n## ").first { $0.hasPrefix("Settings of an evaluation\n") })
    let names = section.components(separatedBy: "\n| preset |")[0].split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
      .flatMap { $0.split(separator: "|")[0].matches(of: /`([a-z-]+)`/).map { String($0.1) } }
    #expect(names.sorted() == table.map(\.name).sorted())
  }

  @Test("are read as they were written", arguments: EvaluationPreset.allCases)
  func roundTrip(preset: EvaluationPreset) throws {
    var written = configuration(preset)
    written.trainImages = preset == .quick ? .exactly(77) : .all
    written.seed = .max
    written.recipe.optimizer = .adam(.init())
    written.recipe.gradientClip = 2.5
    var read = configuration()
    try table.assign(table.texts(of: written).map { ($0.name, $0.text) }, to: &read)
    #expect(read == written)
    #expect(read.allSeeds == (0..<UInt64(preset.seeds)).map { UInt64.max &+ $0 })
  }

  @Test(
    "so many examples are used as there are, or as were asked for",
    arguments: [(ExampleCount.all, 30), (.atMost(10), 10), (.atMost(50), 30), (.exactly(30), 30)])
  func examples(count: ExampleCount, expected: Int) throws {
    #expect(try count.resolved(available: 30, dataset: "mnist") == expected)
  }

  @Test("more examples than there are, or none, are refused", arguments: [0, -1, 31])
  func tooMany(count: Int) {
    #expect(throws: ImpossibleValue.self) {
      try ExampleCount.exactly(count).resolved(available: 30, dataset: "mnist")
    }
  }
}
