import Files
import Search
import Statistics
import Trials

/// How the trainings of a function went in a race's verdict, epoch by epoch, on the judging images.
public struct RaceCourse: Codable, Sendable, Hashable {
  /// The function's number.
  public let arm: Int
  /// The seeds whose trainings came to their end.
  public let seeds: Int
  /// `[seeds][epochs]`, the mean loss in nats; null where it was not finite.
  public let losses: [[Double?]]
  /// `[seeds][epochs]`, the accuracy from 0 to 1; nil of other metrics.
  public let accuracies: [[Double?]]?
  /// How soon the mean loss over the seeds was no greater than that of the model's usual activation
  /// at its end; nil where every training with that diverged.
  public internal(set) var epochsToLevel: EpochsToLevel?

  /// The losses, for means and spread.
  public var lossCurves: LearningCurves { LearningCurves(losses) }
  /// The accuracies, likewise; nil of other metrics.
  public var accuracyCurves: LearningCurves? { accuracies.map(LearningCurves.init) }

  /// Whether all trainings have as many epochs, as many of them as it says.
  var isConsistent: Bool {
    let all = [losses] + [accuracies].compactMap(\.self)
    return all.allSatisfy { $0.count == seeds } && Set(all.joined().map(\.count)).count <= 1
  }

  /// The courses of all functions of a verdict, in the order in which they were trained; nil where
  /// trainings of an earlier version did not keep their losses.
  ///
  /// - Parameters:
  ///   - judged: What the trainings came to.
  ///   - metric: By what the model's trainings are compared, `accuracy` or `loss`.
  ///   - usual: The number of the model's usual activation.
  /// - Returns: A course for each function.
  static func courses(
    of judged: [(arm: Int, result: TrialResult)], metric: String, usual: Int?
  ) -> [RaceCourse]? {
    var numbers: [Int] = []
    for (arm, _) in judged where !numbers.contains(arm) { numbers.append(arm) }
    var courses: [RaceCourse] = []
    for number in numbers {
      // One that diverged has no end, and the loss of the others says nothing of it.
      let ended = judged.filter { $0.arm == number && !$0.result.diverged }.map(\.result)
      let losses = ended.compactMap(\.lossByEpoch)
      let values = ended.compactMap(\.valueByEpoch)
      guard losses.count == ended.count, values.count == ended.count else { return nil }
      let course = RaceCourse(
        arm: number, seeds: ended.count, losses: losses,
        accuracies: metric == "accuracy" ? values : nil, epochsToLevel: nil)
      // A file of a training that others have changed may have any number of epochs.
      guard course.isConsistent else { return nil }
      courses.append(course)
    }
    let level = courses.first { $0.arm == usual }?.lossCurves.means.last
    guard let level = level ?? nil else { return courses }
    for index in courses.indices where courses[index].seeds > 0 {
      courses[index].epochsToLevel = courses[index].lossCurves.epochs(to: level)
    }
    return courses
  }
}
