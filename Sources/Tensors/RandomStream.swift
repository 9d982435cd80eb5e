import Foundation

/// A counter-based stream of random numbers: Philox 4×32 with 10 rounds.
///
/// A number depends only on seed, purpose, index and position, so streams of different purposes
/// never disturb each other and a stream's state is two integers. Source: Salmon, Moraes, Dror,
/// Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public struct RandomStream: Sendable, Hashable {
  private let key: UInt64
  private let index: UInt64

  /// How many 32-bit words have been drawn: the whole state of a stream whose origin is known.
  public private(set) var position: UInt64 = 0

  private init(key: UInt64, index: UInt64) {
    self.key = key
    self.index = index
  }

  /// Begins the stream of a purpose.
  ///
  /// - Parameters:
  ///   - seed: The run's seed.
  ///   - purpose: What the numbers are for, such as `"initialization"`.
  ///   - index: Which of the streams of this purpose, such as the step.
  public init(seed: UInt64, purpose: String, index: UInt64 = 0) {
    self.init(key: Self.mixed(seed) ^ Self.hash(purpose), index: index)
  }

  /// The stream of the same seed and purpose with another index, from its beginning.
  public func stream(at index: UInt64) -> RandomStream {
    RandomStream(key: key, index: index)
  }

  /// Draws 32 random bits.
  public mutating func word() -> UInt32 {
    defer { position += 1 }
    return block[Int(position & 3)]
  }

  /// Draws 64 random bits: two words, the first of which is the high half.
  private mutating func doubleWord() -> UInt64 {
    guard position & 3 < 3 else { return UInt64(word()) << 32 | UInt64(word()) }
    defer { position += 2 }
    let (block, first) = (block, Int(position & 3))
    return UInt64(block[first]) << 32 | UInt64(block[first + 1])
  }

  /// The four words among which the next one is.
  private var block: SIMD4<UInt32> {
    Self.block(
      counter: [
        UInt32(truncatingIfNeeded: position >> 2), UInt32(truncatingIfNeeded: position >> 34),
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
      ],
      key: [UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)])
  }

  /// Draws a number uniform in the open interval (0, 1), with 53 random bits.
  public mutating func uniform() -> Double {
    let bits = doubleWord()
    return (Double(bits >> 11) + 0.5) * 0x1p-53
  }

  /// Draws a standard normal number (Box and Muller, the cosine half).
  public mutating func normal() -> Double {
    let radius = (-2 * log(uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// Draws an integer uniform in `0..<bound` (multiply and shift; bias under 2⁻³²).
  ///
  /// - Precondition: `bound` is positive and at most 2³².
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= 1 << 32, "integer(below:): bound \(bound)")
    let bits = doubleWord()
    return Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Draws a random order of `0..<count` (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// The cipher: four random words for a counter and a key.
  package static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // Scalars: words that go into a vector and out of it again cost more than the rounds.
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: first)
      )
      (k0, k1) = (k0 &+ 0x9E37_79B9, k1 &+ 0xBB67_AE85)
    }
    return [c0, c1, c2, c3]
  }

  /// Spreads nearby seeds over all 64 bits (the finalizer of SplitMix64).
  private static func mixed(_ seed: UInt64) -> UInt64 {
    var bits = seed &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// FNV-1a: the same in every process, unlike `Hasher`.
  private static func hash(_ purpose: String) -> UInt64 {
    purpose.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
