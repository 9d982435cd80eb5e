import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM as a wish to stop, which a run looks at between two steps. Several may listen
/// at once: a search, and the training that it does.
///
/// A second signal ends the process at once, as the first does where nobody listens any more.
package final class StopSignals: Sendable {
  private let listener: Listener

  private final class Listener: Sendable {
    let received = Mutex<Int32?>(nil)
    let pass: @Sendable (Int32) -> Void

    init(pass: @escaping @Sendable (Int32) -> Void) { self.pass = pass }

    /// Passes a signal on.
    ///
    /// - Returns: Whether it is the first.
    func receive(_ number: Int32) -> Bool {
      defer { pass(number) }
      return received.withLock { received in
        defer { received = received ?? number }
        return received == nil
      }
    }
  }

  private static let listeners = Mutex<[Listener]>([])

  /// Made with the first listener, and never again: Dispatch takes a signal over with its first
  /// source alone, and ignoring the signal for a second source would lose it for all.
  // Unsafe: nothing touches them once they are made.
  nonisolated(unsafe) private static let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { receive(number) }
    // Until Dispatch has taken it over the signal is ignored: one that came now would be lost.
    let isRegistered = DispatchSemaphore(value: 0)
    source.setRegistrationHandler { isRegistered.signal() }
    source.resume()
    isRegistered.wait()
    return source
  }

  private static func receive(_ number: Int32) {
    let areFirst = listeners.withLock { $0 }.map { $0.receive(number) }
    if areFirst.isEmpty || areFirst.contains(false) { _exit(128 + number) }
  }

  /// Listens.
  ///
  /// - Parameter pass: Is given every signal, on a thread of its own.
  package init(passingTo pass: @escaping @Sendable (Int32) -> Void = { _ in }) {
    let listener = Listener(pass: pass)
    self.listener = listener
    Self.listeners.withLock { $0.append(listener) }
    _ = Self.sources
  }

  /// Listens no more.
  deinit { Self.listeners.withLock { [listener] in $0.removeAll { $0 === listener } } }

  /// Whether a signal has come.
  package var hasCome: Bool { listener.received.withLock { $0 != nil } }

  /// Ends a run if it is to stop.
  ///
  /// - Throws: `Interruption`.
  package func check() throws(Interruption) {
    if let signal = listener.received.withLock({ $0 }) { throw Interruption(signal: signal) }
  }
}

/// A run that was told to stop, and that can be resumed.
public struct Interruption: Error, Sendable, Hashable {
  /// The signal that said so.
  public let signal: Int32

  /// Says that a run is to stop.
  public init(signal: Int32) { self.signal = signal }
}
