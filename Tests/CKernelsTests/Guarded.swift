import Testing

/// An output buffer with canaries on both sides: a kernel that writes outside is found out.
struct Guarded {
  private static let margin = 32
  private static let canary: Float = 12345.678
  private var storage: [Float]
  let count: Int

  /// `elements` between canaries, at an address that is no multiple of a vector's size.
  init(_ elements: [Float]) {
    count = elements.count
    let margin = [Float](repeating: Self.canary, count: Self.margin + 1)
    storage = margin + elements + margin
  }

  /// `count` times a value that no result has.
  init(count: Int) { self.init([Float](repeating: -7.0e30, count: count)) }

  /// Calls `body` with the address of the first element.
  mutating func withPointer(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    storage.withUnsafeMutableBufferPointer {
      if let address = $0.baseAddress { body(address + Self.margin + 1) }
    }
  }

  /// The elements, after a look at the canaries.
  func checked(_ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) -> [Float] {
    let whole = storage.prefix(Self.margin + 1) + storage.suffix(Self.margin + 1)
    #expect(whole.allSatisfy { $0 == Self.canary }, comment, sourceLocation: sourceLocation)
    return Array(storage[(Self.margin + 1)..<(Self.margin + 1 + count)])
  }
}

/// A small generator of reproducible numbers (SplitMix64).
struct Stream {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// In [−1, 1), never near zero, so that a term left out shows.
  mutating func number() -> Float {
    let magnitude = 0.25 + 0.75 * Float(next() >> 40) / Float(1 << 24)
    return next() & 1 == 0 ? magnitude : -magnitude
  }

  /// Roughly standard normal.
  mutating func normal() -> Float {
    (0..<12).reduce(Float(-6)) { sum, _ in sum + Float(next() >> 40) / Float(1 << 24) }
  }

  mutating func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in number() } }
  mutating func normals(_ count: Int) -> [Float] { (0..<count).map { _ in normal() } }
}
