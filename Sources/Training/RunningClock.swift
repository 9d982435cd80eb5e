import Files

/// The seconds of a computation that may be stopped and continued in another process.
package struct RunningClock: Sendable {
  /// Seconds before the clock last started.
  private var before = 0.0
  /// When the clock started; nil while it stands still.
  private var started: ContinuousClock.Instant?

  /// A clock that stands at 0.
  package init() {}

  /// Seconds while it ran, those before a checkpoint included.
  package var seconds: Double {
    before + (started.map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0)
  }

  /// Lets it run.
  package mutating func start() { started = .now }

  /// Lets it stand still.
  package mutating func stop() {
    before = seconds
    started = nil
  }

  /// Codes the seconds; a clock that was restored stands still.
  package mutating func code(_ coder: inout StateCoder) {
    var seconds = seconds
    coder.code("elapsed_seconds", &seconds)
    if !ElapsedSeconds.range.contains(seconds) {
      coder.fail("its clock shows \(seconds) seconds")
    }
    if coder.isRestoring { (before, started) = (seconds, nil) }
  }
}
