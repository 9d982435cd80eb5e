import Activations
import Training

/// Jobs as files and processes hold them; those of version 0.1.0 have a `bound` beside the
/// `formula`.
extension EvaluationJob {
  private enum CodingKeys: String, CodingKey {
    case name = "function"
    case function = "formula"
    case bound, network, dataset, images, trainImages, recipe, seed, testsEveryEpoch
  }

  /// Reads a job.
  ///
  /// - Parameter decoder: The decoder.
  /// - Throws: `DecodingError` if it is none.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    let function = try values.decode(PlacedFunction.self, forKey: .function)
    let bound = try values.decodeIfPresent(Double.self, forKey: .bound)
    self.function =
      bound.map { function.within(Limits(outputs: Bounding(outputs: $0))) } ?? function
    network = try values.decode(String.self, forKey: .network)
    dataset = try values.decode(String.self, forKey: .dataset)
    images = try values.decode(String.self, forKey: .images)
    trainImages = try values.decode(Int.self, forKey: .trainImages)
    recipe = try values.decode(TrainingRecipe.self, forKey: .recipe)
    seed = try values.decode(UInt64.self, forKey: .seed)
    testsEveryEpoch = try values.decode(Bool.self, forKey: .testsEveryEpoch)
  }

  /// Writes the job; `formula` holds the function with its limits.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encode(function, forKey: .function)
    try values.encode(network, forKey: .network)
    try values.encode(dataset, forKey: .dataset)
    try values.encode(images, forKey: .images)
    try values.encode(trainImages, forKey: .trainImages)
    try values.encode(recipe, forKey: .recipe)
    try values.encode(seed, forKey: .seed)
    try values.encode(testsEveryEpoch, forKey: .testsEveryEpoch)
  }
}
