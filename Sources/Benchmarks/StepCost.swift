import Networks
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

  /// Takes training steps with ReLU of a network to warm up and then some more.
  ///
  /// - Parameters:
  ///   - network: Its name in the catalog.
  ///   - steps: How many are measured, at least one.
  ///   - threads: Threads to compute on.
  /// - Throws: `UnknownNetwork`, `ModelMismatch` or `DatasetError`.
  public init(training network: String, steps: Int, threads: Int) throws {
    guard let step = try Benchmark.trainingStep(of: network, on: Device(threads: threads)) else {
      throw UnknownNetwork(name: network)
    }
    for _ in 0..<2 { step() }
    seconds = Stopwatch.median((0..<steps).map { _ in Stopwatch.seconds(step) })
    peakMemory = ProcessMemory.peak
  }

  /// Checks that there is a network.
  ///
  /// - Parameter network: Its name.
  /// - Throws: `UnknownNetwork`.
  public static func check(network: String) throws(UnknownNetwork) {
    if ModelCatalog.builtIn.entry(named: network) == nil { throw UnknownNetwork(name: network) }
  }

  /// A network that the catalog does not have.
  public struct UnknownNetwork: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for.
    public let name: String

    /// One line that names it, and the cure.
    public var description: String {
      "--networks: '\(name)' is no network; give some of those that search --help lists"
    }
  }
}
