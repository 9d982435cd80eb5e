import Datasets
import Search
import Tensors

/// One-pixel images, each of which is known by its pixel: byte 0…count−1, of which the network sees
/// `byte / 10 − 2`.
enum PixelData {
  /// What the network sees of an image.
  static func pixel(_ image: Int) -> Float {
    normalization.value(of: UInt8(image), channel: 0)
  }

  static let normalization = Normalization(mean: [20 / 255.0], standardDeviation: [10 / 255.0])

  /// Makes the parts of a search: the first images train, the last validate.
  static func parts(
    training: Int, validation: Int, batchSize: Int, seed: UInt64 = 5,
    label: (Int) -> UInt8 = { UInt8($0 % 3 == 0 ? 0 : 1) }
  ) throws -> SearchData<Tensor<Float>, [Int32]> {
    let count = training + validation
    let images = ImageSet(
      pixels: (0..<count).map { UInt8($0) }, labels: (0..<count).map(label), height: 1, width: 1,
      channels: 1)
    func shuffled(_ part: Range<Int>, _ purpose: String) throws -> ImageBatches {
      try ImageBatches(
        shuffling: images, indices: part, batchSize: batchSize, normalization: normalization,
        seed: seed, purpose: purpose)
    }
    return SearchData(
      training: try shuffled(0..<training, "training"),
      validation: try shuffled(training..<count, "validation"),
      scoring: try ImageBatches(
        inOrder: images, indices: training..<count, batchSize: 256, normalization: normalization))
  }
}

/// Some images and their classes.
typealias ImageBatch = Batch<Tensor<Float>, [Int32]>

/// Thrown by a report to end a search early.
struct Enough: Error {}

extension BilevelSearch {
  /// Runs the first so many steps.
  mutating func run(steps: Int) throws {
    do {
      _ = try run { state in
        if state.trajectory.steps.count == steps { throw Enough() }
      }
    } catch is Enough {}
  }
}
