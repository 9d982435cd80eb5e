import Training
import Files
import Foundation
import Networks
import Reports

/// The checkpoints of a job in progress, in a folder beside the files of finished ones.
struct JobCheckpoints {
  /// What a job has found so far, beside the training's own state.
  struct Record {
    /// Accuracy on the training batches of the last whole epoch; NaN before.
    var trainAccuracy = Double.nan
    /// Accuracy on the test images after each epoch, if that was asked for.
    var testAccuracies: [Double] = []

    mutating func code(_ coder: inout StateCoder) {
      coder.code("train_accuracy", &trainAccuracy)
      coder.code("test_accuracies", &testAccuracies)
    }
  }

  /// The longest time between two of them.
  private static let interval = Duration.seconds(60)

  private let digest: String
  private var files: CheckpointFolder
  private var latest = ContinuousClock.now

  /// Names the checkpoints of a job, without touching them.
  init(_ job: EvaluationJob, in folder: URL) {
    digest = job.digest
    files = CheckpointFolder(folder)
  }

  /// Whether so much time has passed that the next step shall not be lost.
  var isDue: Bool { ContinuousClock.now - latest >= Self.interval }

  /// Takes up a training where its last checkpoint stands.
  ///
  /// - Parameters:
  ///   - training: One that has not begun; unchanged if there is no checkpoint that can be used.
  ///   - record: What was found by then.
  ///   - progress: Is told of checkpoints that cannot be used.
  mutating func restore<M: Model>(
    _ training: inout TrainingLoop<M>, record: inout Record, progress: ProgressReport
  ) {
    let digest = digest
    let (_, rejected) = files.restore { checkpoint throws(CheckpointMismatch) in
      var (copy, found) = (training, record)
      var coder = StateCoder(restoring: checkpoint)
      try Self.code(&coder, of: digest, training: &copy, record: &found)
      (training, record) = (copy, found)
    }
    for file in rejected {
      progress.warning("\(file.file.relativePath): \(file.defect); it is passed over")
    }
  }

  /// Writes a checkpoint.
  ///
  /// - Throws: `RunFolder.Failure` if that is not possible; the ones before still stand.
  mutating func write<M: Model>(_ training: TrainingLoop<M>, record: Record) throws {
    var (copy, found) = (training, record)
    var coder = StateCoder()
    let checkpoint = try Self.code(&coder, of: digest, training: &copy, record: &found)
    do {
      try FileManager.default.createDirectory(at: files.url, withIntermediateDirectories: true)
      try files.write(checkpoint, step: training.step)
    } catch let error as UnwritableFile {
      throw RunFolder.Failure(
        description:
          "\(error.file): cannot be written (\(error.reason)); make room, then give the same command "
          + "again")
    }
    latest = .now
  }

  /// Deletes all of them: the job is done.
  func removeAll() { try? FileManager.default.removeItem(at: files.url) }

  @discardableResult
  private static func code<M: Model>(
    _ coder: inout StateCoder, of digest: String, training: inout TrainingLoop<M>,
    record: inout Record
  ) throws(CheckpointMismatch) -> Checkpoint {
    var job = digest
    coder.code("job", &job)
    if job != digest { coder.fail("it is of another job") }
    coder.group("record") { record.code(&$0) }
    coder.group("training") { training.code(&$0) }
    return try coder.finish()
  }
}
