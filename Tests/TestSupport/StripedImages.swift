/// A data set that a small network learns in a few steps: gray 28×28 images with stripes, across
/// in class 0 and upright in class 1, under noise.
///
/// Neither a shift nor a flip changes the class.
public struct StripedImages {
  /// How many images there are to train with.
  public let trainCount: Int
  /// How many there are to test with.
  public let testCount: Int
  /// Other noise for other data sets.
  public let seed: UInt64

  /// Describes a data set.
  public init(trainCount: Int = 128, testCount: Int = 40, seed: UInt64 = 0) {
    self.trainCount = trainCount
    self.testCount = testCount
    self.seed = seed
  }

  /// The four idx files: names and contents.
  public var files: [(name: String, bytes: [UInt8])] {
    [("train", trainCount, seed), ("t10k", testCount, seed &+ 1_000_003)].flatMap {
      part, count, seed in
      [
        (
          name: "\(part)-images-idx3-ubyte", bytes: idx([count, 28, 28], pixels(count, seed: seed))
        ),
        (name: "\(part)-labels-idx1-ubyte", bytes: idx([count], labels(count))),
      ]
    }
  }

  /// Writes the files as the data set of a name.
  ///
  /// - Parameters:
  ///   - folder: The folder with data sets.
  ///   - name: The data set's own folder there.
  /// - Throws: What writing throws.
  public func write(to folder: TemporaryFolder, as name: String = "fashion-mnist") throws {
    for file in files { try folder.write(file.bytes, to: "\(name)/\(file.name)") }
  }

  /// Both classes in every part of the files.
  private func labels(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 * 7 / 3 % 2) } }

  private func pixels(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return labels(count).flatMap { label in
      (0..<28 * 28).map { position in
        let (row, column) = (position / 28, position % 28)
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let isBright = (label == 0 ? row : column) % 4 < 2
        return (isBright ? 170 : 50) + UInt8(state >> 59)
      }
    }
  }
}
