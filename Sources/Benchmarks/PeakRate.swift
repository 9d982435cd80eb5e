import CKernels
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
      var operations = [Double](repeating: 0, count: device.threadCount)
      let seconds = operations.withUnsafeMutableBufferPointer { operations in
        let operations = UncheckedBuffer(operations)
        return Stopwatch.seconds {
          device.forEach(device.threadCount) { piece in
            var sum: Float = 0
            operations.buffer[piece] = grafs_fma_chains(rounds, &sum)
          }
        }
      }
      if seconds > 0.04 { return operations.reduce(0, +) / seconds }
      rounds *= 2
    }
  }

  /// Lets each piece write its own element.
  private struct UncheckedBuffer: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Double>
    init(_ buffer: UnsafeMutableBufferPointer<Double>) { self.buffer = buffer }
  }
}
