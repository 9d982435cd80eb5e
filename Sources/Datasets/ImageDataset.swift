/// A data set of labeled images, ready for a network: every image is 32×32.
public struct ImageDataset: Sendable {
  /// The name by which commands and configurations call it, such as `"fashion-mnist"`.
  public let name: String
  /// The name its authors gave it, such as `"Fashion-MNIST"`.
  public let title: String
  /// The classes, in the order of the labels.
  public let classNames: [String]
  /// The training images, `[count, 32, 32, channels]`.
  public let train: ImageSet
  /// The test images, `[count, 32, 32, channels]`.
  public let test: ImageSet
  /// Whether the mirror image of an image shows the same class: not so for digits.
  public let allowsFlip: Bool
  /// Mean and standard deviation of all training images as published, before any padding.
  public let normalization: Normalization
  /// The folder it was read from, `nil` when it was made in memory.
  public let folder: String?

  /// The height and width of every image, in pixels, that networks expect.
  public static let extent = 32

  /// Makes a data set of images as published: computes their statistics and pads them to 32×32.
  ///
  /// - Parameters:
  ///   - name: The name by which commands call it.
  ///   - title: The name its authors gave it.
  ///   - classNames: The classes, in the order of the labels.
  ///   - train: The training images, at most 32×32.
  ///   - test: The test images, of the same size.
  ///   - allowsFlip: Whether mirror images keep their class.
  ///   - folder: Where the images were read.
  /// - Throws: `DatasetError` of problem `constantImages` when the training images have a channel
  ///   without any variation, which nothing can be learned from.
  public init(
    name: String, title: String, classNames: [String], train: ImageSet, test: ImageSet,
    allowsFlip: Bool, folder: String? = nil
  ) throws(DatasetError) {
    let normalization = Normalization(statisticsOf: train)
    guard normalization.standardDeviation.allSatisfy({ $0 > 0 }) else {
      throw DatasetError(
        .constantImages(place: folder ?? name), cure: "give training images that differ")
    }
    self.name = name
    self.title = title
    self.classNames = classNames
    self.train = train.padded(toHeight: Self.extent, width: Self.extent)
    self.test = test.padded(toHeight: Self.extent, width: Self.extent)
    self.allowsFlip = allowsFlip
    self.normalization = normalization
    self.folder = folder
  }

  /// The channels of an image: the input channels of a network.
  public var channels: Int { train.channels }

  /// The number of classes: the outputs of a network.
  public var classes: Int { classNames.count }

  /// The usual augmentation: crops out of a frame of 4 pixels, and flips where they make sense.
  public var augmentation: Augmentation { Augmentation(flips: allowsFlip, cropPadding: 4) }
}
