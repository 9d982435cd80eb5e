/// How a search drops operations on its way.
public enum Shrinking: Sendable, Hashable {
  /// Slowly at first, ever faster towards the end (Strack et al., 2024).
  case grafs
  /// In stages, each of which keeps a number of operations in every slot (Chen et al., 2021); at
  /// least one, with growing epochs and falling numbers.
  case stages([Stage])
  /// Not at all: the strongest operations are chosen after the last epoch.
  case off

  /// The beginning of a stage, at which every slot drops all but its strongest operations.
  public struct Stage: Sendable, Hashable {
    /// The epoch at whose beginning operations are dropped, from 0.
    public let epoch: Int
    /// The operations that every slot keeps, at least 1.
    public let kept: Int

    /// Makes the beginning of a stage.
    public init(epoch: Int, kept: Int) {
      self.epoch = epoch
      self.kept = kept
    }
  }
}

extension Shrinking: LosslessStringConvertible {
  /// Reads `grafs`, `off`, or `stages 3:12 6:4`: epoch 3 keeps 12 operations, epoch 6 keeps 4.
  ///
  /// - Parameter text: Nil comes of any other text, also of stages out of order.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    switch words.first {
    case "grafs" where words.count == 1: self = .grafs
    case "off" where words.count == 1: self = .off
    case "stages" where words.count > 1 && Self.fault(in: text) == nil:
      self = .stages(words.dropFirst().compactMap(Self.stage))
    default: return nil
    }
  }

  /// Reads such as `3:12`.
  private static func stage(_ word: Substring) -> Stage? {
    let numbers = word.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let epoch = numbers[0], let kept = numbers[1], epoch >= 0, kept >= 1
    else { return nil }
    return Stage(epoch: epoch, kept: kept)
  }

  /// Which word cannot stand where it does; nil where all can.
  @Sendable static func fault(in text: String) -> String? {
    let words = text.split(separator: " ")
    guard let first = words.first else { return nil }
    guard first == "stages" else {
      if !["grafs", "off"].contains(first) {
        return stage(first) == nil
          ? "'\(first)' is none of these" : "'\(first)' stands without 'stages' before it"
      }
      return words.dropFirst().first.map { "'\($0)' is too much behind '\(first)'" }
    }
    guard words.count > 1 else { return "'stages' stands without a stage, such as 3:12" }
    var last: Stage?
    for word in words.dropFirst() {
      guard let stage = stage(word) else {
        return "'\(word)' is no stage, an epoch from 0 and the operations it keeps, such as 3:12"
      }
      if let last, stage.epoch <= last.epoch {
        return "'\(word)' does not begin after epoch \(last.epoch) of the stage before it"
      }
      if let last, stage.kept >= last.kept {
        return "'\(word)' does not keep fewer than \(last.kept) of the stage before it"
      }
      last = stage
    }
    return nil
  }

  /// The text that `init(_:)` reads.
  public var description: String {
    switch self {
    case .grafs: "grafs"
    case .off: "off"
    case .stages(let stages):
      (["stages"] + stages.map { "\($0.epoch):\($0.kept)" }).joined(separator: " ")
    }
  }
}

extension ShrinkingSchedule {
  /// The schedule of a search.
  ///
  /// - Parameters:
  ///   - configuration: How operations are dropped, and the length of the search.
  ///   - sizes: The operations alive in every slot at the start.
  public init(_ configuration: BilevelConfiguration, sizes: [Int]) {
    let epochs = configuration.recipe.epochs
    var drops = [Int](repeating: 0, count: epochs)
    switch configuration.shrinking {
    case .off:
      break
    case .grafs:
      let schedule = ShrinkingSchedule(
        dropping: sizes.reduce(0, +) - sizes.count, start: configuration.shrinkingStart,
        epochs: min(configuration.shrinkingEnd ?? epochs, epochs))
      drops.replaceSubrange(..<schedule.drops.count, with: schedule.drops)
    case .stages(let stages):
      // A slot with the most alive loses its weakest, until none has more than the stage keeps.
      var sizes = sizes
      for stage in stages where stage.epoch < epochs {
        let kept = sizes.map { min($0, stage.kept) }
        drops[stage.epoch] += sizes.reduce(0, +) - kept.reduce(0, +)
        sizes = kept
      }
    }
    self.init(drops: drops)
  }
}
