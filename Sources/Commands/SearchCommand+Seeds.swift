import ArgumentParser
import Files
import Foundation
import Reports
import Runs
import Trials

extension SearchCommand {
  /// Searches with several seeds, in the folders `seed-0`, `seed-1`, … of the run's folder; those
  /// that are finished there already are not repeated, those that were stopped go on.
  func searchSeeds(_ configuration: RunConfiguration, inFile named: Set<String>) throws {
    let folder = RunFolder(
      path: output
        ?? RunFolder.defaultPath(
          network: configuration.network, dataset: configuration.dataset, date: Date()))
    // What no search can have is said once, not by each.
    _ = try problem(configuration, inFile: named)
    let threads = try machine.threadShare(of: min(jobs, seeds))
    let lock = try folder.prepareSeeds(
      RecordedConfiguration(configuration, Offered.catalog.settings), replacing: force)
    defer { withExtendedLifetime(lock) {} }
    let search = SeedSearch(
      executable: ProgramVersion.executable, folder: folder.url, jobs: min(jobs, seeds))
    let first = configuration.search.task.seed
    let numbers = (0..<UInt64(seeds)).map { first &+ $0 }
    var shared = ["--config", folder.configuration.path, "--threads", String(threads)]
    // Said either way: the searches began as another command wanted it.
    let compares = compare ?? true
    shared.append(compares ? "--compare" : "--no-compare")
    if let dataDir = dataOptions.dataDir { shared += ["--data-dir", dataDir] }
    // The lines of searches side by side could not be told apart.
    if machine.quiet || jobs > 1 { shared.append("--quiet") }
    let isQuiet = machine.quiet
    let failed: [UInt64]
    do {
      failed = try search.run(
        numbers, compares: compares,
        arguments: { [shared] seed in
          let run = RunFolder(path: search.folder(ofSeed: seed).path)
          let place = run.hasBegun ? ["--resume"] : ["--force", "--output"]
          return ["search"] + shared + ["--seed", String(seed)] + place + [run.url.path]
        },
        report: { seed in
          let found = search.result(ofSeed: seed).map { $0.expression ?? $0.status } ?? "failed"
          ProgressReport(isQuiet: isQuiet).line("seed \(seed): \(found)")
        })
    } catch let interruption as Interruption {
      throw interruption.exit(goOnIn: output == nil ? folder.url.relativePath : nil)
    }
    let summary = SeedSummary(numbers.compactMap(search.result))
    try folder.write(try summary.json(), to: folder.summary)
    if json {
      try StandardOutput.write(summary.json())
    } else {
      try StandardOutput.show(summary.text)
    }
    // Diverged ones have a result, and stand in the summary.
    let unfinished = failed.filter { search.result(ofSeed: $0) == nil }
    if !unfinished.isEmpty {
      throw RunError(
        "seeds \(unfinished.map(String.init).joined(separator: ", ")): the search failed",
        cure: "give the same command again to go on")
    }
  }
}
