import CProcesses
import Foundation

/// What the command does about signals that stand for errors of writing.
package enum WriteSignals {
  /// Has the errors come as errors: a reader that has gone (SIGPIPE), and a file at the limit of
  /// its size (SIGXFSZ), end no process.
  package static func ignore() {
    process_ignore_signal(SIGPIPE, true)
    process_ignore_signal(SIGXFSZ, true)
  }

  /// Ends this process as a command ends whose reader has seen enough: without a word.
  package static func endAsUnread() -> Never {
    process_ignore_signal(SIGPIPE, false)
    raise(SIGPIPE)
    exit(128 + SIGPIPE)
  }
}
