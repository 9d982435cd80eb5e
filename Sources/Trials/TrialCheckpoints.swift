import Files
import Foundation
import Networks
import Reports
import Training

/// The checkpoints of a trial in progress, in a folder beside the files of finished ones.
struct TrialCheckpoints {
  /// The longest time between two of them.
  private static let interval = Duration.seconds(60)

  private let digest: String
  private var files: CheckpointFolder
  private var latest = ContinuousClock.now

  /// Names the checkpoints of a trial, without touching them.
  init(_ trial: Trial, in folder: URL) {
    digest = trial.digest
    files = CheckpointFolder(folder)
  }

  /// Whether so much time has passed that the next step shall not be lost.
  var isDue: Bool { ContinuousClock.now - latest >= Self.interval }

  /// Takes up a training where its last checkpoint stands.
  ///
  /// - Parameters:
  ///   - training: One that has not begun; unchanged if there is no checkpoint that can be used.
  ///   - result: What was found by then.
  ///   - progress: Warns of checkpoints that cannot be used.
  mutating func restore<M: Model>(
    _ training: inout TrainingLoop<M>, result: inout TrialResult, progress: ProgressReport
  ) {
    let digest = digest
    let (_, rejected) = files.restore { checkpoint throws(CheckpointMismatch) in
      var (copy, found) = (training, result)
      var coder = StateCoder(restoring: checkpoint)
      try Self.code(&coder, of: digest, training: &copy, result: &found)
      (training, result) = (copy, found)
    }
    for file in rejected {
      progress.warning("\(file.file.relativePath): \(file.defect); it is passed over")
    }
  }

  /// Writes a checkpoint.
  ///
  /// - Throws: `RunError` if that is not possible; the ones before still stand.
  mutating func write<M: Model>(_ training: TrainingLoop<M>, result: TrialResult) throws {
    var (copy, found) = (training, result)
    var coder = StateCoder()
    let checkpoint = try Self.code(&coder, of: digest, training: &copy, result: &found)
    do {
      try FileManager.default.createDirectory(at: files.url, withIntermediateDirectories: true)
      try files.write(checkpoint, step: training.step)
    } catch let error as UnwritableFile {
      throw RunError(error, cure: "make room, then give the same command again")
    }
    latest = .now
  }

  @discardableResult
  private static func code<M: Model>(
    _ coder: inout StateCoder, of digest: String, training: inout TrainingLoop<M>,
    result: inout TrialResult
  ) throws(CheckpointMismatch) -> Checkpoint {
    var trial = digest
    coder.code("trial", &trial)
    if trial != digest { coder.fail("it is of another trial") }
    coder.group("result") { coder in
      var accuracy = result.trainAccuracy ?? .nan
      coder.code("train_accuracy", &accuracy)
      var values = (result.valueByEpoch ?? []).map { $0 ?? .nan }
      coder.code("value_by_epoch", &values)
      var losses = (result.lossByEpoch ?? []).map { $0 ?? .nan }
      coder.code("loss_by_epoch", &losses)
      if coder.isRestoring {
        // NaN stands for what is not there; nothing else may be without an end.
        if ([accuracy] + values + losses).contains(where: \.isInfinite) {
          coder.fail("its result so far is not finite")
        }
        let accuracies = [accuracy] + (result.metric == .accuracy ? values : [])
        if let odd = accuracies.first(where: { !$0.isNaN && !(0...1).contains($0) }) {
          coder.fail("its accuracy so far is \(odd)")
        }
        result.trainAccuracy = accuracy.isNaN ? nil : accuracy
        if result.valueByEpoch != nil {
          result.valueByEpoch = values.map { $0.isNaN ? nil : $0 }
          result.lossByEpoch = losses.map { $0.isNaN ? nil : $0 }
        }
      }
    }
    coder.group("training") { training.code(&$0) }
    return try coder.finish()
  }
}
