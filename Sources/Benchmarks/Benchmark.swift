import Activations
import Datasets
import Training
import Networks
import Search
import Tensors

/// Measures training and search of ResNet-20 on 32×32 color images, batch 128.
public struct Benchmark {
  /// Images of a step.
  public static let batchSize = 128

  private let threads: Int
  private let machine: String

  /// Prepares the measurements.
  ///
  /// - Parameters:
  ///   - threads: Threads to compute on; the scaling compares them with one.
  ///   - machine: The machine in words, for the report.
  public init(threads: Int, machine: String) {
    self.threads = threads
    self.machine = machine
  }

  /// The times of one kind of step, a measurement in each round.
  fileprivate struct Times {
    var training: [Double] = []
    var weights: [Double] = []
    var architecture: [Double] = []
  }

  /// What the preparation of batches costs, in seconds.
  fileprivate struct Feeding {
    /// The time that training steps waited for their batches, and their whole time.
    let waited: Double
    let elapsed: Double
    /// The time that one thread takes to prepare a batch.
    let preparing: Double
  }

  /// Measures everything in turn, round after round.
  ///
  /// - Parameters:
  ///   - rounds: Measurements of each step, at least one; the report shows their medians, and the
  ///     highest peak rate.
  ///   - cost: Measures the steps of a kind in a process of their own.
  ///   - report: Takes a line on what comes next.
  /// - Returns: The rows.
  /// - Throws: What `cost` throws.
  public func run(
    rounds: Int, cost: (StepCost.Workload) throws -> StepCost, report: (String) -> Void
  ) throws -> BenchmarkReport {
    let device = Device(threads: threads)
    var parallel = try StepWorkload(device: device)
    var serial = try StepWorkload(device: Device(threads: 1))
    var (peaks, fast, slow): ([PeakRate], Times, Times) = ([], Times(), Times())
    report("warming up")
    parallel.warmUp()
    serial.warmUp()
    for round in 1...rounds {
      report("round \(round) of \(rounds)")
      peaks.append(PeakRate(on: device))
      parallel.measure(into: &fast)
      if threads > 1 { serial.measure(into: &slow) }
    }
    report("feeding")
    let feeding = try parallel.measureFeeding(steps: 12)
    report("memory")
    let memory = try (cost(.training).peakMemory, cost(.search).peakMemory)
    guard let peak = peaks.max(by: { $0.operations < $1.operations }) else {
      preconditionFailure("bench: no round")
    }
    return BenchmarkReport(
      machine: machine, rows: rows(peak, fast, slow, memory, feeding))
  }

  private func rows(
    _ peak: PeakRate, _ fast: Times, _ slow: Times, _ memory: (training: Int, search: Int),
    _ feeding: Feeding
  ) -> [BenchmarkRow] {
    let step = Stopwatch.median(fast.training)
    let operations = StepWorkload.trainingOperations * Self.batchSize
    func milliseconds(_ times: [Double]) -> Double { 1000 * Stopwatch.median(times) }
    var rows = [
      BenchmarkRow(
        "fma_peak", peak.operations / 1e9, "GFLOP/s", reference: peak.bound / 1e9,
        goal: "≥ 0.95"),
      BenchmarkRow(
        "train.resnet20", Double(Self.batchSize) / step, "images/s",
        reference: Double(Self.batchSize) * peak.operations / Double(operations),
        goal: Device.vectorLanes > 8 ? "≥ 0.58" : "≥ 0.72"),
      BenchmarkRow(
        "search.weight_step", milliseconds(fast.weights), "ms", reference: 1000 * step,
        goal: "≤ 1.25"),
      BenchmarkRow(
        "search.architecture_step", milliseconds(fast.architecture), "ms",
        reference: 1000 * step, goal: "≤ 1.25"),
      BenchmarkRow(
        "search.memory", Double(memory.search) / 1e6, "MB",
        reference: Double(memory.training) / 1e6, goal: "≤ 1.25"),
      BenchmarkRow(
        "feeding.wait", 1000 * feeding.waited, "ms", reference: 1000 * feeding.elapsed,
        goal: "≤ 0.02"),
      BenchmarkRow(
        "feeding.core", 1000 * feeding.preparing, "ms", reference: 1000 * step,
        goal: "≤ 0.10"),
    ]
    if threads > 1 {
      let goal = threads == 2 ? "≥ 1.85" : nil
      let search = zip(fast.weights, fast.architecture).map { $0 + $1 }
      let serial = zip(slow.weights, slow.architecture).map { $0 + $1 }
      rows += [
        BenchmarkRow(
          "threads.train", 1 / step, "steps/s", reference: 1 / Stopwatch.median(slow.training),
          goal: goal),
        BenchmarkRow(
          "threads.search", 1 / Stopwatch.median(search), "steps/s",
          reference: 1 / Stopwatch.median(serial), goal: goal),
      ]
    }
    return rows
  }

  // MARK: - Workload

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
      var stream = RandomStream(seed: 0, purpose: "images")
      let count = Benchmark.batchSize
      let noise = ImageSet(
        pixels: (0..<count * 32 * 32 * 3).map { _ in UInt8(truncatingIfNeeded: stream.word()) },
        labels: (0..<count).map { UInt8($0 % 10) }, height: 32, width: 32, channels: 3)
      let sequence = try ImageBatches(
        inOrder: noise, indices: 0..<count, batchSize: count,
        normalization: Normalization(statisticsOf: noise))
      batch = sequence.batch(at: 0)
      augmented = try ImageBatches(
        shuffling: noise, indices: 0..<count, batchSize: count,
        normalization: Normalization(statisticsOf: noise),
        augmentation: Augmentation(flips: true, cropPadding: 4), seed: 0, purpose: "feeding")
    }

    /// Trains with a loader that prepares augmented batches on its own thread. The first batch,
    /// for which every training waits, is not counted.
    fileprivate mutating func measureFeeding(steps: Int) throws -> Feeding {
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

    fileprivate mutating func measure(into times: inout Times) {
      times.training.append(Stopwatch.seconds { trainingStep() })
      times.weights.append(Stopwatch.seconds { weightStep() })
      times.architecture.append(Stopwatch.seconds { architectureStep() })
    }
  }
}
