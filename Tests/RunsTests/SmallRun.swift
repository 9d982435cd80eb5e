import Datasets
import Foundation
import Reports
import Runs
import Search
import Tensors
import TestSupport
import Trials

/// Searches on 64 striped images, in a folder of their own.
struct SmallRun {
  let place: TemporaryFolder

  /// The runs and results that version 0.1.0 left behind, made on the same images.
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0")

  init() throws {
    place = try TemporaryFolder()
    try StripedImages().write(to: place, as: "sets/fashion-mnist")
  }

  /// A run's folder in the place.
  func folder(_ name: String) -> RunFolder { RunFolder(path: place.file(name).path) }

  /// A copy of a run that version 0.1.0 left behind.
  func copy(of name: String) throws -> RunFolder {
    try FileManager.default.copyItem(
      at: Self.fixtures.appendingPathComponent(name), to: place.file(name))
    return folder(name)
  }

  /// The configuration of a random search on a network of 714 parameters.
  static func random(budget: Int = 5, width: Int = 2) throws -> RunConfiguration {
    var search = SearchPreset.quick.configuration
    search.task.race.isOn = false
    search.task.recipe.epochs = 1
    search.task.recipe.batchSize = 8
    search.task.trainImages = 64
    search.task.cell = "one-core-unit"
    var proposals = ProposalConfiguration(RandomProposals.entry)
    (proposals.budget, proposals.width) = (budget, width)
    search.method = .proposed(proposals)
    return RunConfiguration(network: "densenet-10-2", dataset: "fashion-mnist", search: search)
  }

  /// A run that has not begun.
  func run(_ configuration: RunConfiguration, in folder: RunFolder) throws -> SearchRun {
    SearchRun(
      try RunProblem(
        configuration, from: Catalog(), locations: DataLocations(option: place.file("sets").path)),
      folder: folder, origin: RunOrigin(programVersion: "test", commandLine: "test"),
      progress: ProgressReport(isQuiet: true), device: Device(threads: 1))
  }

  /// Does a run from its beginning.
  func search(
    _ configuration: RunConfiguration, as name: String, compares: Bool = false
  ) throws -> SearchResult {
    let folder = folder(name)
    try folder.prepare(replacing: false)
    return try run(configuration, in: folder).search(compares: compares)
  }

  /// Goes on with a run of version 0.1.0.
  func resume(_ name: String, compares: Bool) throws -> (folder: RunFolder, result: SearchResult) {
    let folder = try copy(of: name)
    let configuration = try RunConfiguration(of: folder, Catalog().settings)
    let result = try run(configuration, in: folder).search(resuming: true, compares: compares)
    return (folder, result)
  }
}
