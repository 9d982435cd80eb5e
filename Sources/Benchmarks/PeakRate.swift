import Tensors

/// The rate of multiply-adds that never leave the registers, on all threads: no kernel
/// can be faster.
struct PeakRate {
  /// Floating-point operations in a second; a multiply-add counts as two.
  let operations: Double
  /// The cycles of all threads' clocks in a second, measured right after.
  let cycles: Double

  /// Measures once, for a fifth of a second or two.
  ///
  /// - Parameter device: The threads.
  init(on device: Device) {
    operations = Self.rate { Double(device.runMultiplyAdds(rounds: $0 << 16)) }
    cycles = Self.rate { Double(device.runDependentAdditions(rounds: $0 << 20)) }
  }

  /// The best of some measurements: other work on the machine only slows them down.
  init(bestOf rates: [PeakRate]) {
    operations = rates.map(\.operations).max() ?? 0
    cycles = rates.map(\.cycles).max() ?? 0
  }

  /// What the processor could do by its clock and the width of its vectors: a multiply-add of every
  /// lane in each unit and cycle. The units, of which there are one or two, are those that the
  /// measured rate needs.
  var bound: Double {
    let ofUnit = 2 * Double(Device.vectorLanes) * cycles
    return ofUnit * max(1, (operations / ofUnit - 0.05).rounded(.up))
  }

  /// How much of some work is done in a second, by as many rounds as take 40 ms.
  private static func rate(_ work: (_ rounds: Int) -> Double) -> Double {
    var rounds = 1
    while true {
      var done = 0.0
      let seconds = Stopwatch.seconds { done = work(rounds) }
      if seconds > 0.04 { return done / seconds }
      rounds *= 2
    }
  }
}
