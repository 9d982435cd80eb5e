import Foundation
import Runs
import Traces

/// How a run stands, by what its trace says and by whether a process still writes to its folder.
public enum RunStanding: String, Sendable, CaseIterable {
  /// A process searches.
  case running
  /// The search has ended; its process still trains with ReLU for comparison.
  case comparing
  /// The search has ended, but the training with ReLU for comparison was stopped or killed.
  case incomplete
  /// It reached its end.
  case finished
  /// A loss or a weight ceased to be finite.
  case diverged
  /// The user stopped it.
  case interrupted
  /// An error ended it.
  case failed
  /// It ended without a word: no process writes to its folder, and its trace says that it runs.
  case killed
  /// It runs, or was killed: the file system knows no locks.
  case unknown

  /// Finds out.
  ///
  /// - Parameters:
  ///   - status: What the trace says.
  ///   - isLocked: Whether a process writes to the run's folder; nil if nobody knows.
  ///   - hasResult: Whether the run has left its result.
  public init(_ status: Trace.Status, isLocked: Bool?, hasResult: Bool) {
    switch status {
    case .running: self = isLocked.map { $0 ? .running : .killed } ?? .unknown
    case .finished where hasResult || isLocked == nil: self = .finished
    case .finished: self = isLocked == true ? .comparing : .incomplete
    // A resumed run says so again as soon as it publishes its trace.
    case .interrupted: self = isLocked == true ? .running : .interrupted
    case .diverged: self = .diverged
    case .failed: self = .failed
    }
  }

  /// Whether nothing more will come.
  public var isOver: Bool { ![.running, .comparing, .unknown].contains(self) }

  /// In words, for people.
  public var words: String {
    switch self {
    case .running: "running"
    case .comparing: "searched; trains with ReLU for comparison"
    case .incomplete: "searched; the training with ReLU was stopped"
    case .finished: "finished"
    case .diverged: "diverged"
    case .interrupted: "interrupted"
    case .failed: "failed"
    case .killed: "killed, it stopped without a word"
    case .unknown: "running, or killed"
    }
  }
}
