/// Wall-clock times.
enum Stopwatch {
  /// The seconds that `body` takes.
  static func seconds(_ body: () -> Void) -> Double {
    ContinuousClock().measure(body) / .seconds(1)
  }

  /// The middle of an odd number of measurements.
  static func median(_ measurements: [Double]) -> Double {
    precondition(!measurements.isEmpty, "median of nothing")
    return measurements.sorted()[measurements.count / 2]
  }
}
