import Datasets
import TestSupport
import Testing

/// Kuzushiji-MNIST and EMNIST: MNIST's format with other names, labels and orientation.
@Suite struct CharacterTests {
  private static let train = (0..<(3 * 784)).map(scrambled)
  private static let test = (0..<784).map { scrambled($0 + 5000) }

  /// Writes `emnist-<part>-…` with three training images and one test image.
  private func folder(part: String, labels: [UInt8], in subfolder: String) throws -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    let start = "\(subfolder)/emnist-\(part)-"
    try folder.write(idx([3, 28, 28], Self.train), to: start + "train-images-idx3-ubyte")
    try folder.write(idx([3], labels), to: start + "train-labels-idx1-ubyte")
    try folder.write(
      gzip(idx([1, 28, 28], Self.test)), to: start + "test-images-idx3-ubyte.gz")
    try folder.write(gzip(idx([1], [labels[0]])), to: start + "test-labels-idx1-ubyte.gz")
    return folder
  }

  /// The images upright, in the middle of 32×32.
  private func upright(_ bytes: [UInt8]) -> [UInt8] {
    (0..<(bytes.count / 784)).flatMap { image in
      (0..<32).flatMap { row in
        (0..<32).map { column in
          guard (2..<30).contains(row), (2..<30).contains(column) else { return 0 }
          return bytes[image * 784 + (column - 2) * 28 + row - 2]
        }
      }
    }
  }

  @Test(arguments: [
    ("emnist", "balanced", [0, 46, 10] as [UInt8], [0, 46, 10] as [UInt8], 47, "emnist"),
    ("emnist-digits", "digits", [9, 0, 1], [9, 0, 1], 10, "emnist/gzip"),
    ("emnist-letters", "letters", [1, 26, 2], [0, 25, 1], 26, "EMNIST/raw"),
  ]) func `EMNIST is read upright, its letters from 0`(
    name: String, part: String, written: [UInt8], labels: [UInt8], classes: Int, subfolder: String
  ) throws {
    let folder = try folder(part: part, labels: written, in: subfolder)
    let dataset = try images(name, from: folder.locations)
    #expect(dataset.classes == classes && !dataset.allowsFlip)
    #expect(dataset.train.labels == labels && dataset.test.labels == [labels[0]])
    #expect(equal(dataset.train.pixels, upright(Self.train)))
    #expect(equal(dataset.test.pixels, upright(Self.test)))
  }

  @Test func `the classes are those of the labels`() throws {
    let names = try DatasetCatalog.builtIn.source(named: "emnist").contents.classNames
    #expect(names[9] == "9" && names[10] == "A" && names[35] == "Z")
    #expect(names[36] == "a" && names[46] == "t")
    #expect(
      try DatasetCatalog.builtIn.source(named: "emnist-letters").contents.classNames[25] == "z")
  }

  @Test(arguments: [0, 27] as [UInt8]) func `EMNIST's letters count from 1 to 26`(
    label: UInt8
  ) throws {
    let folder = try folder(part: "letters", labels: [1, label, 2], in: "emnist")
    let error = try failure {
      _ = try images("emnist-letters", from: folder.locations)
    }
    #expect(
      error.problem
        == .labelOutOfRange(
          folder.path + "/emnist/emnist-letters-train-labels-idx1-ubyte", record: 1,
          label: Int(label), expected: 1...26))
  }

  @Test func `Kuzushiji-MNIST has MNIST's files in a folder of its own`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder, as: "kmnist")
    let dataset = try images("kmnist", from: folder.locations)
    #expect(dataset.train.labels == [3, 1, 4, 1, 5, 9] && dataset.classNames[8] == "re")
    let digits = try SmallDigits().load()
    #expect(equal(dataset.train.pixels, digits.train.pixels))
  }
}
