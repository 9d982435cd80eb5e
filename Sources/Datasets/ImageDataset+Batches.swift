import Files
import Networks
import Tensors

extension ImageDataset: Dataset {
  /// Images a batch that is scored has at most: as many as keep all threads busy.
  private static let scoredAtATime = 256

  /// What a network must be made for.
  public var shape: DataShape {
    .images(height: train.height, width: train.width, channels: channels, classes: classes)
  }

  /// The number of training images.
  public var trainCount: Int { train.count }

  /// The number of test images.
  public var testCount: Int { test.count }

  /// A number for the training images and their labels.
  public var trainDigest: Int { train.digest }

  /// A number for the test images and their labels.
  public var testDigest: Int { test.digest }

  /// Training images, shuffled and augmented.
  public func batches(
    of part: Range<Int>, size: Int, seed: UInt64, purpose: String
  ) throws(DatasetError) -> any Batches<Tensor<Float>, [Int32]> {
    try ImageBatches(
      shuffling: train, indices: part, batchSize: size, normalization: normalization,
      augmentation: augmentation, seed: seed, purpose: purpose)
  }

  /// Images as they are, in order.
  public func scoring(
    _ part: DatasetPart
  ) throws(DatasetError) -> any Batches<Tensor<Float>, [Int32]> {
    switch part {
    case .train(let part):
      try ImageBatches(
        inOrder: train, indices: part, batchSize: Self.scoredAtATime, normalization: normalization)
    case .test:
      try ImageBatches(
        inOrder: test, indices: 0..<test.count, batchSize: Self.scoredAtATime,
        normalization: normalization)
    }
  }
}

extension ImageSet {
  /// A number that images with other pixels or labels do not share, but by chance.
  public var digest: Int {
    [pixels, labels].reduce(0) { sum, bytes in
      bytes.withUnsafeBytes { sum &* 31 &+ Int(bitPattern: UInt(ContentDigest.mixed($0))) }
    }
  }
}
