import Activations
import Foundation

/// A small random stream for tests: SplitMix64, and Box–Muller for normal variates.
struct TestStream: UniformNormalSource {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double {
    (Double(bits() >> 11) + 0.5) * 0x1p-53
  }

  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  mutating func element<Element>(of list: [Element]) -> Element {
    list[Int(bits() % UInt64(list.count))]
  }
}
