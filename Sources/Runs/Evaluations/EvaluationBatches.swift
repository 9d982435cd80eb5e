import Datasets

/// The batches of one training: the images to train with, shuffled by the seed, and those to test with.
struct EvaluationBatches {
  let training: BatchSequence
  let test: BatchSequence

  /// Prepares batches.
  ///
  /// - Parameters:
  ///   - dataset: Where the images come from.
  ///   - trainImages: The first so many training images are used.
  ///   - batchSize: Images of a training batch.
  ///   - seed: Where the order and the augmentation come from.
  /// - Throws: `DatasetError` if the batches cannot be made.
  init(_ dataset: ImageDataset, trainImages: Int, batchSize: Int, seed: UInt64) throws {
    training = try BatchSequence(
      shuffling: dataset.train, indices: 0..<trainImages, batchSize: batchSize,
      normalization: dataset.normalization, augmentation: dataset.augmentation, seed: seed,
      purpose: "training")
    test = try BatchSequence(
      inOrder: dataset.test, indices: 0..<dataset.test.count, batchSize: 256,
      normalization: dataset.normalization)
  }
}
