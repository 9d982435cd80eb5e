import Datasets
import TestSupport
import Testing

@Suite struct CIFAR10Tests {
  @Test func `every byte of every record lands at its place`() throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder)
    let dataset = try images(SmallCIFAR.source, from: folder.locations)
    #expect(dataset.train.count == 15)
    #expect(dataset.test.count == 3)
    #expect(dataset.channels == 3 && dataset.classes == 10 && dataset.allowsFlip)
    #expect(dataset.folder == folder.path + "/cifar-10-batches-bin")
    for file in 0..<6 {
      for record in 0..<3 {
        let images = file < 5 ? dataset.train : dataset.test
        let image = file < 5 ? file * 3 + record : record
        #expect(images.labels[image] == SmallCIFAR.label(file: file, record: record))
        let start = image * 32 * 32 * 3
        var wrong = 0
        for y in 0..<32 {
          for x in 0..<32 {
            for channel in 0..<3 {
              let expected = SmallCIFAR.byte(
                file: file, record: record, channel: channel, y: y, x: x)
              if images.pixels[start + (y * 32 + x) * 3 + channel] != expected { wrong += 1 }
            }
          }
        }
        #expect(wrong == 0, "file \(file), record \(record)")
      }
    }
  }

  @Test func `the tensor has the bytes normalized, at the same places`() throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder)
    let dataset = try images(SmallCIFAR.source, from: folder.locations)
    let batch = try ImageBatches(
      inOrder: dataset.test, indices: [2, 0], batchSize: 2, normalization: dataset.normalization
    ).batch(at: 0)
    #expect(batch.input.shape == [2, 32, 32, 3])
    #expect(batch.targets == [2, 0].map { Int32(SmallCIFAR.label(file: 5, record: $0)) })
    let scalars = batch.input.scalars
    var wrong = 0
    for (place, record) in [2, 0].enumerated() {
      for y in 0..<32 {
        for x in 0..<32 {
          for channel in 0..<3 {
            let byte = SmallCIFAR.byte(file: 5, record: record, channel: channel, y: y, x: x)
            let expected =
              (Double(byte) / 255 - dataset.normalization.mean[channel])
              / dataset.normalization.standardDeviation[channel]
            let found = scalars[((place * 32 + y) * 32 + x) * 3 + channel]
            if found != Float(expected) { wrong += 1 }
          }
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test func `a file cut anywhere is refused`() throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder)
    let whole = SmallCIFAR.bytes(file: 3)
    for length in [0, 1, 2, 3072, 3073, 3074, 6146, whole.count - 1] {
      let path = try folder.write(
        Array(whole.prefix(length)), to: "cifar-10-batches-bin/data_batch_4.bin")
      let error = try failure {
        _ = try images(SmallCIFAR.source, from: folder.locations)
      }
      #expect(
        error.problem == .truncated(path, expectedBytes: whole.count, foundBytes: length))
      #expect(error.description.contains(path))
      #expect(error.description.contains("https://www.cs.toronto.edu/~kriz/cifar-10-binary"))
    }
  }

  @Test func `the official data set demands 10,000 records a file`() throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder)
    let error = try failure { _ = try images("cifar10", from: folder.locations) }
    #expect(
      error.problem
        == .truncated(
          folder.path + "/cifar-10-batches-bin/data_batch_1.bin", expectedBytes: 30_730_000,
          foundBytes: 9219))
  }

  @Test func `a file that goes on is refused`() throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder)
    let path = try folder.write(
      SmallCIFAR.bytes(file: 5) + [0], to: "cifar-10-batches-bin/test_batch.bin")
    let error = try failure {
      _ = try images(SmallCIFAR.source, from: folder.locations)
    }
    #expect(error.problem == .tooLong(path, expectedBytes: 9219))
    #expect(error.description.contains(path))
  }

  @Test func `a label out of range is refused with its record`() throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder)
    var bytes = SmallCIFAR.bytes(file: 1)
    bytes[2 * 3073] = 10
    let path = try folder.write(bytes, to: "cifar-10-batches-bin/data_batch_2.bin")
    let error = try failure {
      _ = try images(SmallCIFAR.source, from: folder.locations)
    }
    #expect(error.problem == .labelOutOfRange(path, record: 2, label: 10, expected: 0...9))
    #expect(error.description.contains("expected 0…9"))
  }

  @Test(arguments: 0..<6) func `each missing file is named`(missing: Int) throws {
    let folder = try TemporaryFolder()
    try SmallCIFAR.write(to: folder, except: [missing])
    let path = folder.path + "/cifar-10-batches-bin/" + SmallCIFAR.names[missing]
    let error = try failure {
      _ = try images(SmallCIFAR.source, from: folder.locations)
    }
    #expect(error.problem == .missingFile(path))
    #expect(error.description.contains(path))
  }
}
