import Activations
import Files
import Foundation
import Training

/// One training of an evaluation: everything that decides its outcome.
public struct EvaluationJob: Codable, Sendable, Hashable {
  /// What tables call the function.
  public let name: String
  /// The function.
  public let function: PlacedFunction
  /// The network's name.
  public let network: String
  /// The data set's name.
  public let dataset: String
  /// A number for the images and labels that were found under this name.
  public let images: String
  /// The first so many training images are used.
  public let trainImages: Int
  /// How the weights are trained.
  public let recipe: TrainingRecipe
  /// Where the random numbers come from: initial weights, batches, augmentation.
  public let seed: UInt64
  /// Whether the test images are scored after every epoch, not only at the end.
  public let testsEveryEpoch: Bool

  /// One thing that decides the outcome, as text.
  struct Field: Sendable, Hashable {
    /// As on the command line, where there is an option.
    let name: String
    let text: String
    /// Whether all jobs of a table share it.
    let isShared: Bool
  }

  /// Everything that decides the outcome; the name in tables does not.
  var fields: [Field] {
    let own = [
      ("function", function.within(.off).text), ("bound", limitsText), ("network", network),
      ("data", dataset), ("seed", "\(seed)"),
    ]
    let shared = [
      ("images", images), ("train-images", "\(trainImages)"), ("epochs", "\(recipe.epochs)"),
      ("batch-size", "\(recipe.batchSize)"), ("accumulation", "\(recipe.accumulation)"),
      ("learning-rate", "\(recipe.learningRate)"), ("schedule", recipe.schedule.rawValue),
      ("momentum", "\(recipe.optimizer.momentum ?? 0)"), ("weight-decay", "\(recipe.weightDecay)"),
      ("gradient-clip", recipe.gradientClip.map { "\($0)" } ?? "off"),
      ("test-every-epoch", "\(testsEveryEpoch)"),
    ]
    return own.map { Field(name: $0.0, text: $0.1, isShared: false) }
      + shared.map { Field(name: $0.0, text: $0.1, isShared: true) }
  }

  /// The limits of operations; those that version 0.1.0 knew as it wrote them.
  private var limitsText: String {
    switch (function.limits.outputs, function.limits.slopes) {
    case (.off, nil): "none"
    case (.output(let bound), nil): "\(bound)"
    default: "\(function.limits)"
    }
  }

  /// A number for all of `fields`: 16 hexadecimal digits.
  var digest: String {
    // Without a clip as before there was one: what has been done stays done.
    let fields = fields.filter { $0.name != "gradient-clip" || $0.text != "off" }
    return TextDigest.digest(fields.map { "\($0.name): \($0.text)\n" }.joined())
  }

  /// The name of the job's file.
  var fileName: String { fileName(digest: digest) }

  /// The name of a file of the job: readable as far as it goes, and with a digest.
  func fileName(digest: String) -> String {
    let word = name.prefix(24).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return "\(String(word))-\(network)-\(dataset)-seed\(seed)-\(digest).json"
  }

  /// What the jobs of a table should share but do not, such as `epochs 3, not 5`.
  func differences(from other: EvaluationJob) -> [String] {
    zip(fields, other.fields).compactMap { field, wanted in
      guard field.isShared, field.text != wanted.text else { return nil }
      return field.name == "images"
        ? "other images of \(dataset)" : "\(field.name) \(field.text), not \(wanted.text)"
    }
  }

  /// The job as one line, for the process that does it.
  ///
  /// - Throws: What the encoder throws.
  public func argument() throws -> String {
    String(decoding: try SnakeCaseJSON.data(self, isPretty: false), as: UTF8.self).trimmed
  }

  /// Reads what `argument` wrote.
  ///
  /// - Throws: What the decoder throws.
  public init(argument: String) throws {
    self = try SnakeCaseJSON.value(EvaluationJob.self, from: Data(argument.utf8))
  }

  init(
    _ contender: Contender, table: EvaluationPlan.Table, recipe: TrainingRecipe,
    seed: UInt64, testsEveryEpoch: Bool
  ) {
    name = contender.name
    function = contender.function
    network = table.network
    dataset = table.dataset
    images = table.images
    trainImages = table.trainImages
    self.recipe = recipe
    self.seed = seed
    self.testsEveryEpoch = testsEveryEpoch
  }
}
