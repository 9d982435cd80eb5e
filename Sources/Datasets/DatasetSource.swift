/// How a data set is called, where it lies, where it comes from, and how its files are read.
public struct DatasetSource: Sendable {
  /// The name by which commands and configurations call it: lower case, words joined by "-".
  public let name: String
  /// The name its authors gave it.
  public let title: String
  /// The classes, in the order of the labels.
  public let classNames: [String]
  /// Whether mirror images keep their class.
  public let allowsFlip: Bool
  /// How many images there are, and how large.
  public let size: PublishedSize
  /// The folders in which people keep it, within a location: the first is the official one.
  public let subfolders: [String]
  /// The files that belong to it; any may be there with `.gz` at its end.
  public let files: [PublishedFile]
  /// The one command or place that gets it.
  public let origin: String
  /// Reads the training images and the test images as published, labels checked.
  let read: @Sendable (DatasetFolder) throws(DatasetError) -> (train: ImageSet, test: ImageSet)
}
