import Synchronization
import Tensors

/// The order of each epoch, the last one asked for remembered: it serves all batches of its epoch.
final class EpochOrder: Sendable {
  private let count: Int
  private let random: RandomStream
  private let latest = Mutex<(epoch: Int, permutation: [Int])?>(nil)

  init(count: Int, random: RandomStream) {
    self.count = count
    self.random = random
  }

  func permutation(epoch: Int) -> [Int] {
    latest.withLock { latest in
      if let latest, latest.epoch == epoch { return latest.permutation }
      var stream = random.stream(at: UInt64(epoch))
      let permutation = stream.permutation(of: count)
      latest = (epoch, permutation)
      return permutation
    }
  }
}
