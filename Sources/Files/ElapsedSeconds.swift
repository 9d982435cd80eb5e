/// The seconds that a computation may have taken, by which a number in a file is known to be one.
package enum ElapsedSeconds {
  /// Less than a thousand years: sums of it stay finite, and JSON can hold them.
  package static let range = 0..<3e10
}
