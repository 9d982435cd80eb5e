import Testing

import Tensors

@Suite("Thread devices")
struct DeviceTests {
  @Test("every piece is done exactly once, loop after loop", arguments: [1, 2, 3, 7])
  func everyPieceOnce(threads: Int) {
    let device = Device(threads: threads)
    for pieces in [0, 1, 2, 3, 31, 200] {
      for _ in 0..<50 {
        let counts = Tensor<Float>([pieces]) { counts in
          for piece in 0..<pieces { counts[piece] = 0 }
          device.forEach(pieces) { counts[$0] += 1 }
        }
        #expect(counts.scalars == [Float](repeating: 1, count: pieces))
      }
    }
  }

  @Test("pieces cover the range without gap or overlap", arguments: [0, 1, 5, 31, 32, 33, 100_003])
  func pieces(length: Int) {
    let pieces = Pieces(of: length, smallest: 3)
    let covered = (0..<pieces.count).flatMap { Array(pieces[$0]) }
    #expect(covered == Array(0..<length))
    #expect((0..<pieces.count).allSatisfy { length < 3 || pieces[$0].count >= 3 })
  }
}
