import Tensors

/// The rate of multiply-adds that never leave the registers, on all threads: no kernel
/// can be faster.
enum PeakRate {
  /// Measures once, for about 50 ms.
  ///
  /// - Parameter device: The threads.
  /// - Returns: Floating-point operations in a second; a multiply-add counts as two.
  static func measure(on device: Device) -> Double {
    var rounds = 1 << 16
    while true {
      var operations = 0.0
      let seconds = Stopwatch.seconds { operations = device.runMultiplyAdds(rounds: rounds) }
      if seconds > 0.04 { return operations / seconds }
      rounds *= 2
    }
  }
}
