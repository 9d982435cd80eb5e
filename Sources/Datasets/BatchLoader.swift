import Foundation
import Processes
import Synchronization

/// Prepares the next batches of a sequence on its own thread while a network computes.
///
/// It yields what `batch(at:)` yields, in the order of the numbers, without an end.
/// Its thread sleeps when enough batches are ready, and ends when the loader is released.
public final class BatchLoader<Input: Sendable, Targets: Sendable>: Sendable {
  private let shelf: BatchShelf<Batch<Input, Targets>>
  /// Prepares batches when they are asked for, where the system gives no thread; else nil.
  private let withoutThread: BatchLine<Input, Targets>?

  /// Starts to prepare batches.
  ///
  /// - Parameters:
  ///   - sequence: What to prepare.
  ///   - number: The first batch to yield; where an interrupted run stood.
  ///   - ahead: How many batches may be ready before they are asked for; positive.
  public init(
    _ sequence: any Batches<Input, Targets>, startingAt number: Int = 0, ahead: Int = 2
  ) {
    precondition(ahead > 0, "BatchLoader: \(ahead) batches ahead")
    precondition(number >= 0, "BatchLoader: starting at \(number)")
    let shelf = BatchShelf<Batch<Input, Targets>>(places: ahead)
    self.shelf = shelf
    // The thread holds the shelf, never the loader, whose release is what ends it.
    let hasThread = SystemThread.start(named: "batches") {
      var number = number
      while shelf.hasPlace() {
        shelf.put(sequence.batch(at: number))
        number += 1
      }
    }
    withoutThread = hasThread ? nil : BatchLine(sequence, next: number)
  }

  deinit { shelf.close() }

  /// The next batch; waits until it is ready.
  public func next() -> Batch<Input, Targets> { withoutThread?.take() ?? shelf.take() }

  /// How long `next()` has waited, all calls together: 0 when the network is the slower one.
  public var waitedSeconds: Double { shelf.waitedSeconds }

  /// What the thread holds, for tests that see the thread end.
  package var heldByThread: AnyObject { shelf }
}

/// The batches of a sequence, one by one.
private final class BatchLine<Input: Sendable, Targets: Sendable>: Sendable {
  private let sequence: any Batches<Input, Targets>
  /// The number of the next one.
  private let next: Mutex<Int>

  init(_ sequence: any Batches<Input, Targets>, next: Int) {
    self.sequence = sequence
    self.next = Mutex(next)
  }

  func take() -> Batch<Input, Targets> {
    let number = next.withLock { next in
      defer { next += 1 }
      return next
    }
    return sequence.batch(at: number)
  }
}

/// Batches that are ready, first in first out; all state is guarded by `condition`.
private final class BatchShelf<Item: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let places: Int
  private var ready: [Item] = []
  private var isClosed = false
  private var waited = Duration.zero

  init(places: Int) { self.places = places }

  /// Waits for a free place; `false` when nobody will take a batch any more.
  func hasPlace() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while ready.count >= places && !isClosed { condition.wait() }
    return !isClosed
  }

  func put(_ batch: Item) {
    condition.lock()
    defer { condition.unlock() }
    ready.append(batch)
    condition.broadcast()
  }

  func take() -> Item {
    condition.lock()
    defer { condition.unlock() }
    if ready.isEmpty {
      waited += ContinuousClock().measure { while ready.isEmpty { condition.wait() } }
    }
    defer { condition.broadcast() }
    return ready.removeFirst()
  }

  func close() {
    condition.lock()
    defer { condition.unlock() }
    isClosed = true
    ready = []
    condition.broadcast()
  }

  var waitedSeconds: Double {
    condition.lock()
    defer { condition.unlock() }
    return waited / .seconds(1)
  }
}
