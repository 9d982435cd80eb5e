import Foundation
import Runs
import Traces

/// How a run stands, by what its trace says and by whether a process still writes to its folder.
public enum RunStanding: String, Sendable, CaseIterable {
  /// A process searches.
  case running
  /// The search has reached its end; its process may still train the model with the usual
  /// activation.
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
  ///   - hasResult: Whether the result of a search that has come to its end is there, which is
  ///     written after its trace. Version 0.1.0 wrote it only after the training with ReLU.
  public init(_ status: Trace.Status, isLocked: Bool?, hasResult: Bool = true) {
    switch status {
    case .finished where !hasResult, .diverged where !hasResult:
      self = isLocked == true ? .running : .interrupted
    case .running: self = isLocked.map { $0 ? .running : .killed } ?? .unknown
    case .finished: self = .finished
    // A resumed run says so again as soon as it publishes its trace.
    case .interrupted: self = isLocked == true ? .running : .interrupted
    case .diverged: self = .diverged
    case .failed: self = .failed
    }
  }

  /// Whether nothing more will come.
  public var isOver: Bool { ![.running, .unknown].contains(self) }

  /// In words, for people.
  public var words: String {
    switch self {
    case .running: "running"
    case .finished: "finished"
    case .diverged: "diverged"
    case .interrupted: "interrupted"
    case .failed: "failed"
    case .killed: "killed, it stopped without a word"
    case .unknown: "running, or killed"
    }
  }
}
