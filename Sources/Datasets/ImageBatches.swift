import Tensors

/// Batches of images.
///
/// An epoch is a pass over the images; every epoch of a shuffled sequence has its own order. The
/// order is drawn from a stream of the epoch, the augmentation of an image from a stream of epoch
/// and image, so nothing but a number is needed to take a run up again, and no batch depends on
/// those that were made before, nor on the thread that makes it.
public struct ImageBatches: Batches {
  /// Where the images come from.
  public let images: ImageSet
  /// The images that take part, as positions in `images`.
  public let indices: [Int]
  /// The number of images in a batch, the last one of an epoch excepted.
  public let batchSize: Int
  /// How often there is a batch in an epoch.
  public let batchesPerEpoch: Int
  /// How images are changed.
  public let augmentation: Augmentation

  private let kernel: PixelKernel
  private let chance: Chance?

  /// Makes a sequence that is shuffled anew in every epoch, for training. Images that do not fill
  /// the last batch of an epoch are left out of that epoch.
  ///
  /// - Parameters:
  ///   - images: Where the images come from.
  ///   - indices: The images that take part, each once an epoch.
  ///   - batchSize: From 1 to the number of images that take part.
  ///   - normalization: Turns bytes into numbers; of the training set, for all parts.
  ///   - augmentation: How images are changed.
  ///   - seed: The run's seed.
  ///   - purpose: What the batches are for, such as `"training"`; sequences of different purposes
  ///     draw from different streams.
  /// - Throws: `DatasetError` of problem `impossibleBatch` when there are not so many images.
  public init(
    shuffling images: ImageSet, indices: some Sequence<Int>, batchSize: Int,
    normalization: Normalization, augmentation: Augmentation = .none, seed: UInt64,
    purpose: String
  ) throws(DatasetError) {
    let indices = Array(indices)
    let chance = Chance(
      order: EpochOrder(
        count: indices.count, random: RandomStream(seed: seed, purpose: purpose + "/order")),
      changes: RandomStream(seed: seed, purpose: purpose + "/augmentation"))
    try self.init(images, indices, batchSize, normalization, augmentation, chance)
  }

  /// Makes a sequence in the order of `indices`, without chance, for evaluation.
  ///
  /// The last batch of an epoch may be smaller, so that an epoch shows every image once.
  ///
  /// - Parameters:
  ///   - images: Where the images come from.
  ///   - indices: The images that take part, in the order in which they come.
  ///   - batchSize: Positive.
  ///   - normalization: Turns bytes into numbers; of the training set, for all parts.
  /// - Throws: `DatasetError` of problem `impossibleBatch` when there are no images, or none is to
  ///   be in a batch.
  public init(
    inOrder images: ImageSet, indices: some Sequence<Int>, batchSize: Int,
    normalization: Normalization
  ) throws(DatasetError) {
    try self.init(images, Array(indices), batchSize, normalization, .none, nil)
  }

  private init(
    _ images: ImageSet, _ indices: [Int], _ batchSize: Int, _ normalization: Normalization,
    _ augmentation: Augmentation, _ chance: Chance?
  ) throws(DatasetError) {
    precondition(
      indices.allSatisfy { $0 >= 0 && $0 < images.count },
      "ImageBatches: an index outside the \(images.count) images")
    let dropsShortBatch = chance != nil
    guard batchSize > 0, indices.count >= (dropsShortBatch ? batchSize : 1) else {
      throw DatasetError(
        .impossibleBatch(batchSize: batchSize, images: indices.count),
        cure: indices.isEmpty
          ? "give images" : "give --batch-size from 1 to \(indices.count), or use more images")
    }
    self.images = images
    self.indices = indices
    self.batchSize = batchSize
    self.augmentation = augmentation
    self.chance = chance
    let isShort = !indices.count.isMultiple(of: batchSize)
    batchesPerEpoch = indices.count / batchSize + (isShort && !dropsShortBatch ? 1 : 0)
    kernel = PixelKernel(images, normalization)
  }

  /// The epoch of batch `number`, counted from 0.
  public func epoch(at number: Int) -> Int { number / batchesPerEpoch }

  /// Makes batch `number`: the same one at every call.
  ///
  /// - Parameter number: Counted from 0 through all epochs; not negative.
  /// - Returns: Normalized images `[batch, height, width, channels]`, and the number of each one's
  ///   class.
  public func batch(at number: Int) -> Batch<Tensor<Float>, [Int32]> {
    let epoch = epoch(at: number)
    let chosen = images(at: number)
    let imageBytes = images.bytesPerImage
    let tensor = Tensor<Float>([chosen.count, images.height, images.width, images.channels]) {
      target in
      images.pixels.withUnsafeBufferPointer { pixels in
        for (place, image) in chosen.enumerated() {
          guard let source = pixels.baseAddress else { return }
          kernel.write(
            source + image * imageBytes, change(of: image, epoch: epoch),
            to: target + place * imageBytes)
        }
      }
    }
    return Batch(
      input: tensor, targets: chosen.map { Int32(images.labels[$0]) }, count: chosen.count)
  }

  /// Which images are in batch `number`, as positions in `images`.
  public func images(at number: Int) -> [Int] {
    precondition(number >= 0, "images(at:): number \(number)")
    let start = number % batchesPerEpoch * batchSize
    let places = start..<min(start + batchSize, indices.count)
    let permutation = chance?.order.permutation(epoch: epoch(at: number))
    return places.map { indices[permutation?[$0] ?? $0] }
  }

  /// What happens to an image in an epoch.
  package func change(of image: Int, epoch: Int) -> Augmentation.Change {
    guard var random = chance?.changes.stream(at: UInt64(epoch) << 32 | UInt64(image)) else {
      return Augmentation.Change(down: 0, right: 0, isFlipped: false)
    }
    return augmentation.change(&random)
  }
}

/// What is drawn: the order of each epoch, and how each image is changed in it.
private struct Chance: Sendable {
  let order: EpochOrder
  let changes: RandomStream
}
