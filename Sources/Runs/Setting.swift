import Activations
import Training
import Networks
import Search
import Suggestions

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
    Setting("schedule", \.search.recipe.schedule),
    Setting(
      "momentum", kind: "a number",
      text: { $0.search.recipe.optimizer.momentum?.description ?? "0.0" },
      set: { configuration, text in
        configuration.search.recipe.optimizer.momentum = Double(text)
        return Double(text) != nil
      }),
    Setting("weight-decay", \.search.recipe.weightDecay, "a number"),
    Setting("gradient-clip", \.search.recipe.gradientClip),
    Setting("cell", \.search.cell, "a cell, such as two-core-units"),
    Setting("operations", \.search.operations, "names of operations or sets, such as grafs"),
    Setting("method", \.search.method),
    Setting("sampling", \.search.sampling),
    Setting("scope", \.search.scope),
    Setting("scalars", \.search.scalars),
    Setting("architecture-learning-rate", \.search.architectureLearningRate, "a number"),
    Setting("architecture-weight-decay", \.search.architectureWeightDecay, "a number"),
    Setting("divergence-weight", \.search.divergenceWeight, "a number"),
    Setting("architecture-start", \.search.architectureStart, "a whole number"),
    Setting("warm-start-epochs", \.search.warmStartEpochs, "a whole number"),
    Setting(
      "warm-start-activation", kind: "a unary operation, such as relu, or usual",
      text: { $0.search.warmStartActivation?.name ?? "usual" },
      set: { configuration, text in
        if text == "usual" {
          configuration.search.warmStartActivation = nil
          return true
        }
        guard let operation = try? OperationSet.allPrimitives.unaryOperation(named: text) else {
          return false
        }
        configuration.search.warmStartActivation = operation
        return true
      }),
    Setting("shrinking", \.search.shrinking, "grafs, off, or stages such as 'stages 3:12 6:4'"),
    Setting("shrinking-start", \.search.shrinkingStart, "a whole number"),
    Setting(
      "shrinking-end", kind: "a whole number, or end",
      text: { $0.search.shrinkingEnd.map(String.init) ?? "end" },
      set: { configuration, text in
        configuration.search.shrinkingEnd = Int(text)
        return configuration.search.shrinkingEnd != nil || text == "end"
      }),
    Setting("discretization", \.search.discretization),
    Setting("bounding", \.search.boundingRule),
    Setting("bound", \.search.bound, "a number"),
    Setting("slope-bound", \.search.slopeBound),
    Setting("exact", \.search.isExact, "true or false"),
    Setting("divergence", \.search.divergence),
    Setting("checkpoint-seconds", \.checkpointSeconds, "a number"),
  ]

  /// Takes over a value given as text.
  ///
  /// - Parameters:
  ///   - value: The value; nil for something that is not one value.
  ///   - name: The setting's name.
  ///   - configuration: What is changed.
  /// - Returns: What is wrong, as one line; nil if nothing is.
  static func assign(
    _ value: String?, to name: String, in configuration: inout RunConfiguration
  ) -> String? {
    guard let setting = all.first(where: { $0.name == name }) else {
      return unknownName(name, kind: "setting", known: all.map(\.name))
    }
    // Lines of a block become one, as files are written.
    let words = value?.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let words, setting.set(&configuration, words.trimmed) else {
      let found = value.map { "'\($0.split(separator: "\n").joined(separator: " "))'" }
      return "'\(name)' must be \(setting.kind), not \(found ?? "a list")"
    }
    return nil
  }

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

  /// A number that may be missing.
  private init(
    _ name: String, _ path: WritableKeyPath<RunConfiguration, Double?> & Sendable
  ) {
    self.init(
      name, kind: "a number, or off", text: { $0[keyPath: path]?.description ?? "off" },
      set: { configuration, text in
        configuration[keyPath: path] = Double(text)
        return configuration[keyPath: path] != nil || text == "off"
      })
  }

  /// A choice among the cases of an enumeration.
  private init<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<RunConfiguration, Choice> & Sendable
  ) {
    self.init(
      name, kind: Choice.allCases.map(\.rawValue).joined(separator: ", "),
      text: { $0[keyPath: path].rawValue },
      set: { configuration, text in
        guard let choice = Choice(rawValue: text) else { return false }
        configuration[keyPath: path] = choice
        return true
      })
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
