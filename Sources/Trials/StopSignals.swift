import Processes

/// SIGINT, SIGTERM and SIGHUP as a wish to stop, which a run looks at between two steps. Several
/// may listen at once: a search, and the training that it does.
///
/// A second signal ends the process at once, as the first does where nobody listens any more.
package final class StopSignals: Sendable {
  /// What has come; children that are started with it have signals passed on.
  package let watch = SignalWatch()

  /// Listens, until it is released.
  package init() {}

  /// Whether a signal has come.
  package var hasCome: Bool { watch.signal != nil }

  /// Ends a run if it is to stop.
  ///
  /// - Throws: `Interruption`.
  package func check() throws(Interruption) {
    if let signal = watch.signal { throw Interruption(signal: signal) }
  }
}

/// A run that was told to stop, and that can be resumed.
public struct Interruption: Error, Sendable, Hashable {
  /// The signal that said so.
  public let signal: Int32

  /// Says that a run is to stop.
  public init(signal: Int32) { self.signal = signal }
}
