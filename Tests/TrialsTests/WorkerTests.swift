import Activations
import Foundation
import Synchronization
import TestSupport
import Testing
import Training
import Trials

/// What becomes of trials and their workers; the workers here are shells that answer without
/// training.
@Suite("Workers")
struct WorkerTests {
  private let folder: TemporaryFolder
  private let store: TrialStore

  init() throws {
    folder = try TemporaryFolder()
    store = TrialStore(folder.file("jobs"))
  }

  private func trials(_ count: Int) throws -> [Trial] {
    let function = try PlacedFunction(parsing: "gelu")
    return (0..<count).map {
      Trial(
        function, at: Numbers().place, recipe: TrainingRecipe(epochs: 2, batchSize: 4),
        seed: UInt64($0))
    }
  }

  /// Has trials done by shells.
  ///
  /// - Parameters:
  ///   - count: The number of trials, of the seeds from 0 on.
  ///   - width: How many shells there are.
  ///   - script: What a shell does for each trial, whose line of JSON is `$trial`.
  /// - Returns: How each trial has ended, by its seed.
  /// - Throws: What the runner throws.
  private func run(
    _ count: Int, width: Int, _ script: String
  ) throws -> [UInt64: TrialOutcome] {
    let outcomes = Mutex<[UInt64: TrialOutcome]>([:])
    let loop = "while read -r trial; do \(script); done"
    try TrialsInWorkers(executable: URL(fileURLWithPath: "/bin/sh"), width: width) { _ in
      ["-c", loop]
    }.run(try trials(count), in: store) { trial, outcome in
      outcomes.withLock { $0[trial.seed] = outcome }
    }
    return outcomes.withLock { $0 }
  }

  @Test("live for many trials, and no more of them than there is work for", arguments: [1, 3, 8])
  func processes(width: Int) throws {
    let outcomes = try run(6, width: width, "echo \"failed $$\"")
    let processes = Set(outcomes.values)
    #expect(outcomes.count == 6 && (1...min(width, 6)).contains(processes.count))
    #expect(width > 1 || processes.count == 1)
    for outcome in processes {
      guard case .failed(let identifier?) = outcome, let process = Int32(identifier) else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(kill(process, 0) != 0 && errno == ESRCH, "it has ended")
    }
  }

  @Test("that are killed fail the trial that they had, and others take their place")
  func killed() throws {
    let outcomes = try run(
      20, width: 2,
      "case $trial in *'\"seed\":7,'*|*'\"seed\":11,'*) kill -9 $$;; *) echo failed $$;; esac")
    #expect(outcomes.count == 20)
    #expect(outcomes.filter { $0.value == .failed(nil) }.map(\.key).sorted() == [7, 11])
    #expect(Set(outcomes.values).count <= 1 + 4)
  }

  @Test("that cannot even begin fail their trials, and hang nobody")
  func unable() throws {
    let outcomes = try run(4, width: 2, "exit 1")
    #expect(outcomes.values.allSatisfy { $0 == .failed(nil) } && outcomes.count == 4)
    #expect(throws: (any Error).self) {
      try TrialsInWorkers(executable: folder.file("nowhere"), width: 2) { _ in [] }
        .run(try trials(4), in: store) { _, _ in }
    }
  }

  @Test(
    "without memory, or that cannot be loaded, end all with one line",
    arguments: [(71, "out of memory in a training; "), (127, "could not be loaded; raise")])
  func ended(status: Int, line: String) throws {
    let reports = Mutex(0)
    let error = #expect(throws: (any Error).self) {
      try TrialsInWorkers(executable: URL(fileURLWithPath: "/bin/sh"), width: 2) { _ in
        ["-c", "exit \(status)"]
      }.run(try trials(30), in: store) { _, _ in reports.withLock { $0 += 1 } }
    }
    #expect(error.map { "\($0)".contains(line) } == true, "\(error as Any)")
    #expect(error.map { "\($0)".contains("ulimit -v") } == true)
    #expect(reports.withLock { $0 } == 0)
  }

  /// A shell that had inherited the other end of a sibling's pipes would keep the sibling from
  /// ending.
  @Test(
    "have only their own pipes",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "there is no /proc"),
    .timeLimit(.minutes(10)))
  func pipes() throws {
    let outcomes = try run(
      60, width: 20,
      "echo failed $$ $(for f in /proc/$$/fd/*; do readlink $f; done | grep pipe | tr '\\n' ' ')")
    var pipes: [Substring: Set<Substring>] = [:]
    for case .failed(let words?) in outcomes.values {
      let words = words.split(separator: " ")
      pipes[words[0]] = Set(words.dropFirst())
    }
    // Where standard error of the tests is a pipe, all have it.
    let shared = pipes.values.reduce(pipes.first?.value ?? []) { $0.intersection($1) }
    let own = pipes.values.flatMap { $0.subtracting(shared) }
    // Those to the parent, and the one to the list of files.
    #expect(own.count == 3 * pipes.count && Set(own).count == own.count, "\(pipes)")
  }

  @Test("are not trusted: what they call done must be in the store")
  func done() throws {
    let outcomes = try run(2, width: 1, "echo done")
    #expect(Array(outcomes.values) == [.failed(nil), .failed(nil)])
    for trial in try trials(2) { try store.write(TrialResult(), of: trial) }
    #expect(
      try Array(run(2, width: 1, "echo done").values)
        == [.done(TrialResult()), .done(TrialResult())])
  }

  @Test("begin no other trial after a report that throws")
  func reports() throws {
    struct Enough: Error {}
    let reports = Mutex(0)
    let loop = "while read -r trial; do echo failed; done"
    #expect(throws: Enough.self) {
      try TrialsInWorkers(executable: URL(fileURLWithPath: "/bin/sh"), width: 1) { _ in
        ["-c", loop]
      }.run(try trials(5), in: store) { _, _ in
        reports.withLock { $0 += 1 }
        throw Enough()
      }
    }
    #expect(reports.withLock { $0 } == 1)
  }
}
