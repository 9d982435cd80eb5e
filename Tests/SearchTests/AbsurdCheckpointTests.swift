import Activations
import Files
import Search
import Testing
import Trials

/// Checkpoints whose numbers were changed by others, with a checksum that is right: they are
/// refused, or the search goes on; nothing traps.
@Suite("Numbers in checkpoints that cannot be")
struct AbsurdCheckpointTests {
  private static let counts: [Int64] = [-1, .min, .max, 1 << 31, 1 << 53 + 1, 77]
  private static let numbers = [Double.nan, .infinity, -1e300, 1e300, -1]

  /// What follows from the number of steps.
  private static let places: Set = [
    "position.epoch", "position.step", "position.training_batches", "position.validation_batches",
    "position.skipped",
  ]

  /// A checkpoint after four of nine steps.
  private static let checkpoint = Result {
    struct Enough: Error {}
    var search = try TinySearch.search(TinySearch.configuration())
    var stops: [Checkpoint] = []
    do {
      _ = try search.run { search, _ in
        stops.append(try search.checkpoint())
        if stops.count == 5 { throw Enough() }
      }
    } catch is Enough {}
    return stops[4]
  }

  /// What becomes of a search that takes up a changed checkpoint: nil if it can be used.
  private func complaint(_ checkpoint: Checkpoint) throws -> String? {
    var search = try TinySearch.search(TinySearch.configuration(), threads: 1)
    do throws(CheckpointMismatch) {
      try search.restore(checkpoint)
    } catch {
      return error.description
    }
    // It can go on, to whatever end.
    _ = try? search.run { _ in }
    return nil
  }

  @Test("a number of steps, batches or examples is refused")
  func wholeNumbers() throws {
    let checkpoint = try Self.checkpoint.get()
    for name in checkpoint.names {
      guard case .int64(let values) = checkpoint.entries[name], !values.isEmpty else { continue }
      for index in Set([0, values.count - 1]) {
        for value in Self.counts {
          var changed = checkpoint
          var copy = values
          copy[index] = value
          changed.entries[name] = .int64(copy)
          let line = try complaint(changed)
          // Within the bounds of what it may be: examples, operations alive.
          if value == 77 || (value == 1 << 31 && !Self.places.contains(name)) { continue }
          #expect(line != nil, "\(name)[\(index)] = \(value)")
          #expect(line?.contains("\n") != true)
        }
      }
    }
  }

  @Test("a time, a weight of the architecture, a moment is refused or leads to an end")
  func realNumbers() throws {
    let checkpoint = try Self.checkpoint.get()
    for name in checkpoint.names {
      guard case .float64(let values) = checkpoint.entries[name], !values.isEmpty else { continue }
      for value in Self.numbers {
        var changed = checkpoint
        var copy = values
        copy[copy.count / 2] = value
        changed.entries[name] = .float64(copy)
        let line = try complaint(changed)
        #expect(!name.hasSuffix("elapsed_seconds") || line != nil, "\(name): \(value) seconds")
        // A search with such a loss has ended.
        let isLoss = name.hasSuffix("total_loss") && !value.isFinite
        #expect(!isLoss || line?.contains("loss") == true, "\(name) is \(value)")
      }
    }
  }

  @Test("a position that does not agree with what was recorded is refused", arguments: [0, 2, 3])
  func position(epoch: Int64) throws {
    var checkpoint = try Self.checkpoint.get()
    checkpoint.entries["position.epoch"] = .int64([epoch])
    let line = try complaint(checkpoint)
    #expect(line?.contains("of epoch \(epoch)") == true || line?.contains("last epoch") == true)
  }
}
