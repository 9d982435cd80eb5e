import CZlib
import Datasets
import Foundation
import TestSupport
import Testing

extension TemporaryFolder {
  var locations: DataLocations { DataLocations(folders: [path]) }
}

/// The images of a data set that comes with the package.
func images(
  _ name: String, from locations: DataLocations = DataLocations()
) throws -> ImageDataset {
  try #require(try DatasetCatalog.builtIn.load(name, from: locations) as? ImageDataset)
}

/// The images of a data set that no catalog has.
func images(_ source: DatasetSource, from locations: DataLocations) throws -> ImageDataset {
  try #require(try source.load(from: locations) as? ImageDataset)
}

/// A gzip file of some bytes and very many zeros, which is a thousandth of their size.
func zeros(_ start: [UInt8], count: Int) throws -> [UInt8] {
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  defer { stream.deallocate() }
  try #require(zlib_gzip_begin(stream) == Z_OK)
  defer { deflateEnd(stream) }
  var packed = [UInt8](repeating: 0, count: start.count + count / 500 + 1000)
  var source = start + [UInt8](repeating: 0, count: 1 << 20)
  var rest = start.count + count
  let capacity = packed.count
  packed.withUnsafeMutableBufferPointer { packed in
    stream.pointee.next_out = packed.baseAddress
    stream.pointee.avail_out = UInt32(capacity)
    while rest > 0 {
      let part = min(rest, source.count)
      rest -= part
      source.withUnsafeMutableBufferPointer { source in
        stream.pointee.next_in = source.baseAddress
        stream.pointee.avail_in = UInt32(part)
        _ = deflate(stream, rest == 0 ? Z_FINISH : Z_NO_FLUSH)
      }
      // Behind the start there are zeros alone.
      if source.count > 1 << 20 { source.removeFirst(start.count) }
    }
  }
  return Array(packed.prefix(Int(stream.pointee.total_out)))
}

/// The bytes as a gzip file.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  defer { stream.deallocate() }
  try #require(zlib_gzip_begin(stream) == Z_OK)
  defer { deflateEnd(stream) }
  var source = bytes
  var packed = [UInt8](repeating: 0, count: bytes.count + 1000)
  let status = source.withUnsafeMutableBufferPointer { source in
    packed.withUnsafeMutableBufferPointer { packed in
      stream.pointee.next_in = source.baseAddress
      stream.pointee.avail_in = UInt32(source.count)
      stream.pointee.next_out = packed.baseAddress
      stream.pointee.avail_out = UInt32(packed.count)
      return deflate(stream, Z_FINISH)
    }
  }
  try #require(status == Z_STREAM_END)
  return Array(packed.prefix(Int(stream.pointee.total_out)))
}

/// Bytes without a pattern that a mistake in the order could hide in.
func scrambled(_ position: Int) -> UInt8 {
  UInt8(truncatingIfNeeded: (position &* 2_654_435_761) >> 11)
}

/// The four files of MNIST's layout, small.
struct SmallDigits {
  var trainImages = idx([6, 28, 28], (0..<(6 * 784)).map(scrambled))
  var trainLabels = idx([6], [3, 1, 4, 1, 5, 9])
  var testImages = idx([2, 28, 28], (0..<(2 * 784)).map { scrambled($0 + 9999) })
  var testLabels = idx([2], [2, 6])

  func write(to folder: TemporaryFolder, as subfolder: String = "mnist") throws {
    try folder.write(trainImages, to: subfolder + "/train-images-idx3-ubyte")
    try folder.write(trainLabels, to: subfolder + "/train-labels-idx1-ubyte")
    try folder.write(testImages, to: subfolder + "/t10k-images-idx3-ubyte")
    try folder.write(testLabels, to: subfolder + "/t10k-labels-idx1-ubyte")
  }

  func load() throws -> ImageDataset {
    let folder = try TemporaryFolder()
    try write(to: folder)
    return try images("mnist", from: folder.locations)
  }
}

/// CIFAR-10's six files with three records each.
enum SmallCIFAR {
  static let recordsPerFile = 3
  static let names = (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]
  static let source = DatasetSource.cifar10(recordsPerFile: recordsPerFile)

  static func label(file: Int, record: Int) -> UInt8 { UInt8((file * 3 + record * 7) % 10) }

  static func byte(file: Int, record: Int, channel: Int, y: Int, x: Int) -> UInt8 {
    scrambled((((file * 3 + record) * 3 + channel) * 32 + y) * 32 + x)
  }

  /// A file as its authors describe it: label, then red, green, blue, each row by row.
  static func bytes(file: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in 0..<recordsPerFile {
      bytes.append(label(file: file, record: record))
      for channel in 0..<3 {
        for y in 0..<32 {
          for x in 0..<32 {
            bytes.append(byte(file: file, record: record, channel: channel, y: y, x: x))
          }
        }
      }
    }
    return bytes
  }

  static func write(to folder: TemporaryFolder, except missing: Set<Int> = []) throws {
    for (file, name) in names.enumerated() where !missing.contains(file) {
      try folder.write(bytes(file: file), to: "cifar-10-batches-bin/" + name)
    }
  }
}

/// Images without symmetry, for what shifts and flips do.
func asymmetricImages(count: Int, height: Int, width: Int, channels: Int) -> ImageSet {
  ImageSet(
    pixels: (0..<(count * height * width * channels)).map(scrambled),
    labels: (0..<count).map { UInt8($0 % 10) }, height: height, width: width, channels: channels)
}

/// Whether bytes are the same; as a function, so that a failed expectation does not look for the
/// shortest way from one to the other, which takes minutes.
func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool { left == right }

/// The error that `body` throws.
func failure(_ body: () throws -> Void) throws -> DatasetError {
  do {
    try body()
  } catch let error as DatasetError {
    let line = error.description
    #expect(!line.contains("\n") && line.contains("; "), "not one line with a cure: \(line)")
    #expect(error.localizedDescription == line)
    return error
  }
  throw Missing()
}

struct Missing: Error, CustomStringConvertible {
  let description = "no error was thrown"
}
