import Evaluation
import Networks
import Search

/// One value of a configuration: its name in files, and how it is read and written as text.
///
/// The table below is the only place that knows the names; files and messages read it.
public struct Setting: Sendable {
  /// The name, as in a configuration file and, where there is one, the option.
  public let name: String
  /// What the value may be, for messages.
  public let kind: String

  let text: @Sendable (RunConfiguration) -> String
  /// Takes over a value given as text; returns false if it is of another kind.
  let set: @Sendable (inout RunConfiguration, String) -> Bool

  /// Every setting, in the order in which a file lists them.
  public static let all: [Setting] = [
    Setting("network", \.network, "a network's name"),
    Setting("data", \.dataset, "a data set's name"),
    Setting("seed", \.search.seed, "a whole number, not negative"),
    Setting("epochs", \.search.recipe.epochs, "a whole number"),
    Setting("batch-size", \.search.recipe.batchSize, "a whole number"),
    Setting("accumulation", \.search.recipe.accumulation, "a whole number"),
    Setting(
      "train-images", kind: "a whole number, or all",
      text: { $0.search.trainImages.map(String.init) ?? "all" },
      set: { configuration, text in
        configuration.search.trainImages = Int(text)
        return configuration.search.trainImages != nil || text == "all"
      }),
    Setting("validation-fraction", \.search.validationFraction, "a number"),
    Setting("learning-rate", \.search.recipe.learningRate, "a number"),
    Setting(
      "schedule",
      kind: LearningRateSchedule.allCases.map(\.rawValue).joined(separator: ", "),
      text: { $0.search.recipe.schedule.rawValue },
      set: { configuration, text in
        guard let schedule = LearningRateSchedule(rawValue: text) else { return false }
        configuration.search.recipe.schedule = schedule
        return true
      }),
    Setting("momentum", \.search.recipe.momentum, "a number"),
    Setting("weight-decay", \.search.recipe.weightDecay, "a number"),
    Setting("architecture-learning-rate", \.search.architectureLearningRate, "a number"),
    Setting("architecture-weight-decay", \.search.architectureWeightDecay, "a number"),
    Setting("warm-start-epochs", \.search.warmStartEpochs, "a whole number"),
    Setting("shrinking-start", \.search.shrinkingStart, "a whole number"),
    Setting("bound", \.search.bound, "a number"),
    Setting("exact", \.search.isExact, "true or false"),
  ]

  private init(
    _ name: String, kind: String, text: @escaping @Sendable (RunConfiguration) -> String,
    set: @escaping @Sendable (inout RunConfiguration, String) -> Bool
  ) {
    self.name = name
    self.kind = kind
    self.text = text
    self.set = set
  }

  private init<Value: LosslessStringConvertible & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<RunConfiguration, Value> & Sendable, _ kind: String
  ) {
    self.init(
      name, kind: kind, text: { $0[keyPath: path].description },
      set: { configuration, text in
        guard let value = Value(text) else { return false }
        configuration[keyPath: path] = value
        return true
      })
  }
}
