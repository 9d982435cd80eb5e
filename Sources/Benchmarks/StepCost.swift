import Tensors

/// What the steps of one kind cost, measured in a process that does nothing else.
public struct StepCost: Codable, Sendable, Hashable {
  /// What the process does.
  public enum Workload: String, CaseIterable, Sendable {
    /// Training steps with ReLU.
    case training
    /// Architecture and weight steps with all operations alive.
    case search
    /// Gradients by weights and architecture in one pass, with all operations alive: what
    /// frameworks compute for a supernet.
    case gradients
  }

  /// The median time of a training step, of a weight step of search, or of a pass for both
  /// gradients.
  public let seconds: Double
  /// The peak resident memory of the process, in bytes.
  public let peakMemory: Int

  /// Takes a step to warm up and then some more, and measures this process.
  ///
  /// - Parameters:
  ///   - workload: The kind of steps.
  ///   - steps: How many are measured, at least one.
  ///   - threads: Threads to compute on.
  /// - Throws: `DatasetError` if the images cannot be made.
  public init(of workload: Workload, steps: Int, threads: Int) throws {
    var process = try Benchmark.StepWorkload(device: Device(threads: threads))
    var times: [Double] = []
    for _ in 0...steps {
      if workload == .search { process.architectureStep() }
      times.append(
        Stopwatch.seconds {
          switch workload {
          case .training: process.trainingStep()
          case .search: process.weightStep()
          case .gradients: process.bothGradients()
          }
        })
    }
    seconds = Stopwatch.median(Array(times.dropFirst()))
    peakMemory = ProcessMemory.peak
  }
}
