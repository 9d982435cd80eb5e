import Datasets
import Training
import Files
import Foundation
import Networks
import Reports
import Search

/// The checkpoints of a run: when they are due, what they say about the run, and which is used.
///
/// Each holds the whole run: the search, and once the training with ReLU has begun, that too. They
/// are numbered by the steps of both, so they ascend in the order in which they are written.
struct RunCheckpoints {
  /// What a checkpoint says about the run beside the search's own state.
  struct Facts {
    /// The configuration's text.
    let configuration: String
    /// A number for the images.
    let images: Int
    /// When the run began.
    var started: String
    /// The command with which it began.
    var commandLine: String
    /// The BLAS and the kernels it chose.
    var blas: String

    /// Codes all of it.
    ///
    /// - Throws: `CheckpointMismatch` if the configuration or the images are others.
    fileprivate mutating func code(_ coder: inout StateCoder) throws(CheckpointMismatch) {
      var found = (configuration: configuration, images: images)
      coder.group("run") { coder in
        coder.code("configuration", &found.configuration)
        coder.code("images", &found.images)
        coder.code("started", &started)
        coder.code("command_line", &commandLine)
        coder.code("blas", &blas)
      }
      if let mismatch = coder.mismatch { throw mismatch }
      if found.configuration != configuration {
        throw CheckpointMismatch("it is of a search with another configuration")
      }
      if found.images != images { throw CheckpointMismatch("it is of a search on other images") }
    }
  }

  private let folder: RunFolder
  private let interval: Duration
  private var files: CheckpointFolder
  private var facts: Facts
  private var latest = ContinuousClock.now
  /// Where the run stood when the last checkpoint was written.
  private var written: Place?

  /// Where a run stands.
  private struct Place: Equatable {
    let steps: Int
    let epochs: Int
    let comparisonSteps: Int

    init<M: Model>(_ search: BilevelSearch<M>, _ comparison: TrainingLoop<M>) {
      steps = search.trajectory.steps.count
      epochs = search.trajectory.epochs.count
      comparisonSteps = comparison.step
    }
  }

  /// The entries of the training with ReLU begin so.
  private static let comparison = "relu"

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
  ///   - search: The search.
  ///   - comparison: The training with ReLU that follows it.
  /// - Throws: `RunFolder.Failure` if that is not possible; the ones before still stand.
  mutating func write<M: Model>(
    _ search: BilevelSearch<M>, comparison: TrainingLoop<M>
  ) throws {
    let place = Place(search, comparison)
    if written == place { return }
    var coder = try StateCoder(continuing: search.checkpoint())
    if comparison.step > 0 {
      var comparison = comparison
      coder.group(Self.comparison) { comparison.code(&$0) }
    }
    try facts.code(&coder)
    do {
      try files.write(coder.finish(), step: place.steps + place.comparisonSteps)
    } catch let error as UnwritableFile {
      throw RunFolder.Failure(
        description:
          "\(error.file): cannot be written (\(error.reason)); make room, then go on with "
          + "--resume \(folder.url.relativePath)")
    }
    (written, latest) = (place, .now)
  }

  /// Takes up the newest checkpoint that can be used.
  ///
  /// - Parameters:
  ///   - search: One that has not begun, which is changed to where the run stood.
  ///   - comparison: A training that has not begun, changed so too.
  ///   - progress: Is told of checkpoints that cannot be used.
  /// - Returns: What the checkpoint says about the run; nil if none was ever written.
  /// - Throws: `RunFolder.Failure` if there are some, but none that can be used.
  mutating func restore<M: Model>(
    _ search: inout BilevelSearch<M>, comparison: inout TrainingLoop<M>,
    progress: ProgressReport
  ) throws(RunFolder.Failure) -> Facts? {
    var facts = facts
    let (step, rejected) = files.restore { checkpoint throws(CheckpointMismatch) in
      var (found, training) = (self.facts, comparison)
      var coder = StateCoder(restoring: checkpoint)
      try found.code(&coder)
      if coder.holds(Self.comparison) {
        coder.group(Self.comparison) { training.code(&$0) }
        if let mismatch = coder.mismatch { throw mismatch }
      }
      try search.restore(coder.checkpoint)
      (facts, comparison) = (found, training)
    }
    for file in rejected {
      progress.warning(
        "\(file.file.relativePath): \(file.defect); "
          + (step.map { "the one after step \($0) is used" } ?? "it is not used"))
    }
    if step == nil {
      guard rejected.isEmpty else {
        throw RunFolder.Failure(
          description: "\(folder.url.relativePath): none of its \(rejected.count) checkpoints can "
            + "be used; search again from the beginning with --force")
      }
      return nil
    }
    self.facts = facts
    written = Place(search, comparison)
    return facts
  }

  /// Deletes all of them: the run has come to its end.
  mutating func removeAll() { files.removeAll() }
}
