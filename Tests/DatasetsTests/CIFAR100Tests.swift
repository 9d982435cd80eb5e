import Datasets
import TestSupport
import Testing

@Suite struct CIFAR100Tests {
  private static let recordBytes = 2 + 3072

  /// Records of superclass, class, and three planes.
  private static func records(_ labels: [(coarse: UInt8, fine: UInt8)], salt: Int = 0) -> [UInt8] {
    labels.enumerated().flatMap { index, label in
      [label.coarse, label.fine] + (0..<3072).map { scrambled(index * 3072 + $0 + salt) }
    }
  }

  private static let train = records([(4, 0), (19, 99), (0, 4), (1, 1)])
  private static let test = records([(14, 98), (7, 6)], salt: 77)

  private func folder(
    train: [UInt8] = Self.train, test: [UInt8] = Self.test
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(train, to: "cifar-100-binary/train.bin")
    try folder.write(test, to: "cifar-100-binary/test.bin")
    return folder
  }

  @Test func `classes and superclasses of the same images, byte by byte`() throws {
    let folder = try folder()
    let fine = try images("cifar100", from: folder.locations)
    let coarse = try images("cifar100-coarse", from: folder.locations)
    #expect(fine.classes == 100 && coarse.classes == 20 && fine.allowsFlip && coarse.allowsFlip)
    #expect(fine.train.labels == [0, 99, 4, 1] && fine.test.labels == [98, 6])
    #expect(coarse.train.labels == [4, 19, 0, 1] && coarse.test.labels == [14, 7])
    #expect(equal(fine.train.pixels, coarse.train.pixels))
    #expect(equal(fine.test.pixels, coarse.test.pixels))
    #expect(fine.classNames[98] == "woman" && coarse.classNames[14] == "people")
    for (set, salt) in [(fine.train, 0), (fine.test, 77)] {
      let expected = (0..<set.count).flatMap { image in
        (0..<1024).flatMap { pixel in
          (0..<3).map { scrambled(image * 3072 + $0 * 1024 + pixel + salt) }
        }
      }
      #expect(equal(set.pixels, expected))
    }
  }

  @Test func `any whole number of records will do, half a record or none will not`() throws {
    let one = try folder(train: Array(Self.train.prefix(Self.recordBytes)))
    #expect(try images("cifar100", from: one.locations).train.count == 1)
    for (length, expected) in [(0, 1), (1, 1), (3073, 1), (3075, 2), (4 * 3074 - 1, 4)] {
      let folder = try folder(train: Array(Self.train.prefix(length)))
      let error = try failure { _ = try images("cifar100", from: folder.locations) }
      #expect(
        error.problem
          == .truncated(
            folder.path + "/cifar-100-binary/train.bin", expectedBytes: expected * 3074,
            foundBytes: length))
    }
  }

  @Test func `a small file that unpacks to more than was published is refused on the way`() throws {
    // 0.3 GB of zeros, valid records all of them.
    let folder = try folder(test: try zeros([], count: 100_000 * Self.recordBytes))
    let error = try failure { _ = try images("cifar100", from: folder.locations) }
    #expect(
      error.problem
        == .tooLong(folder.path + "/cifar-100-binary/test.bin", expectedBytes: 30_740_000))
  }

  @Test func `each label has a range of its own`() throws {
    var bytes = Self.train
    bytes[3074] = 20
    let coarse = try folder(train: bytes)
    _ = try images("cifar100", from: coarse.locations)
    var error = try failure {
      _ = try images("cifar100-coarse", from: coarse.locations)
    }
    #expect(
      error.problem
        == .labelOutOfRange(
          coarse.path + "/cifar-100-binary/train.bin", record: 1, label: 20, expected: 0...19))
    bytes[3074 + 1] = 100
    let fine = try folder(train: bytes)
    error = try failure { _ = try images("cifar100", from: fine.locations) }
    #expect(
      error.problem
        == .labelOutOfRange(
          fine.path + "/cifar-100-binary/train.bin", record: 1, label: 100, expected: 0...99))
  }
}
