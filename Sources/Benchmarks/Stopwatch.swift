import Statistics

/// Wall-clock times.
enum Stopwatch {
  /// The seconds that `body` takes.
  static func seconds(_ body: () -> Void) -> Double {
    ContinuousClock().measure(body) / .seconds(1)
  }

  /// The median of measurements, of which there must be some.
  static func median(_ measurements: [Double]) -> Double {
    guard let median = Sample(measurements).median else { preconditionFailure("median of nothing") }
    return median
  }
}
