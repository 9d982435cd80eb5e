/// How a quantity, such as a loss, went in several trainings of one kind, epoch by epoch.
public struct LearningCurves: Sendable, Hashable {
  /// `[trainings][epochs]`, what was measured after each epoch; nil where it was not finite.
  public let trainings: [[Double?]]

  /// Takes the trainings that came to their end.
  ///
  /// - Precondition: All have as many epochs.
  public init(_ trainings: [[Double?]]) {
    precondition(
      Set(trainings.map(\.count)).count <= 1,
      "LearningCurves: trainings of \(trainings.map(\.count)) epochs")
    self.trainings = trainings
  }

  /// How many epochs each training has.
  public var epochs: Int { trainings.first?.count ?? 0 }

  /// What all trainings came to after an epoch, from 0; nil where one was not finite.
  private func sample(_ epoch: Int) -> Sample? {
    let values = trainings.compactMap { $0[epoch] }
    return values.count == trainings.count ? Sample(values) : nil
  }

  /// `[epochs]`, the mean over the trainings; nil where one of them was not finite.
  public var means: [Double?] { (0..<epochs).map { sample($0)?.mean } }

  /// `[epochs]`, the least and the greatest of the trainings; nil where one was not finite.
  public var ranges: [ClosedRange<Double>?] {
    (0..<epochs).map { epoch in
      guard let values = sample(epoch)?.values, let low = values.min(), let high = values.max()
      else { return nil }
      return low...high
    }
  }

  /// How soon the mean over the trainings was as good as a level.
  ///
  /// - Parameters:
  ///   - level: The level.
  ///   - isHigherBetter: Whether more is better, as of accuracies.
  /// - Returns: The first epoch, counted from 1, after which it was, whatever it was later.
  public func epochs(to level: Double, isHigherBetter: Bool = false) -> EpochsToLevel {
    let first = means.firstIndex { mean in
      mean.map { isHigherBetter ? $0 >= level : $0 <= level } ?? false
    }
    return EpochsToLevel(level: level, epochs: first.map { $0 + 1 }, count: epochs)
  }
}

/// How soon trainings were as good as a level.
public struct EpochsToLevel: Codable, Sendable, Hashable {
  /// The level.
  public let level: Double
  /// The number of epochs that it took; nil where the trainings ended before, null in JSON.
  public let epochs: Int?
  /// The number of epochs that there were.
  public let count: Int

  /// Says how soon.
  public init(level: Double, epochs: Int?, count: Int) {
    (self.level, self.epochs, self.count) = (level, epochs, count)
  }

  private enum CodingKeys: String, CodingKey { case level, epochs, count }

  /// Writes all three, null for a level that was not reached.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(level, forKey: .level)
    try values.encode(epochs, forKey: .epochs)
    try values.encode(count, forKey: .count)
  }

  /// For a reader: `3 of 10`, or `never in 10`.
  public var text: String { epochs.map { "\($0) of \(count)" } ?? "never in \(count)" }
  /// The same in a sentence: `after 3 of 10 epochs`, or `never in 10 epochs`.
  public var phrase: String {
    (epochs == nil ? "" : "after ") + text + (count == 1 ? " epoch" : " epochs")
  }
}
