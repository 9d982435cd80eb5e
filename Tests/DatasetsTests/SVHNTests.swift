import Datasets
import Foundation
import TestSupport
import Testing

/// On files that `Tests/References/svhn.py` wrote with SciPy.
@Suite struct SVHNTests {
  /// The bytes of a fixture.
  private static func fixture(_ name: String) throws -> [UInt8] {
    let folder = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
    return Array(try Data(contentsOf: folder.appendingPathComponent("svhn_\(name).mat")))
  }

  private func folder(
    train: [UInt8]? = nil, test: [UInt8]? = nil
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(train ?? Self.fixture("train"), to: "svhn/train_32x32.mat")
    try folder.write(test ?? Self.fixture("test"), to: "svhn/test_32x32.mat")
    return folder
  }

  private func trainFile(_ folder: TemporaryFolder) -> String {
    folder.path + "/svhn/train_32x32.mat"
  }

  private func failureWith(train: [UInt8]) throws -> DatasetError {
    let folder = try folder(train: train)
    let error = try failure { _ = try images("svhn", from: folder.locations) }
    #expect(error.description.contains(trainFile(folder)))
    return error
  }

  /// The script's formula.
  private func pixels(_ count: Int, salt: Int) -> [UInt8] {
    (0..<count).flatMap { image in
      (0..<32).flatMap { row in
        (0..<32).flatMap { column in
          (0..<3).map { color in
            UInt8((row * 7 + column / 4 * 11 + color * 50 + (image + salt) * 23) % 256)
          }
        }
      }
    }
  }

  @Test func `packed and plain files, every byte at its place, 10 is 0`() throws {
    let folder = try folder()
    let dataset = try images("svhn", from: folder.locations)
    #expect(dataset.train.count == 10 && dataset.test.count == 2)
    #expect(dataset.channels == 3 && dataset.classes == 10 && !dataset.allowsFlip)
    #expect(dataset.train.labels == [1, 4, 7, 0, 3, 6, 9, 2, 5, 8])
    #expect(dataset.test.labels == [6, 9])
    #expect(equal(dataset.train.pixels, pixels(10, salt: 0)))
    #expect(equal(dataset.test.pixels, pixels(2, salt: 5)))
  }

  @Test func `labels stored as double-precision numbers are the same`() throws {
    let folder = try folder(test: Self.fixture("double_labels"))
    #expect(try images("svhn", from: folder.locations).test.labels == [6, 9])
  }

  @Test(arguments: [
    ("no_images", "variable X"), ("other_extents", "16×32×3×2"), ("single", "of class 7"),
    ("label_11", "expected labels 1…10, found 11 at 0"), ("counts", "2 images, but its y has 1"),
  ]) func `other variables are refused`(name: String, part: String) throws {
    let error = try failureWith(train: Self.fixture(name))
    #expect(error.description.contains(part), "\(error)")
  }

  @Test(arguments: ["train", "test"]) func `a file cut anywhere is refused`(name: String) throws {
    let whole = try Self.fixture(name)
    for length in Array(stride(from: 0, to: whole.count, by: 97)) + [
      127, 128, 135, whole.count - 1,
    ] {
      let error = try failureWith(train: Array(whole.prefix(length)))
      // A file that ends between two variables is whole, and one of them is not there.
      if case .truncated(_, _, let found) = error.problem {
        #expect(found == length)
      } else {
        guard case .wrongFormat = error.problem else { throw error }
      }
    }
  }

  @Test func `a packed file with a damaged byte never yields other images`() throws {
    let whole = try Self.fixture("train")
    let expected = pixels(10, salt: 0)
    var refused = 0
    for position in stride(from: 128, to: whole.count, by: 7) {
      var bytes = whole
      bytes[position] ^= 0x55
      let folder = try folder(train: bytes)
      let dataset = try? images("svhn", from: folder.locations)
      if let dataset {
        #expect(equal(dataset.train.pixels, expected), "byte \(position)")
      } else {
        refused += 1
      }
    }
    #expect(refused > 0)
  }

  @Test(arguments: [
    ("MATLAB 7.3 MAT-file, Platform: GLNXA64", "'MATLAB 7.3'"), ("\u{89}HDF", "other bytes"),
    ("GIF89a and more", "'GIF89a and'"),
  ]) func `foreign files are refused by their header`(start: String, part: String) throws {
    let bytes = Array(start.utf8) + [UInt8](repeating: 0, count: 600)
    let error = try failureWith(train: bytes)
    guard case .wrongFormat = error.problem else { throw error }
    #expect(error.description.contains(part), "\(error)")
  }

  @Test func `a header that promises more than the file holds costs no memory`() throws {
    var bytes = try Self.fixture("test")
    // The last extent of X, in the plain file: behind the other three.
    let extents: [UInt8] = [32, 0, 0, 0, 32, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0]
    let place = try #require(
      (0..<(bytes.count - 16)).first { Array(bytes[$0..<($0 + 16)]) == extents })
    bytes.replaceSubrange((place + 12)..<(place + 16), with: [0xFF, 0xFF, 0xFF, 0x7F])
    let error = try failureWith(train: bytes)
    guard case .countsDiffer(_, 0x7FFF_FFFF, _, 2) = error.problem else { throw error }
  }
}
