import Datasets

/// The two parts of a training set, as a search reads them.
public struct SearchData: Sendable {
  /// Augmented batches that train the weights.
  public let training: BatchSequence
  /// Augmented batches that train the architecture.
  public let validation: BatchSequence
  /// All images of the validation part as they are, in order: for scores.
  public let scoring: BatchSequence

  /// Takes parts that were made elsewhere, such as of images that no network for 32×32 reads.
  ///
  /// - Parameters:
  ///   - training: Batches that train the weights.
  ///   - validation: Batches that train the architecture; they share no image with `training`.
  ///   - scoring: The images of `validation` in order.
  public init(training: BatchSequence, validation: BatchSequence, scoring: BatchSequence) {
    self.training = training
    self.validation = validation
    self.scoring = scoring
  }

  /// Splits a data set's training images: the weights' part first, the architecture's part last.
  ///
  /// - Parameters:
  ///   - dataset: Its test images are not touched.
  ///   - configuration: Sizes, fractions and the seed.
  /// - Throws: `DatasetError` if the parts cannot be made, such as with more images than there are.
  public init(_ dataset: ImageDataset, configuration: SearchConfiguration) throws {
    let split = try TrainingSplit(
      of: dataset.train.count, limit: configuration.trainImages,
      validationFraction: configuration.validationFraction)
    func batches(_ part: Range<Int>, _ purpose: String) throws -> BatchSequence {
      try BatchSequence(
        shuffling: dataset.train, indices: part, batchSize: configuration.recipe.batchSize,
        normalization: dataset.normalization, augmentation: dataset.augmentation,
        seed: configuration.seed, purpose: purpose)
    }
    training = try batches(split.training, "training")
    validation = try batches(split.validation, "validation")
    scoring = try BatchSequence(
      inOrder: dataset.train, indices: split.validation, batchSize: 256,
      normalization: dataset.normalization)
  }
}
