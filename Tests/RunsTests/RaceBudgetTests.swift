import Datasets
import Foundation
import Runs
import Search
import Tensors
import TestSupport
import Testing

@Suite("The budget of a race")
struct RaceBudgetTests {
  private func problem(
    budget: Double = 2, in run: SmallRun, _ change: (inout RunConfiguration) -> Void = { _ in }
  ) throws -> RunProblem {
    var configuration = try SmallRun.random()
    configuration.search.task.race.isOn = true
    configuration.search.task.race.budget = budget
    configuration.search.task.validationFraction = 0.5
    change(&configuration)
    return try RunProblem(
      configuration, from: Catalog(), locations: DataLocations(option: run.place.file("sets").path))
  }

  @Test("a time becomes as much work as measured steps take, counted in images")
  func time() throws {
    let run = try SmallRun()
    let first = try problem(in: run)
    let plan = try SearchPlan(first, device: Device(threads: 1))
    let race = try #require(plan.race)
    // What an image takes by the same measurement.
    let imageSeconds = try #require(plan.estimatedRaceSeconds) / race.cost(on: first.split)
    // Enough for the shortest races, and much more.
    for images in [20_000.0, 300_000, 5_000_000] {
      let seconds = plan.estimatedSeconds + images * imageSeconds
      let factor = try #require(plan.raceBudget(within: seconds))
      let second = try problem(budget: factor, in: run)
      try second.checkRace()
      let work = try #require(SearchPlan(second, device: Device(threads: 1)).race)
        .cost(on: second.split)
      #expect(abs(work / images - 1) < 0.15, "\(work) images of \(images)")
    }
    #expect(plan.raceBudget(within: 0.9 * plan.estimatedSeconds) == nil)
  }

  @Test("a race too short to say anything is refused, one that is given too little to run too")
  func tooShort() throws {
    let run = try SmallRun()
    let short = try problem(budget: 0.5, in: run)
    let error = try #require(throws: (any Error).self) { try short.checkRace() }
    #expect("\(error)".contains("race-budget") && "\(error)".contains("4 steps"), "\(error)")
    try short.checkRace(budget: 500)
    // Nor is anything said where there is none.
    try problem(budget: 0.5, in: run) { $0.search.task.race.isOn = false }.checkRace()
    let misplaced = try problem(budget: 500, in: run) {
      $0.search.task.race.with = GivenFunctions("stage0: relu(x); stage7: x")
    }
    let other = try #require(throws: (any Error).self) { try misplaced.checkRace() }
    #expect("\(other)".contains("race-with"), "\(other)")
  }

  @Test("a run's record is known by what it names, of every version, preset and method")
  func records() throws {
    let settings = Catalog().settings
    for name in ["finished", "finished-stages", "stopped", "stopped-in-relu"] {
      let file = SmallRun.fixtures.appendingPathComponent("\(name)/config.yaml").path
      #expect(RecordedConfiguration.isRecord(try ConfigurationFile.values(in: file)), "\(name)")
    }
    let folder = try TemporaryFolder()
    for preset in SearchPreset.allCases {
      for method in ["drnas", "darts", "random"] {
        for optimizer in ["sgd", "adam"] {
          var configuration = RunConfiguration(
            network: "lenet5", dataset: "mnist", search: preset.configuration)
          try ConfigurationFile.assign(
            ["method=\(method)", "optimizer=\(optimizer)"], to: &configuration, settings)
          let text = ConfigurationFile.text(configuration, settings)
          try folder.write(Array(text.utf8), to: "config.yaml")
          let values = try ConfigurationFile.values(in: folder.file("config.yaml").path)
          #expect(RecordedConfiguration.isRecord(values), "\(preset) \(method) \(optimizer)")
        }
      }
    }
    try folder.write(Array("network: lenet5\nepochs: 3\nrace: on\n".utf8), to: "own.yaml")
    let own = try ConfigurationFile.values(in: folder.file("own.yaml").path)
    #expect(!RecordedConfiguration.isRecord(own))
  }
}
