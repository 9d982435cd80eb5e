import Activations
import Datasets
import Foundation
import Settings
import Training

extension Trial: Codable {
  private enum Key: String, CodingKey {
    case function, model, dataset, data, trainCount, scored, recipe, seed, scoresEveryEpoch
  }

  /// Reads a trial; the recipe's settings by their names, those that are missing as usual.
  ///
  /// - Throws: What the decoder throws, and where a value is no possible one.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    function = try values.decode(PlacedFunction.self, forKey: .function)
    model = try values.decode(String.self, forKey: .model)
    dataset = try values.decode(String.self, forKey: .dataset)
    data = try values.decode(String.self, forKey: .data)
    trainCount = try values.decode(Int.self, forKey: .trainCount)
    seed = try values.decode(UInt64.self, forKey: .seed)
    scoresEveryEpoch = try values.decode(Bool.self, forKey: .scoresEveryEpoch)
    let part = try values.decode(String.self, forKey: .scored)
    guard let scored = DatasetPart(text: part) else {
      throw DecodingError.dataCorruptedError(
        forKey: .scored, in: values, debugDescription: "'\(part)' is no part of a data set")
    }
    self.scored = scored
    recipe = TrainingRecipe(epochs: 0, batchSize: 0)
    let settings = try values.decode([String].self, forKey: .recipe).map { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: String(parts[0]), value: parts.dropFirst().first.map(String.init) ?? "")
    }
    do {
      try TrainingRecipe.settings.assign(settings, to: &recipe)
      try recipe.validate()
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .recipe, in: values, debugDescription: "\(error)")
    }
  }

  /// Writes the trial; the recipe as lines of a configuration file.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(function, forKey: .function)
    try values.encode(model, forKey: .model)
    try values.encode(dataset, forKey: .dataset)
    try values.encode(data, forKey: .data)
    try values.encode(trainCount, forKey: .trainCount)
    try values.encode(scored.text, forKey: .scored)
    let lines = TrainingRecipe.settings.texts(of: recipe).map { "\($0.name): \($0.text)" }
    try values.encode(lines, forKey: .recipe)
    try values.encode(seed, forKey: .seed)
    try values.encode(scoresEveryEpoch, forKey: .scoresEveryEpoch)
  }
}
