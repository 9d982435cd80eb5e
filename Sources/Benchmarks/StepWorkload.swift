import Activations
import Datasets
import Networks
import Search
import Tensors
import Training

extension Benchmark {
  /// Color images of 32×32 pixels in ten classes, all of it noise.
  fileprivate static var noise: ImageSet {
    var stream = RandomStream(seed: 0, purpose: "images")
    return ImageSet(
      pixels: (0..<batchSize * 32 * 32 * 3).map { _ in UInt8(truncatingIfNeeded: stream.word()) },
      labels: (0..<batchSize).map { UInt8($0 % 10) }, height: 32, width: 32, channels: 3)
  }

  /// A batch of noise.
  fileprivate static func batch() throws -> Batch<Tensor<Float>, [Int32]> {
    let noise = noise
    return try ImageBatches(
      inOrder: noise, indices: 0..<batchSize, batchSize: batchSize,
      normalization: Normalization(statisticsOf: noise)
    ).batch(at: 0)
  }

  /// A training step with ReLU of a network of the catalog.
  ///
  /// - Parameters:
  ///   - name: The network's name.
  ///   - device: The threads to compute on.
  /// - Returns: What takes a step; nil if there is no such network for images.
  /// - Throws: `ModelMismatch` or `DatasetError` if images of 32×32 pixels do not suit it.
  static func trainingStep(of name: String, on device: Device) throws -> (() -> Void)? {
    let shape = DataShape.images(height: 32, width: 32, channels: 3, classes: 10)
    guard let entry = ModelCatalog.builtIn.entry(named: name),
      let model = try entry.make(for: shape, seed: 0) as? any Model<Tensor<Float>, [Int32]>
    else { return nil }
    return trainingStep(of: model, try batch(), on: device)
  }

  private static func trainingStep<M: Model<Tensor<Float>, [Int32]>>(
    of model: M, _ batch: Batch<Tensor<Float>, [Int32]>, on device: Device
  ) -> () -> Void {
    var trainer = Trainer(model: model, recipe: BilevelConfiguration().recipe, device: device)
    return { _ = trainer.step([batch], learningRate: 0.01) { _ in Rectifier() } }
  }

  /// ResNet-20 with ReLU and with the whole cell, on images of noise.
  struct StepWorkload {
    private var trainer: Trainer<ResidualNetwork>
    private var optimizer: BilevelOptimizer<ResidualNetwork>
    private let batch: Batch<Tensor<Float>, [Int32]>
    /// The same images, cropped and flipped.
    private let augmented: ImageBatches
    private var steps = 0

    private static func network() -> ResidualNetwork {
      var stream = RandomStream(seed: 0, purpose: "initialization")
      return ResidualNetwork(depth: 20, channels: 3, classes: 10, stream: &stream)
    }

    static var trainingOperations: Int { network().trainingOperations(height: 32, width: 32) }

    init(device: Device) throws {
      var configuration = BilevelConfiguration()
      configuration.recipe.batchSize = Benchmark.batchSize
      trainer = Trainer(
        model: Self.network(), recipe: configuration.recipe, device: device)
      optimizer = try BilevelOptimizer(configuration, model: Self.network(), device: device)
      let (noise, count) = (Benchmark.noise, Benchmark.batchSize)
      batch = try Benchmark.batch()
      augmented = try ImageBatches(
        shuffling: noise, indices: 0..<count, batchSize: count,
        normalization: Normalization(statisticsOf: noise),
        augmentation: Augmentation(flips: true, cropPadding: 4), seed: 0, purpose: "feeding")
    }

    /// Trains with a loader that prepares augmented batches on its own thread. The first batch,
    /// for which every training waits, is not counted.
    mutating func measureFeeding(steps: Int) throws -> Feeding {
      let loader = BatchLoader(augmented)
      var batch = loader.next()
      let before = loader.waitedSeconds
      let elapsed = Stopwatch.seconds {
        for _ in 0..<steps {
          _ = trainer.step([batch], learningRate: 0.01) { _ in Rectifier() }
          batch = loader.next()
        }
      }
      let preparing = (0..<7).map { number in
        Stopwatch.seconds { _ = augmented.batch(at: number) }
      }
      return Feeding(
        waited: loader.waitedSeconds - before, elapsed: elapsed,
        preparing: Stopwatch.median(preparing))
    }

    mutating func trainingStep() {
      _ = trainer.step([batch], learningRate: 0.01) { _ in Rectifier() }
    }

    mutating func weightStep() {
      steps += 1
      _ = optimizer.weightStep([batch], number: steps, learningRate: 0.01)
    }

    mutating func architectureStep() {
      steps += 1
      _ = optimizer.architectureStep([batch], number: steps)
    }

    func bothGradients() { optimizer.differentiate([batch]) }

    mutating func warmUp() {
      for _ in 0..<2 {
        trainingStep()
        weightStep()
        architectureStep()
      }
    }

    mutating func measure(into times: inout Times) {
      times.training.append(Stopwatch.seconds { trainingStep() })
      times.weights.append(Stopwatch.seconds { weightStep() })
      times.architecture.append(Stopwatch.seconds { architectureStep() })
    }
  }
}
