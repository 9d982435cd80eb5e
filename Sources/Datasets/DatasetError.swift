import Files
import Foundation

/// What is wrong with data, or with what was asked of them, in one line, and what to do about it.
public struct DatasetError: Error, Equatable, Sendable {
  /// What is wrong, to match on.
  public let problem: Problem
  /// What to do, as the end of a sentence.
  public let cure: String

  /// Makes an error.
  public init(_ problem: Problem, cure: String) {
    self.problem = problem
    self.cure = cure
  }

  /// Says what keeps the system from reading a file or folder.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - code: The system's, `errno`.
  ///   - cure: What to do if the file is at fault, and not the process, which another copy would
  ///     not help.
  init(unreadable path: String, _ code: Int32, otherwise cure: String) {
    self.init(
      .unreadable(path, reason: String(cString: strerror(code))),
      cure: RunError.readingCure(of: code, otherwise: cure))
  }

  /// Everything that can be wrong; bytes are counted after unpacking.
  public enum Problem: Equatable, Sendable {
    /// No data set has this name.
    case unknownName(String)
    /// The file is that of another data set, whose files have the same names.
    case otherDataset(String, title: String)
    /// Every record has its two labels in the other order.
    case exchangedLabels(String)
    /// The data set lies in none of the folders searched.
    case notFound(title: String, searched: [String])
    /// The folder that was asked for by option is not there.
    case missingFolder(String)
    /// The data set's folder is there, this file is not.
    case missingFile(String)
    /// A folder, pipe or device stands where a file was expected.
    case notAFile(String, found: String)
    /// The system refuses to open or read the file.
    case unreadable(String, reason: String)
    /// The file ends too early.
    case truncated(String, expectedBytes: Int, foundBytes: Int)
    /// The file goes on after its last expected byte.
    case tooLong(String, expectedBytes: Int)
    /// The compressed file does not unpack to what was packed.
    case damagedGzip(String, reason: String)
    /// The file's header tells of something else.
    case wrongFormat(String, expected: String, found: String)
    /// A label that names no class.
    case labelOutOfRange(String, record: Int, label: Int, expected: ClosedRange<Int>)
    /// The file is as long as the published one, but not the same.
    case otherContents(String, expectedMD5: String, foundMD5: String)
    /// One file has more images than the other has labels, or fewer.
    case countsDiffer(images: String, imageCount: Int, labels: String, labelCount: Int)
    /// The file has more examples than the data set.
    case tooManyExamples(String, found: Int, most: Int, title: String)
    /// All training images have the same value in a channel.
    case constantImages(place: String)
    /// A part of the training images was asked for that cannot be.
    case impossibleSplit(reason: String)
    /// The network takes other examples.
    case otherKind(dataset: String, shape: String)
    /// More images a batch than there are, or none.
    case impossibleBatch(batchSize: Int, images: Int)
  }
}

extension DatasetError.Problem: CustomStringConvertible {
  /// One line that names the file, what was expected and what was found.
  public var description: String {
    switch self {
    case .unknownName(let name):
      "there is no data set '\(name)'"
    case .otherDataset(let file, let title):
      "\(file): is the file of \(title), which has the same name"
    case .exchangedLabels(let file):
      "\(file): its two labels are exchanged, the class stands before the superclass"
    case .notFound(let title, let searched):
      "\(title) was not found; searched: \(searched.joined(separator: ", "))"
    case .missingFolder(let folder):
      "\(folder): no such folder"
    case .missingFile(let file):
      "\(file): no such file, while others of this data set are there"
    case .notAFile(let file, let found):
      "\(file): expected a file, found \(found)"
    case .unreadable(let file, let reason):
      "\(file): cannot be read (\(reason))"
    case .truncated(let file, let expected, let found):
      "\(file): truncated, expected \(expected) bytes, found \(found)"
    case .tooLong(let file, let expected):
      "\(file): wrong size, expected \(expected) bytes, found more"
    case .damagedGzip(let file, let reason):
      "\(file): damaged gzip file (\(reason))"
    case .wrongFormat(let file, let expected, let found):
      "\(file): wrong format, expected \(expected), found \(found)"
    case .labelOutOfRange(let file, let record, let label, let expected):
      "\(file): record \(record) has label \(label), "
        + "expected \(expected.lowerBound)…\(expected.upperBound)"
    case .otherContents(let file, let expected, let found):
      "\(file): not the published bytes, expected MD5 \(expected), found \(found)"
    case .countsDiffer(let images, let imageCount, let labels, let labelCount):
      "\(images) has \(imageCount) images, but \(labels) has \(labelCount) labels"
    case .tooManyExamples(let file, let found, let most, let title):
      "\(file): has \(found) examples, while \(title) has \(most) of them"
    case .constantImages(let place):
      "\(place): all training images are the same in a color"
    case .impossibleSplit(let reason):
      "cannot split the training images: \(reason)"
    case .otherKind(let dataset, let shape):
      "\(dataset) has \(shape), which the network does not take"
    case .impossibleBatch(let batchSize, let images):
      "cannot make batches of \(batchSize) out of \(images) images"
    }
  }
}

extension DatasetError: CustomStringConvertible, LocalizedError {
  /// The problem and its cure, in one line.
  public var description: String { "\(problem); \(cure)" }

  /// The same line, for those who ask Foundation.
  public var errorDescription: String? { description }
}
