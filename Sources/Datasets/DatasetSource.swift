/// How a data set is called, where it lies, where it comes from, and how it is read.
public struct DatasetSource: Sendable {
  /// The name by which commands and configurations call it: lower case, words joined by "-".
  public let name: String
  /// The name its authors gave it.
  public let title: String
  /// What is in it, in a few words.
  public let contents: Contents
  /// The folders in which people keep it, within a location: the first is the official one. None of
  /// a data set that is made, not read.
  public let subfolders: [String]
  /// The files that belong to it; any may be there with `.gz` at its end.
  public let files: [PublishedFile]
  /// The one command or place that gets it.
  public let origin: String
  /// Reads all of it, labels checked.
  let read: @Sendable (DatasetFolder) throws(DatasetError) -> any Dataset

  /// What a data set has in it, as its authors publish it.
  public struct Contents: Sendable, Hashable {
    /// The number of examples to train with.
    public let training: Int
    /// The number of examples to test with.
    public let test: Int
    /// What one of them is.
    public let example: Example
    /// The classes, in the order of the labels; none where examples have no class.
    public let classNames: [String]

    /// Describes a data set.
    public init(training: Int, test: Int, example: Example, classNames: [String] = []) {
      self.training = training
      self.test = test
      self.example = example
      self.classNames = classNames
    }
  }

  /// What an example is, before any padding.
  public enum Example: Sendable, Hashable, CustomStringConvertible {
    /// An image; 1 channel for gray, 3 for red, green, blue.
    case image(height: Int, width: Int, channels: Int)
    /// Something else, in a few words.
    case other(String)

    /// In a few words, such as `28×28 gray`.
    public var description: String {
      switch self {
      case .image(let height, let width, let channels):
        "\(height)×\(width) \(channels == 3 ? "color" : "gray")"
      case .other(let words): words
      }
    }
  }

  /// Describes a data set of files.
  ///
  /// - Parameters:
  ///   - name: The name by which commands call it.
  ///   - title: The name its authors gave it.
  ///   - contents: What is in it.
  ///   - subfolders: The folders in which people keep it, the official one first.
  ///   - files: The files that belong to it.
  ///   - origin: The one command or place that gets it.
  ///   - read: Reads all of it.
  public init(
    name: String, title: String, contents: Contents, subfolders: [String],
    files: [PublishedFile], origin: String,
    read: @escaping @Sendable (DatasetFolder) throws(DatasetError) -> any Dataset
  ) {
    self.name = name
    self.title = title
    self.contents = contents
    self.subfolders = subfolders
    self.files = files
    self.origin = origin
    self.read = read
  }

  /// Describes a data set that a program makes.
  ///
  /// - Parameters:
  ///   - dataset: The data set.
  ///   - contents: What is in it.
  public init(_ dataset: any Dataset, contents: Contents) {
    self.init(
      name: dataset.name, title: dataset.title, contents: contents, subfolders: [], files: [],
      origin: "it is part of the program"
    ) { _ in dataset }
  }

  /// Whether the data set is made, not read.
  var isMade: Bool { subfolders.isEmpty }
}
