import Datasets
import Networks
import Search
import Tensors

/// A search with all 110 operations on a residual network of 8 layers, small enough for a test:
/// 24 + 24 images of 8×8 pixels, three steps an epoch.
enum TinySearch {
  static func configuration(seed: UInt64 = 1, epochs: Int = 3) -> BilevelConfiguration {
    var configuration = BilevelConfiguration()
    configuration.seed = seed
    configuration.recipe = .init(epochs: epochs, batchSize: 8)
    configuration.architectureLearningRate = 0.01
    return configuration
  }

  /// Noise, brighter above in one class and on the left in the other.
  static func data(seed: UInt64 = 1) throws -> SearchData<Tensor<Float>, [Int32]> {
    var stream = RandomStream(seed: 99, purpose: "test")
    let labels = (0..<48).map { UInt8($0 % 2) }
    let pixels = labels.flatMap { label in
      (0..<64).map { pixel in
        let isBright = label == 0 ? pixel < 32 : pixel % 8 < 4
        return UInt8(stream.integer(below: 100) + (isBright ? 100 : 0))
      }
    }
    let images = ImageSet(pixels: pixels, labels: labels, height: 8, width: 8, channels: 1)
    let normalization = Normalization(statisticsOf: images)
    func shuffled(_ part: Range<Int>, _ purpose: String) throws -> ImageBatches {
      try ImageBatches(
        shuffling: images, indices: part, batchSize: 8, normalization: normalization, seed: seed,
        purpose: purpose)
    }
    return SearchData(
      training: try shuffled(0..<24, "training"),
      validation: try shuffled(24..<48, "validation"),
      scoring: try ImageBatches(
        inOrder: images, indices: 24..<48, batchSize: 24, normalization: normalization))
  }

  static var network: ResidualNetwork {
    var stream = RandomStream(seed: 4, purpose: "initialization")
    return ResidualNetwork(depth: 8, channels: 1, classes: 2, stream: &stream)
  }

  static func search(
    _ configuration: BilevelConfiguration, threads: Int = 2
  ) throws -> BilevelSearch<ResidualNetwork> {
    try BilevelSearch(
      configuration, model: network, data: try data(seed: configuration.seed),
      device: Device(threads: threads))
  }
}
