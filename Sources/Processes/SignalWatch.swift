import CProcesses
import Foundation

/// Whether a signal that asks for an end has come since: SIGINT, SIGTERM, or SIGHUP, which comes
/// when a terminal is closed; under `nohup` that one stays ignored.
///
/// Several may watch at once. A second signal ends the process at once, as the first does where
/// nobody watches any more. No thread waits for signals, so none has to be had.
package final class SignalWatch: Sendable {
  /// How many signals had come when it began to watch.
  let before: UInt32

  /// Begins to watch.
  package init() { before = process_begin_listening() }

  deinit { process_end_listening(before) }

  /// The signal that has come; nil if none has.
  package var signal: Int32? {
    process_signals_come() == before ? nil : process_last_signal()
  }
}
