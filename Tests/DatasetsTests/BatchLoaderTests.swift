import Datasets
import Foundation
import Testing

@Suite struct BatchLoaderTests {
  private let sequence: ImageBatches

  init() throws {
    let images = asymmetricImages(count: 50, height: 8, width: 8, channels: 3)
    sequence = try ImageBatches(
      shuffling: images, indices: 0..<50, batchSize: 8,
      normalization: Normalization(statisticsOf: images),
      augmentation: Augmentation(flips: true, cropPadding: 2), seed: 5, purpose: "loader")
  }

  @Test(arguments: [0, 1, 13], [1, 2, 5])
  func `batches ahead are the batches themselves`(start: Int, ahead: Int) {
    let loader = BatchLoader(sequence, startingAt: start, ahead: ahead)
    for number in start..<(start + 40) {
      #expect(loader.next() == sequence.batch(at: number))
    }
    #expect(loader.waitedSeconds >= 0 && loader.waitedSeconds < 10)
  }

  @Test func `two loaders of one sequence do not disturb each other`() {
    let loaders = [BatchLoader(sequence), BatchLoader(sequence, startingAt: 21)]
    for number in 0..<20 {
      #expect(loaders[0].next() == sequence.batch(at: number))
      #expect(loaders[1].next() == sequence.batch(at: number + 21))
    }
  }

  /// Whether the thread lets go of what it shares with its loader.
  private func ends(_ shared: () -> AnyObject?) -> Bool {
    for _ in 0..<1000 {
      if shared() == nil { return true }
      Thread.sleep(forTimeInterval: 0.01)
    }
    return false
  }

  @Test(arguments: [0, 1, 7]) func `the thread ends when its loader is released`(taken: Int) {
    weak var shared: AnyObject?
    do {
      let loader = BatchLoader(sequence)
      shared = loader.heldByThread
      for _ in 0..<taken { _ = loader.next() }
      // Now the shelf fills, and the thread blocks on it.
      Thread.sleep(forTimeInterval: 0.05)
      #expect(shared != nil)
    }
    #expect(ends { shared })
  }

  @Test func `many loaders come and go`() {
    for round in 0..<100 {
      let loader = BatchLoader(sequence, startingAt: round)
      if round.isMultiple(of: 3) { #expect(loader.next() == sequence.batch(at: round)) }
    }
  }
}
