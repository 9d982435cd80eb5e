import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM as a wish to stop, which a run looks at between two steps.
///
/// A second signal ends the process at once.
final class StopSignals {
  private static let signals = [SIGINT, SIGTERM]

  private let sources: [any DispatchSourceSignal]
  private let state: State

  private final class State: Sendable {
    let received = Mutex<Int32?>(nil)

    func receive(_ number: Int32) {
      let isFirst = received.withLock { received in
        defer { received = received ?? number }
        return received == nil
      }
      if !isFirst { _exit(128 + number) }
    }
  }

  /// Takes the signals over.
  init() {
    let state = State()
    self.state = state
    sources = Self.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { state.receive(number) }
      source.resume()
      return source
    }
  }

  /// Gives them back: they end the process again.
  deinit {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }

  /// Ends a run if it is to stop.
  ///
  /// - Throws: `Interruption`.
  func check() throws(Interruption) {
    if let signal = state.received.withLock({ $0 }) { throw Interruption(signal: signal) }
  }
}

/// A run that was told to stop, and that can be resumed.
public struct Interruption: Error, Sendable, Hashable {
  /// The signal that said so.
  public let signal: Int32
}
