import Activations
import Files
import Networks
import Search
import Settings
import Tensors
import Testing
import Trials

/// A tournament's settings.
private struct Tournament: ProposerSettings {
  var size = 5
  var population = 20
  static let settings: [Setting<Tournament>] = [
    Setting("size", \.size, "a whole number", help: "How many compete.")
      .must("be at most population") { $0.size <= $0.population },
    Setting("population", \.population, "a whole number", help: "How many live."),
  ]
}

/// Another search's, one of which has the name of a setting of the first.
private struct Swarm: ProposerSettings {
  var population = 7
  static let settings: [Setting<Swarm>] = [
    Setting("population", \.population, "a whole number", help: "How many fly.")
  ]
}

/// Proposes nothing, but says what it was made with.
private struct Silent: Proposer {
  let made: String
  mutating func propose(_ count: Int, _ stream: inout RandomStream) -> [Candidate] { [] }
  mutating func observe(_ candidate: Candidate, _ outcome: TrialResult) {}
  mutating func code(_ coder: inout StateCoder) {
    var text = made
    coder.code("made", &text)
  }
}

@Suite("Settings of one proposer")
struct ProposerSettingsTests {
  private let entries = [
    RandomProposals.entry,
    ProposerEntry(name: "tournament", settings: Tournament.self) { own, _ in
      Silent(made: "\(own.size) of \(own.population)")
    },
    ProposerEntry(name: "swarm", settings: Swarm.self) { own, _ in
      Silent(made: "\(own.population)")
    },
  ]

  private func configuration(_ values: [(String, String)]) throws -> SearchConfiguration {
    var configuration = SearchConfiguration()
    let table = SearchConfiguration.settings(proposers: entries)
    try table.assign(values.map { (name: $0.0, value: $0.1) }, to: &configuration)
    try configuration.validate(proposers: entries)
    return configuration
  }

  private func texts(_ configuration: SearchConfiguration) -> [String: String] {
    let table = SearchConfiguration.settings(proposers: entries)
    return Dictionary(uniqueKeysWithValues: table.texts(of: configuration))
  }

  @Test("are written and read with its method, and mean what that method says")
  func ofTheMethod() throws {
    let first = try configuration([("method", "tournament"), ("population", "9"), ("size", "3")])
    #expect(texts(first)["population"] == "9" && texts(first)["size"] == "3")
    let second = try configuration([("population", "9"), ("method", "swarm")])
    #expect(texts(second)["population"] == "9" && texts(second)["size"] == nil)
    #expect(first != second)
    #expect(try configuration([("method", "tournament"), ("population", "9")]) != first)
    let random = try configuration([("method", "random")])
    #expect(texts(random)["population"] == nil && texts(random)["budget"] == "20")
  }

  @Test("begin as they usually are when the method changes; what all have is kept")
  func changes() throws {
    var configuration = try configuration([
      ("method", "tournament"), ("budget", "50"), ("population", "9"),
    ])
    let table = SearchConfiguration.settings(proposers: entries)
    try table.assign([(name: "method", value: "swarm")], to: &configuration)
    #expect(texts(configuration)["population"] == "7" && texts(configuration)["budget"] == "50")
  }

  @Test("of another method, or that cannot be, are refused in one line")
  func refused() throws {
    #expect {
      try configuration([("method", "random"), ("size", "3")])
    } throws: {
      "\($0)" == "'size' is only for method tournament; leave it out"
    }
    #expect {
      try configuration([("method", "drnas"), ("population", "3")])
    } throws: {
      "\($0)" == "'population' is only for method tournament; leave it out"
    }
    #expect(
      throws: ImpossibleValue(setting: "size", complaint: "is 5, but must be at most population")
    ) { try configuration([("method", "tournament"), ("population", "4")]) }
  }

  @Test("reach the proposer")
  func reachIt() throws {
    let configuration = try configuration([("method", "tournament"), ("size", "2")])
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 4)
    let search = try ProposalSearch(
      configuration.task, try #require(configuration.method.proposed), by: entries[1],
      sites: sites.all,
      at: TrialPlace(model: "m", dataset: "d", data: "0123", trainCount: 8), scored: 8..<12,
      metric: .accuracy)
    #expect("\(search)".contains("2 of 20"))
  }
}
