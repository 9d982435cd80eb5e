import Networks
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
  struct Times {
    var training: [Double] = []
    var weights: [Double] = []
    var architecture: [Double] = []
  }

  /// What the preparation of batches costs, in seconds.
  struct Feeding {
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
    report("products")
    let one = Device(threads: 1)
    let core = PeakRate(bestOf: (0..<3).map { _ in PeakRate(on: one) })
    let products = ProductRate()
    report("feeding")
    let feeding = try parallel.measureFeeding(steps: 12)
    report("memory")
    let memory = try (cost(.training).peakMemory, cost(.search).peakMemory)
    let peak = PeakRate(bestOf: peaks)
    return BenchmarkReport(
      machine: machine,
      rows: rows(peak, fast, slow, memory, feeding) + rows(products, beside: core))
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
        goal: "≤ 1.15"),
      BenchmarkRow(
        "search.architecture_step", milliseconds(fast.architecture), "ms",
        reference: 1000 * step, goal: "≤ 1.15"),
      BenchmarkRow(
        "search.memory", Double(memory.search) / 1e6, "MB",
        reference: Double(memory.training) / 1e6, goal: "≤ 1.05"),
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

  private func rows(_ rate: ProductRate, beside core: PeakRate) -> [BenchmarkRow] {
    [("gemm", rate.products), ("conv_1x1", rate.convolutions)].map { name, rate in
      BenchmarkRow(
        name, rate / 1e9, "GFLOP/s", reference: core.operations / 1e9, goal: "≥ 0.75")
    }
  }
}
