import Testing

import Tensors

@Suite("Random streams")
struct RandomStreamTests {
  /// The known answers that come with Random123 1.14 (`kat_vectors`, `philox4x32 10`).
  @Test(
    "Philox gives the published words",
    arguments: [
      (
        SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
        SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
      ),
      (
        SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
        SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
      ),
      (
        SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
        SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
      ),
    ])
  func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    #expect(RandomStream.block(counter: counter, key: key) == expected)
  }

  @Test("streams repeat, differ by purpose, index and seed, and can be continued")
  func independence() {
    func words(_ stream: RandomStream) -> [UInt32] {
      var stream = stream
      return (0..<8).map { _ in stream.word() }
    }
    let origin = RandomStream(seed: 7, purpose: "batches")
    #expect(words(origin) == words(RandomStream(seed: 7, purpose: "batches")))
    #expect(words(origin) != words(RandomStream(seed: 8, purpose: "batches")))
    #expect(words(origin) != words(RandomStream(seed: 7, purpose: "sampling")))
    #expect(words(origin) != words(origin.stream(at: 1)))
    var continued = origin
    for _ in 0..<5 { _ = continued.word() }
    #expect(continued.word() == words(origin)[5])
  }

  @Test("a uniform number is made of the next two words, wherever the stream stands")
  func uniformWords() {
    for position in 0..<UInt64(9) {
      var stream = RandomStream(seed: 5, purpose: "test")
      for _ in 0..<position { _ = stream.word() }
      var words = stream
      let bits = UInt64(words.word()) << 32 | UInt64(words.word())
      #expect(stream.uniform() == (Double(bits >> 11) + 0.5) * 0x1p-53)
      #expect(stream == words)
    }
  }

  @Test("uniform and normal numbers have their moments")
  func moments() {
    var stream = RandomStream(seed: 1, purpose: "test")
    let count = 200_000
    let uniform = (0..<count).map { _ in stream.uniform() }
    let normal = (0..<count).map { _ in stream.normal() }
    // Six standard errors of each estimate.
    let error = 6 / Double(count).squareRoot()
    #expect(uniform.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(abs(uniform.reduce(0, +) / Double(count) - 0.5) < error * 0.289)
    #expect(abs(normal.reduce(0, +) / Double(count)) < error)
    #expect(abs(normal.map { $0 * $0 }.reduce(0, +) / Double(count) - 1) < error * 1.415)
    let fourth = normal.map { $0 * $0 * $0 * $0 }.reduce(0, +) / Double(count)
    #expect(abs(fourth - 3) < error * 9.8)
  }

  @Test("a permutation holds every index once and each first element equally often")
  func permutation() {
    var stream = RandomStream(seed: 3, purpose: "test")
    var first = [Int](repeating: 0, count: 5)
    for _ in 0..<10_000 {
      let order = stream.permutation(of: 5)
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      first[order[0]] += 1
    }
    #expect(first.allSatisfy { abs($0 - 2000) < 240 })
  }
}
