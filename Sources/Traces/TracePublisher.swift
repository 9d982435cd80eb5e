import Files
import Foundation
import Processes

/// Publishes snapshots of a growing trace from a thread of its own, so that a search never waits
/// for the disk.
///
/// The first snapshot is published at once, then the newest one at most once per interval; older
/// ones that were not yet begun are forgotten. A file that takes long to write is written less
/// often, so that a twentieth of the time goes into it at most.
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
///
/// Where the system gives no thread, `submit` publishes what is due itself, and returns later.
public final class TracePublisher: Sendable {
  private let desk: PublishingDesk

  /// A publisher that has not published yet.
  ///
  /// - Parameters:
  ///   - file: Where the trace goes; the folder exists.
  ///   - intervalSeconds: The least time between the beginnings of two publications.
  /// - Precondition: `intervalSeconds` is not negative.
  public init(file: URL, intervalSeconds: Double = 5) {
    precondition(intervalSeconds >= 0, "trace publisher: an interval of \(intervalSeconds) s")
    let desk = PublishingDesk(file: file, interval: .seconds(min(intervalSeconds, 1e9)))
    self.desk = desk
    // The thread holds the desk, never the publisher, whose release is what ends it.
    desk.hasThread = SystemThread.start(named: "trace") { desk.work() }
  }

  /// What still waits is published at once.
  deinit { desk.close() }

  /// Whether a snapshot submitted now would be published at once.
  ///
  /// A loop of short steps asks before it submits: the step after a snapshot copies the columns,
  /// which 15,000 rows of 110 operations make about 20 MB.
  public var isReady: Bool { desk.isReady }

  /// Takes a snapshot to be published soon, in place of one that still waits; returns at once.
  ///
  /// - Parameters:
  ///   - trace: The snapshot.
  ///   - isUrgent: Whether it is published at once, whatever the interval says, or as soon as a
  ///     long file may be written again.
  /// - Throws: The failure of an earlier snapshot, if it was not thrown yet; this one is taken
  ///   nevertheless.
  public func submit(_ trace: Trace, isUrgent: Bool = false) throws(UnwritableFile) {
    let failure = desk.put(trace, isUrgent: isUrgent)
    if let failure { throw failure }
  }

  /// Publishes the last snapshot, whatever the interval says, and returns when it is on the disk.
  ///
  /// - Parameter trace: The snapshot; one that still waits is forgotten.
  /// - Throws: Why this snapshot was not published, or else the failure of an earlier one, if it
  ///   was not thrown yet.
  public func finish(_ trace: Trace) throws(UnwritableFile) {
    let failure = desk.publish(trace)
    if let failure { throw failure }
  }
}

/// The newest snapshot, and who publishes it when; all state is guarded by `condition`.
private final class PublishingDesk: @unchecked Sendable {
  /// How many times as long as a publication took no other begins.
  private static let rest = 19
  private let file: URL
  private let interval: Duration
  private let condition = NSCondition()
  private var pending: Trace?
  /// Whether the one that waits, or one that it replaced, does not wait for the interval.
  private var isUrgent = false
  private var failure: UnwritableFile?
  /// When the interval is over.
  private var earliest = ContinuousClock.now
  /// Nothing is published before this, urgent or not, since the last one took so long.
  private var rested = ContinuousClock.now
  private var isBusy = false
  private var isClosed = false
  /// Whether a thread publishes; set once, before the first snapshot.
  var hasThread = false

  init(file: URL, interval: Duration) {
    self.file = file
    self.interval = interval
  }

  var isReady: Bool {
    condition.lock()
    defer { condition.unlock() }
    return pending == nil && isDue
  }

  private var due: ContinuousClock.Instant { isUrgent ? rested : max(earliest, rested) }
  private var isDue: Bool { ContinuousClock.now >= due }

  /// Takes a snapshot.
  ///
  /// - Returns: The failure of an earlier one, if it was not thrown yet.
  func put(_ trace: Trace, isUrgent: Bool) -> UnwritableFile? {
    condition.lock()
    defer { condition.unlock() }
    let earlier = takeFailure()
    pending = trace
    self.isUrgent = self.isUrgent || isUrgent
    condition.broadcast()
    if !hasThread, isDue { publishPending() }
    return earlier
  }

  /// Publishes a snapshot here and now.
  ///
  /// - Returns: Why that was not possible, or an earlier failure that was not thrown yet.
  func publish(_ trace: Trace) -> UnwritableFile? {
    condition.lock()
    defer { condition.unlock() }
    pending = trace
    // The thread may have taken it: then until that is done.
    while isBusy || pending != nil {
      if isBusy { condition.wait() } else { publishPending() }
    }
    return takeFailure()
  }

  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  /// Publishes snapshots when they are due, until the desk is closed.
  func work() {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if isBusy {
        condition.wait()
      } else if pending == nil {
        if isClosed { return }
        condition.wait()
      } else if isClosed || isDue {
        publishPending()
      } else {
        // Conditions wait by the time of day, which others may set: not for long.
        _ = condition.wait(until: Date() + min(1, (due - .now) / .seconds(1)))
      }
    }
  }

  /// Writes the snapshot that waits; others may look and submit meanwhile.
  private func publishPending() {
    guard let trace = pending else { return }
    pending = nil
    isUrgent = false
    let began = ContinuousClock.now
    earliest = began + interval
    isBusy = true
    condition.unlock()
    let found: UnwritableFile?
    do throws(UnwritableFile) {
      try TraceFile.publish(trace, to: file)
      found = nil
    } catch {
      found = error
    }
    condition.lock()
    if let found { failure = found }
    let end = ContinuousClock.now
    rested = end + (end - began) * Self.rest
    isBusy = false
    condition.broadcast()
  }

  private func takeFailure() -> UnwritableFile? {
    defer { failure = nil }
    return failure
  }
}
