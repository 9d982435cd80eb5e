import Files
import Foundation
import Reports
import Traces

/// What a search leaves in its folder as it goes, whatever its kind: configuration, checkpoints,
/// trace.
struct RunRecord {
  private let folder: RunFolder
  private let progress: ProgressReport
  private let publisher: TracePublisher
  private var checkpoints: RunCheckpoints
  private var header: Trace.Header
  private let configuration: String

  /// Begins the record of a run, or goes on with it.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - resuming: Whether the configuration is in the folder already.
  ///   - compares: Whether a comparison is wanted; nil for as the search began.
  /// - Throws: `RunError` if the configuration cannot be written, or read.
  init(of run: SearchRun, resuming: Bool, compares: Bool?) throws {
    folder = run.folder
    progress = run.progress
    let wanted = run.problem.configuration
    let settings = run.problem.catalog.settings
    // A resumed run's own text, which may be of an earlier version.
    let stored = resuming ? try? String(contentsOf: folder.configuration, encoding: .utf8) : nil
    let recorded =
      stored.map { RecordedConfiguration(wanted, settings, text: $0) }
      ?? RecordedConfiguration(wanted, settings)
    if !resuming { try folder.write(Data(recorded.text.utf8), to: folder.configuration) }
    header = run.header
    checkpoints = RunCheckpoints(
      in: folder, intervalSeconds: wanted.checkpointSeconds,
      facts: .init(
        configuration: recorded, examples: run.problem.dataset.trainDigest,
        started: header.started, commandLine: header.commandLine, blas: header.blas,
        asked: compares))
    configuration = recorded.text
    publisher = TracePublisher(file: folder.trace)
  }

  /// Whether the comparison is to follow the search.
  var compares: Bool { checkpoints.facts.compares }

  /// Takes up the run where its last checkpoint stands.
  ///
  /// - Parameters:
  ///   - unit: What the search counts, such as `step`.
  ///   - search: Takes up the search's state, given what it leaves out, and says where it stands
  ///     then.
  /// - Throws: `RunError` if there are checkpoints, but none that can be used, or a damaged trace
  ///   cannot be kept.
  mutating func resume(
    countedBy unit: String,
    _ search: (Checkpoint, CheckpointParts) throws(CheckpointMismatch) -> RunCheckpoints.Place
  ) throws(RunError) {
    var place = RunCheckpoints.Place(steps: 0)
    let found = try checkpoints.restore(progress: progress) {
      checkpoint, parts throws(CheckpointMismatch) in
      place = try search(checkpoint, parts)
      return place
    }
    guard let facts = found else {
      let reason = try folder.reasonToStartOver()
      return progress.warning("\(folder.url.relativePath): \(reason)")
    }
    if facts.blas != header.blas {
      progress.warning(
        "the run began with \(facts.blas) and goes on with \(header.blas): "
          + "last bits may differ")
    }
    header.started = facts.started
    header.commandLine = facts.commandLine
    progress.line("resumed after \(place.steps) \(unit)\(place.steps == 1 ? "" : "s")")
  }

  /// The whole trace. Nobody keeps it: the search would copy what it appends to.
  private func trace(_ record: Trace.Record) -> Trace {
    Trace(header: header, configuration: configuration, record: record)
  }

  /// Writes a checkpoint and the trace before anything happens.
  ///
  /// - Throws: `RunError` or `UnwritableFile` if that is not possible.
  mutating func begin(
    _ record: Trace.Record, at place: RunCheckpoints.Place,
    _ search: (Trajectory.Extent) throws -> Checkpoint
  ) throws {
    try checkpoints.write(at: place, record, search)
    try publisher.submit(trace(record))
  }

  /// Writes a checkpoint and publishes the trace, if they are due.
  ///
  /// A trace that cannot be published, such as for a disk that is full for a while, is a warning
  /// and does not end the search: the whole trace is published again at its end.
  ///
  /// - Parameters:
  ///   - record: What has happened.
  ///   - place: Where the search stands.
  ///   - isUrgent: Whether neither shall wait.
  ///   - search: The search's state, without what happened up to some point.
  /// - Throws: `RunError` if the checkpoint cannot be written.
  mutating func note(
    _ record: @autoclosure () -> Trace.Record, at place: RunCheckpoints.Place, isUrgent: Bool,
    _ search: (Trajectory.Extent) throws -> Checkpoint
  ) throws {
    if isUrgent || checkpoints.isDue { try checkpoints.write(at: place, record(), search) }
    guard isUrgent || publisher.isReady else { return }
    do throws(UnwritableFile) {
      try publisher.submit(trace(record()), isUrgent: isUrgent)
    } catch {
      progress.line("\(error); the search goes on")
    }
  }

  /// Writes a last checkpoint after an interruption, and the trace.
  ///
  /// - Throws: `RunError` or `UnwritableFile` if that is not possible.
  mutating func interrupt(
    _ record: Trace.Record, at place: RunCheckpoints.Place,
    _ search: (Trajectory.Extent) throws -> Checkpoint
  ) throws {
    try checkpoints.write(at: place, record, search)
    try end(record, .interrupted)
  }

  /// Says in the trace that an error has ended the search.
  mutating func fail(_ record: Trace.Record) {
    header.status = .failed
    try? publisher.finish(trace(record))
  }

  /// Publishes the whole trace.
  ///
  /// - Throws: `UnwritableFile` if that is not possible.
  mutating func end(_ record: Trace.Record, _ status: Trace.Status) throws {
    header.status = status
    try publisher.finish(trace(record))
  }

  /// Writes the result, after which there is nothing left to resume.
  ///
  /// - Throws: `RunError` if that is not possible.
  mutating func conclude(_ result: SearchResult) throws {
    try folder.write(result.json(), to: folder.result)
    checkpoints.removeAll()
  }
}
