/// How much one command may be asked to do.
package enum CommandBounds {
  /// Seeds: each has lines of its own in reports, and with `search` a folder.
  package static let seeds = 1...1000
  /// Trainings or searches side by side: each is a process.
  package static let jobs = 1...256
}

extension ClosedRange<Int> {
  /// The range in a message, such as `from 1 to 256`.
  package var words: String { "from \(lowerBound) to \(upperBound)" }
}
