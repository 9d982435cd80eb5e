import Tensors

/// What a network sees in one step.
public struct Batch: Sendable, Equatable {
  /// Normalized images, `[batch, height, width, channels]`.
  public let images: Tensor<Float>
  /// `[batch]`, each the number of a class.
  public let labels: [Int32]
  /// `[batch]`, the position of each image in its `ImageSet`.
  public let indices: [Int]

  /// The number of images.
  public var count: Int { labels.count }
}
