import Files
import Foundation
import Reports
import Traces

/// The checkpoints of a run: when they are due, what they say about the run, and which is used.
struct RunCheckpoints {
  /// What a checkpoint says about the run beside the search's own state.
  struct Facts {
    /// The configuration.
    let configuration: RecordedConfiguration
    /// A number for the examples.
    let examples: Int
    /// When the run began.
    var started: String
    /// The command with which it began.
    var commandLine: String
    /// The BLAS and the kernels it chose.
    var blas: String
    /// Whether this command asks for the comparison after the search, or declines it; nil if it
    /// says nothing.
    let asked: Bool?
    /// The same when the search began; nil if that command said nothing.
    private var began: Bool?

    /// Whether the comparison is to follow.
    var compares: Bool { asked ?? began ?? true }

    init(
      configuration: RecordedConfiguration, examples: Int, started: String, commandLine: String,
      blas: String, asked: Bool?
    ) {
      self.configuration = configuration
      self.examples = examples
      self.started = started
      self.commandLine = commandLine
      self.blas = blas
      self.asked = asked
    }

    /// What is said of a checkpoint of a search on other data.
    static let otherExamples = "it is of a search on other images"

    /// Codes all of it.
    ///
    /// - Throws: `CheckpointMismatch` if the configuration or the examples are others.
    fileprivate mutating func code(_ coder: inout StateCoder) throws(CheckpointMismatch) {
      var found = (configuration: configuration.text, examples: examples)
      coder.group("run") { coder in
        coder.code("configuration", &found.configuration)
        coder.code("images", &found.examples)
        coder.code("started", &started)
        coder.code("command_line", &commandLine)
        coder.code("blas", &blas)
        // Checkpoints of earlier versions do not say it.
        guard !coder.isRestoring || coder.holds(entry: "compares") else { return }
        var isWanted = compares
        coder.code("compares", &isWanted)
        began = isWanted
      }
      if let mismatch = coder.mismatch { throw mismatch }
      if !configuration.isSame(as: found.configuration) {
        throw CheckpointMismatch("it is of a search with another configuration")
      }
      if found.examples != examples {
        throw CheckpointMismatch(Self.otherExamples)
      }
    }
  }

  /// Where a search stands: another place after everything that changes its state.
  struct Place: Equatable {
    /// Steps taken, or candidates observed: the checkpoint's number.
    let steps: Int
    /// Epochs that have ended.
    var epochs = 0
  }

  private let folder: RunFolder
  private let interval: Duration
  private var files: CheckpointFolder
  private(set) var facts: Facts
  /// Of a relaxed search: what its checkpoints leave out.
  private var parts = TrajectoryParts()
  private var latest = ContinuousClock.now
  /// Where the run stood when the last checkpoint was written.
  private var written: Place?

  init(in folder: RunFolder, intervalSeconds: Double, facts: Facts) {
    self.folder = folder
    self.facts = facts
    interval = .seconds(min(intervalSeconds, 1e9))
    files = CheckpointFolder(folder.url)
  }

  /// Whether so much time has passed that the next step shall not be lost.
  var isDue: Bool { ContinuousClock.now - latest >= interval }

  /// Writes a checkpoint, unless the run stands where the last one was written.
  ///
  /// - Parameters:
  ///   - place: Where the search stands.
  ///   - record: What has happened.
  ///   - search: Its state, without what happened up to some point.
  /// - Throws: `RunError` if that is not possible; the ones before still stand.
  mutating func write(
    at place: Place, _ record: Trace.Record, _ search: (Trajectory.Extent) throws -> Checkpoint
  ) throws {
    if written == place { return }
    do {
      if case .relaxed(let trajectory) = record { try parts.grow(with: trajectory, in: files) }
      var coder = try StateCoder(continuing: search(parts.extent))
      try facts.code(&coder)
      parts.code(&coder)
      try files.write(coder.finish(), step: place.steps)
    } catch let error as UnwritableFile {
      throw RunError(
        error, cure: "make room, then go on with --resume \(folder.url.relativePath)")
    }
    (written, latest) = (place, .now)
  }

  /// Takes up the newest checkpoint that can be used.
  ///
  /// - Parameters:
  ///   - progress: Warns of checkpoints that cannot be used.
  ///   - search: Takes up the search's state, given what it leaves out, and says where it stands
  ///     then; throws where it does not fit.
  /// - Returns: What the checkpoint says about the run; nil if none was ever written.
  /// - Throws: `RunError` if there are some, but none that can be used.
  mutating func restore(
    progress: ProgressReport,
    _ search: (Checkpoint, CheckpointParts) throws(CheckpointMismatch) -> Place
  ) throws(RunError) -> Facts? {
    var restored: (facts: Facts, parts: TrajectoryParts, place: Place)?
    let (standing, trace) = (files, folder.trace)
    var remade: [URL] = []
    let (step, rejected) = files.restore { checkpoint throws(CheckpointMismatch) in
      var found = facts
      var coder = StateCoder(restoring: checkpoint.withoutComparison)
      try found.code(&coder)
      var parts = TrajectoryParts()
      parts.code(&coder)
      let earlier = try parts.read(from: standing, trace: trace)
      remade += earlier.remade
      restored = (found, parts, try search(coder.checkpoint, earlier.parts))
    }
    for file in remade {
      progress.warning(
        "\(file.relativePath): it was missing or damaged, and was made anew of the trace")
    }
    for file in rejected {
      progress.warning(
        "\(file.file.relativePath): \(file.defect); "
          + (step.map { "the one after step \($0) is used" } ?? "it is not used"))
    }
    guard let restored else {
      guard rejected.isEmpty else {
        // The run is whole, and goes on as soon as it is given its own data.
        let isElsewhere = rejected.contains { $0.defect == Facts.otherExamples }
        throw RunError(
          "\(folder.url.relativePath): none of its \(rejected.count) checkpoints can be used",
          cure: isElsewhere
            ? "give --data-dir the folder of the data that the search began with"
            : "search again from the beginning with --force")
      }
      return nil
    }
    facts = restored.facts
    parts = restored.parts
    written = restored.place
    return restored.facts
  }

  /// Deletes all of them: the search has come to its end.
  mutating func removeAll() { files.removeAll() }
}

extension Checkpoint {
  /// The same without the training with ReLU that followed a search in version 0.1.0, as a part of
  /// its run: such a search has ended, and trainings are trials now.
  fileprivate var withoutComparison: Checkpoint {
    var search = self
    search.entries = entries.filter { !$0.key.hasPrefix("relu.") }
    return search
  }
}
