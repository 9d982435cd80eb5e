import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct IDXTests {
  @Test func `digits are padded with black and keep their statistics`() throws {
    let files = SmallDigits()
    let dataset = try files.load()
    #expect(dataset.train.count == 6 && dataset.test.count == 2)
    #expect(dataset.train.labels == [3, 1, 4, 1, 5, 9] && dataset.test.labels == [2, 6])
    #expect(dataset.train.height == 32 && dataset.train.width == 32 && dataset.channels == 1)
    #expect(!dataset.allowsFlip && !dataset.augmentation.flips)
    for image in 0..<6 {
      for y in 0..<32 {
        for x in 0..<32 {
          let inside = (2..<30).contains(y) && (2..<30).contains(x)
          let expected = inside ? scrambled((image * 28 + y - 2) * 28 + x - 2) : 0
          try #require(dataset.train.pixels[(image * 32 + y) * 32 + x] == expected)
        }
      }
    }
    let values = (0..<(6 * 784)).map { Double(scrambled($0)) / 255 }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    #expect(abs(dataset.normalization.mean[0] - mean) < 1e-12)
    #expect(abs(dataset.normalization.standardDeviation[0] - variance.squareRoot()) < 1e-12)
  }

  @Test func `compressed and plain files give the same`() throws {
    let files = SmallDigits()
    let folder = try TemporaryFolder()
    try folder.write(gzip(files.trainImages), to: "mnist/train-images-idx3-ubyte.gz")
    try folder.write(gzip(files.trainLabels), to: "mnist/train-labels-idx1-ubyte.gz")
    // Packed without saying so in the name, and the other way round, as browsers leave them.
    try folder.write(gzip(files.testImages), to: "mnist/t10k-images-idx3-ubyte")
    try folder.write(files.testLabels, to: "mnist/t10k-labels-idx1-ubyte.gz")
    let packed = try images("mnist", from: folder.locations)
    let plain = try files.load()
    #expect(packed.train == plain.train && packed.test == plain.test)
  }

  @Test(arguments: [false, true]) func `a file cut anywhere is refused`(isPacked: Bool) throws {
    let files = SmallDigits()
    let folder = try TemporaryFolder()
    try files.write(to: folder)
    for (name, plain) in [
      ("train-labels-idx1-ubyte", files.trainLabels), ("t10k-images-idx3-ubyte", files.testImages),
    ] {
      let whole = isPacked ? try gzip(plain) : plain
      // Every length in the header and near the end, every seventh between.
      let lengths = (0..<whole.count).filter {
        $0 < 40 || $0 > whole.count - 20 || $0.isMultiple(of: 7)
      }
      for length in lengths {
        let path = try folder.write(Array(whole.prefix(length)), to: "mnist/" + name)
        let error = try failure { _ = try images("mnist", from: folder.locations) }
        try #require(error.description.contains(path))
        switch error.problem {
        case .truncated(path, _, let found):
          try #require(isPacked ? length < 2 : found == length)
        case .damagedGzip(path, reason: "it ends too early"):
          try #require(isPacked)
        default:
          Issue.record("\(length) of \(whole.count) bytes: \(error)")
        }
      }
      try folder.write(plain, to: "mnist/" + name)
    }
    _ = try images("mnist", from: folder.locations)
  }

  @Test func `one changed bit of a gzip file's data is noticed`() throws {
    var files = SmallDigits()
    let whole = try gzip(files.testImages)
    // After the header of 10 bytes, of which most are remarks without effect.
    for position in stride(from: 10, to: whole.count, by: 7) {
      files.testImages = whole
      files.testImages[position] ^= 0x10
      let error = try failure { _ = try files.load() }
      #expect(error.description.contains("/t10k-images-idx3-ubyte: "))
      switch error.problem {
      // What is unpacked wrongly may also get longer before the checksum is reached.
      case .damagedGzip, .tooLong: break
      default: Issue.record("byte \(position): \(error)")
      }
    }
  }

  @Test func `a wrong checksum is damage`() throws {
    var files = SmallDigits()
    files.trainLabels = try gzip(files.trainLabels)
    files.trainLabels[files.trainLabels.count - 8] ^= 1
    let error = try failure { _ = try files.load() }
    guard case .damagedGzip(let path, let reason) = error.problem else {
      throw error
    }
    #expect(path.hasSuffix("mnist/train-labels-idx1-ubyte") && reason == "incorrect data check")
  }

  @Test func `bytes after the end are refused`() throws {
    var files = SmallDigits()
    files.trainLabels = idx([6], [1, 2, 3, 4, 5, 6, 7])
    var error = try failure { _ = try files.load() }
    guard case .tooLong(_, expectedBytes: 14) = error.problem else { throw error }

    files.trainLabels = try gzip(files.trainLabels)
    error = try failure { _ = try files.load() }
    guard case .tooLong(_, expectedBytes: 14) = error.problem else { throw error }

    files.trainLabels = try gzip(SmallDigits().trainLabels) + [7]
    error = try failure { _ = try files.load() }
    guard case .damagedGzip(_, reason: "other bytes follow its end") = error.problem else {
      throw error
    }
  }

  @Test func `a header that promises terabytes costs nothing`() throws {
    var files = SmallDigits()
    files.trainImages = idx([0xFFFF_FFFF, 28, 28], [1, 2, 3])
    var error = try failure { _ = try files.load() }
    guard case .wrongFormat(_, _, found: "4294967295×28×28") = error.problem else { throw error }
    // Under the limit of 1 GiB, yet far more than there is.
    files.trainImages = idx([1_000_000, 28, 28], [1, 2, 3])
    error = try failure { _ = try files.load() }
    guard case .countsDiffer(_, 1_000_000, _, 6) = error.problem else { throw error }
    files.trainLabels = idx([1_000_000], [1, 2, 3])
    error = try failure { _ = try files.load() }
    guard case .tooManyExamples(_, 1_000_000, most: 60_000, _) = error.problem else { throw error }
    // Under the number that there are, yet more than the file has.
    files.trainImages = idx([60_000, 28, 28], [1, 2, 3])
    files.trainLabels = idx([60_000], [1, 2, 3])
    error = try failure { _ = try files.load() }
    guard case .truncated(_, 60_008, foundBytes: 11) = error.problem else { throw error }
    files.trainImages = try gzip(files.trainImages)
    files.trainLabels = try gzip(files.trainLabels)
    error = try failure { _ = try files.load() }
    guard case .truncated(_, 60_008, foundBytes: 11) = error.problem else { throw error }
  }

  @Test func `a small file that unpacks to much is not unpacked if the other says otherwise`()
    throws
  {
    var files = SmallDigits()
    // 0.3 GB of zeros.
    files.trainImages = try zeros(idx([400_000, 28, 28], []), count: 400_000 * 784)
    #expect(files.trainImages.count < 1_000_000)
    // What it takes of memory, `SystemLimitTests` sees.
    let error = try failure { _ = try files.load() }
    guard case .countsDiffer(_, 400_000, _, 6) = error.problem else { throw error }
  }

  @Test(arguments: [
    (idx([6, 28, 28], [], type: 0x0D), "magic 00 00 0d 03"),
    (idx([6], [1, 2, 3, 4, 5, 6]), "magic 00 00 08 01"),
    ([1, 2, 3, 4, 5], "magic 01 02 03 04"),
    (idx([6, 28, 27], []), "6×28×27"),
    (idx([6, 29, 28], []), "6×29×28"),
    (idx([0, 28, 28], []), "0×28×28"),
  ]) func `another format is named`(bytes: [UInt8], found: String) throws {
    var files = SmallDigits()
    files.trainImages = bytes
    let error = try failure { _ = try files.load() }
    guard case .wrongFormat(let path, _, let named) = error.problem else { throw error }
    #expect(path.hasSuffix("mnist/train-images-idx3-ubyte"))
    #expect(named == found)
    #expect(error.description.contains(path) && error.description.contains(found))
  }

  @Test func `labels out of range and counts that differ are refused`() throws {
    var files = SmallDigits()
    files.testLabels = idx([2], [9, 10])
    var error = try failure { _ = try files.load() }
    guard case .labelOutOfRange(let path, 1, 10, 0...9) = error.problem else { throw error }
    #expect(path.hasSuffix("mnist/t10k-labels-idx1-ubyte"))

    files.testLabels = idx([3], [1, 2, 3])
    error = try failure { _ = try files.load() }
    guard case .countsDiffer(let images, 2, let labels, 3) = error.problem else { throw error }
    #expect(images.hasSuffix("mnist/t10k-images-idx3-ubyte"))
    #expect(labels.hasSuffix("mnist/t10k-labels-idx1-ubyte"))
  }

  @Test func `images without variation are refused`() throws {
    var files = SmallDigits()
    files.trainImages = idx([6, 28, 28], [UInt8](repeating: 7, count: 6 * 784))
    let error = try failure { _ = try files.load() }
    guard case .constantImages(let place) = error.problem else { throw error }
    #expect(place.hasSuffix("/mnist"))
  }
}
