import Dispatch
import Files
import Foundation
import Synchronization

/// Publishes snapshots of a growing trace from a thread of its own, so that a search never waits
/// for the disk.
///
/// The first snapshot is published at once, then the newest one at most once per interval; older
/// ones that were not yet begun are forgotten. As long as snapshots come in, the file is therefore
/// never older than the interval plus the time to write it.
///
///     let publisher = TracePublisher(file: url)
///     for step in … {
///       trajectory.append(…)
///       trace.record = .relaxed(trajectory)
///       if publisher.isReady { try publisher.submit(trace) }
///     }
///     try publisher.finish(trace)
///
/// A failure in the background is thrown by the next `submit` or by `finish`, once. A search may
/// log it and go on: the next snapshot is a new attempt.
public final class TracePublisher: Sendable {
  private struct State {
    var pending: Trace?
    var failure: UnwritableFile?
    /// Nothing is to be published before this.
    var earliest = DispatchTime.now()

    mutating func takeFailure() -> UnwritableFile? {
      defer { failure = nil }
      return failure
    }
  }

  private let file: URL
  private let interval: DispatchTimeInterval
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "grafs-swift.trace-publisher")

  /// A publisher that has not published yet.
  ///
  /// - Parameters:
  ///   - file: Where the trace goes; the folder exists.
  ///   - intervalSeconds: The least time between the beginnings of two publications.
  /// - Precondition: `intervalSeconds` is not negative.
  public init(file: URL, intervalSeconds: Double = 5) {
    precondition(intervalSeconds >= 0, "trace publisher: an interval of \(intervalSeconds) s")
    self.file = file
    interval = .nanoseconds(Int(min(intervalSeconds, 1e9) * 1e9))
  }

  /// Whether a snapshot submitted now would be published at once.
  ///
  /// A loop of short steps asks before it submits: the step after a snapshot copies the columns,
  /// which 15,000 rows of 110 operations make about 20 MB.
  public var isReady: Bool {
    state.withLock { $0.pending == nil && DispatchTime.now() >= $0.earliest }
  }

  /// Takes a snapshot to be published soon, in place of one that still waits; returns at once.
  ///
  /// - Parameters:
  ///   - trace: The snapshot.
  ///   - isUrgent: Whether it is published at once, whatever the interval says.
  /// - Throws: The failure of an earlier snapshot, if it was not thrown yet; this one is taken
  ///   nevertheless.
  public func submit(_ trace: Trace, isUrgent: Bool = false) throws(UnwritableFile) {
    let (start, failure) = state.withLock { state in
      let start = isUrgent ? .now() : state.pending == nil ? state.earliest : nil
      state.pending = trace
      return (start, state.takeFailure())
    }
    if let start { queue.asyncAfter(deadline: start) { self.publishPending() } }
    if let failure { throw failure }
  }

  /// Publishes the last snapshot, whatever the interval says, and returns when it is on the disk.
  ///
  /// - Parameter trace: The snapshot; one that still waits is forgotten.
  /// - Throws: Why this snapshot was not published, or else the failure of an earlier one, if it
  ///   was not thrown yet.
  public func finish(_ trace: Trace) throws(UnwritableFile) {
    state.withLock { $0.pending = trace }
    queue.sync { publishPending() }
    let failure = state.withLock { $0.takeFailure() }
    if let failure { throw failure }
  }

  /// Runs on the queue.
  private func publishPending() {
    let trace: Trace? = state.withLock { state in
      guard let trace = state.pending else { return nil }
      state.pending = nil
      state.earliest = .now() + interval
      return trace
    }
    guard let trace else { return }
    do throws(UnwritableFile) {
      try TraceFile.publish(trace, to: file)
    } catch {
      state.withLock { $0.failure = error }
    }
  }
}
