import Activations
import Datasets
import Files
import Settings
import Training

/// One training as a value: everything that decides its outcome.
///
/// Equal trials come to the same bits, so one that has been done is never done again.
public struct Trial: Sendable, Hashable {
  /// The activation.
  public var function: PlacedFunction
  /// The model's name in the catalog.
  public var model: String
  /// The data set's name in the catalog.
  public var dataset: String
  /// The digest of the examples that were found under this name.
  public var data: String
  /// The first so many training examples train.
  public var trainCount: Int
  /// The examples on which the trained model is scored.
  public var scored: DatasetPart
  /// How the model is trained.
  public var recipe: TrainingRecipe
  /// Where the random numbers come from: initial weights, batches, augmentation.
  public var seed: UInt64
  /// Whether the model is scored after every epoch, not only at the end.
  public var scoresEveryEpoch: Bool

  /// Describes a training.
  ///
  /// - Parameters:
  ///   - function: The activation.
  ///   - place: Model and examples.
  ///   - scored: The examples on which the trained model is scored.
  ///   - recipe: How the model is trained.
  ///   - seed: Where the random numbers come from.
  ///   - scoresEveryEpoch: Whether the model is scored after every epoch.
  public init(
    _ function: PlacedFunction, at place: TrialPlace, scored: DatasetPart = .test,
    recipe: TrainingRecipe, seed: UInt64, scoresEveryEpoch: Bool = false
  ) {
    self.function = function
    model = place.model
    dataset = place.dataset
    data = place.data
    trainCount = place.trainCount
    self.scored = scored
    self.recipe = recipe
    self.seed = seed
    self.scoresEveryEpoch = scoresEveryEpoch
  }
}

/// A model and the examples that train it: what trials that are compared have in common.
public struct TrialPlace: Sendable, Hashable {
  /// The model's name in the catalog.
  public let model: String
  /// The data set's name in the catalog.
  public let dataset: String
  /// The digest of the examples that were found under this name.
  public let data: String
  /// The first so many training examples train.
  public let trainCount: Int

  /// Names model and examples.
  ///
  /// - Parameters:
  ///   - model: The model's name in the catalog.
  ///   - dataset: The data set's name in the catalog.
  ///   - data: The digest of its examples.
  ///   - trainCount: The first so many training examples train.
  public init(model: String, dataset: String, data: String, trainCount: Int) {
    self.model = model
    self.dataset = dataset
    self.data = data
    self.trainCount = trainCount
  }
}

extension Trial {
  /// The identity: 16 hexadecimal digits, equal of equal trials.
  public var digest: String {
    var lines = [
      "function: \(function.text)", "network: \(model)", "data: \(dataset)", "examples: \(data)",
      "train-images: \(trainCount)", "scored: \(scored.text)", "seed: \(seed)",
    ]
    if scoresEveryEpoch { lines.append("test-every-epoch: true") }
    lines += recipe.unusualSettings.map { "\($0.name): \($0.text)" }
    return TextDigest.digest(lines.map { $0 + "\n" }.joined())
  }

  /// What trials of one plan and place should share but these do not, such as `epochs 3, not 5`.
  public func differences(from other: Trial) -> [String] {
    var names: [String] = []
    if data != other.data { names.append("other examples of \(dataset)") }
    func add(_ name: String, _ own: some Equatable, _ wanted: some Equatable) {
      if "\(own)" != "\(wanted)" { names.append("\(name) \(own), not \(wanted)") }
    }
    add("train-images", trainCount, other.trainCount)
    add("scored examples", scored.text, other.scored.text)
    let settings = TrainingRecipe.settings
    let own = Dictionary(uniqueKeysWithValues: settings.texts(of: recipe))
    let wanted = Dictionary(uniqueKeysWithValues: settings.texts(of: other.recipe))
    for name in settings.differences(recipe, other.recipe) {
      add(name, own[name] ?? "none", wanted[name] ?? "none")
    }
    add("test-every-epoch", scoresEveryEpoch, other.scoresEveryEpoch)
    return names
  }
}

extension TrainingRecipe {
  /// What is not as usual, so that a setting which comes later does not change the digest of what
  /// was done before; what only an optimizer has is compared with the usual numbers of that
  /// optimizer.
  fileprivate var unusualSettings: [(name: String, text: String)] {
    let settings = Self.settings
    var usual = TrainingRecipe(epochs: 0, batchSize: 0)
    var texts = Dictionary(uniqueKeysWithValues: settings.texts(of: usual))
    usual.optimizer = OptimizerChoice(named: optimizer.name) ?? optimizer
    texts.merge(settings.texts(of: usual)) { first, _ in first }
    return settings.texts(of: self).filter { texts[$0.name] != $0.text }
  }
}

extension DatasetPart {
  /// `test`, or `train` with the range of the examples.
  var text: String {
    switch self {
    case .test: "test"
    case .train(let part): "train \(part.lowerBound)..<\(part.upperBound)"
    }
  }

  /// Reads what `text` wrote; nil for anything else.
  init?(text: String) {
    if text == "test" {
      self = .test
      return
    }
    guard let match = text.wholeMatch(of: /train ([0-9]+)\.\.<([0-9]+)/),
      let lower = Int(match.1), let upper = Int(match.2), lower < upper
    else { return nil }
    self = .train(lower..<upper)
  }
}
