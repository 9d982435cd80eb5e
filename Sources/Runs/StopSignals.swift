import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM as a wish to stop, which a run looks at between two steps.
///
/// A second signal ends the process at once.
// Unchecked: the sources are made by init and cancelled by deinit, and nothing else touches them.
final class StopSignals: @unchecked Sendable {
  private static let signals = [SIGINT, SIGTERM]

  private let sources: [any DispatchSourceSignal]
  private let state: State

  private final class State: Sendable {
    let received = Mutex<Int32?>(nil)
    let pass: @Sendable (Int32) -> Void

    init(pass: @escaping @Sendable (Int32) -> Void) { self.pass = pass }

    func receive(_ number: Int32) {
      let isFirst = received.withLock { received in
        defer { received = received ?? number }
        return received == nil
      }
      pass(number)
      if !isFirst { _exit(128 + number) }
    }
  }

  /// Takes the signals over.
  ///
  /// - Parameter pass: Is given every signal, on a thread of its own.
  init(passingTo pass: @escaping @Sendable (Int32) -> Void = { _ in }) {
    let state = State(pass: pass)
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

  /// Whether a signal has come.
  var hasCome: Bool { state.received.withLock { $0 != nil } }

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
