import Foundation
import Tensors

/// The peak memory of a process that does nothing but take steps of one kind.
public enum PeakMemory {
  /// What the process does.
  public enum Workload: String, CaseIterable, Sendable {
    /// Training steps with ReLU.
    case training
    /// Architecture and weight steps with all operations alive.
    case search
  }

  /// Takes a few steps, and measures this process.
  ///
  /// - Parameters:
  ///   - workload: The kind of steps.
  ///   - threads: Threads to compute on.
  /// - Returns: The peak resident memory, in bytes.
  /// - Throws: `DatasetError` if the images cannot be made.
  public static func measure(_ workload: Workload, threads: Int) throws -> Int {
    var steps = try Benchmark.StepWorkload(team: ThreadTeam(threadCount: threads))
    for _ in 0..<3 {
      switch workload {
      case .training:
        steps.trainingStep()
      case .search:
        steps.architectureStep()
        steps.weightStep()
      }
    }
    var usage = rusage()
    #if os(Linux)
      getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
