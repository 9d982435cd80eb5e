import Files
import Foundation
import Networks
import Search
import Testing
import Traces

@Suite("Checkpoints that leave out what is kept elsewhere")
struct CheckpointPartTests {
  private static func search(threads: Int = 2) throws -> BilevelSearch<ResidualNetwork> {
    var configuration = TinySearch.configuration()
    configuration.shrinkingStart = 1
    configuration.scope = .stage
    return try TinySearch.search(configuration, threads: threads)
  }

  /// What happened between two points, as a part of its own.
  private func part(
    of trajectory: Trajectory, from start: Trajectory.Extent
  ) throws -> Checkpoint {
    try StateCoder.checkpoint(of: trajectory.rows(from: start)) { $0.code(&$1) }
  }

  /// The whole state without the clock, which runs.
  private func state(of search: BilevelSearch<ResidualNetwork>) throws -> Data {
    var checkpoint = try search.checkpoint()
    for name in checkpoint.names where name.hasPrefix("position.") && name.hasSuffix("_seconds") {
      checkpoint.entries[name] = nil
    }
    return checkpoint.bytes
  }

  @Test("wherever it is cut, once or twice, the same search goes on")
  func everyCut() throws {
    var whole = try Self.search()
    var stops: [(extent: Trajectory.Extent, search: BilevelSearch<ResidualNetwork>)] = []
    stops.append((whole.trajectory.extent, whole))
    _ = try whole.run { search, _ in stops.append((search.trajectory.extent, search)) }
    #expect(stops.count == 13 && !whole.trajectory.drops.isEmpty)
    for (number, stop) in stops.enumerated() {
      let state = try self.state(of: stop.search)
      for first in 0...number {
        let trajectory = stop.search.trajectory
        let cuts = [stops[first].extent, stops[(first + number) / 2].extent]
        let earlier = stops[(first + number) / 2].search.trajectory
        let parts = [
          try part(of: stops[first].search.trajectory, from: .init()),
          try part(of: earlier, from: cuts[0]),
        ]
        let rest = try stop.search.checkpoint(after: cuts[1])
        var search = try Self.search(threads: 1)
        try search.restore(Checkpoint(bytes: rest.bytes), after: CheckpointParts(parts))
        #expect(try self.state(of: search) == state, "stop \(number), cuts \(cuts)")
        #expect(search.trajectory == trajectory)
      }
    }
    #expect(stops[12].extent == whole.trajectory.extent)
  }

  @Test("a part says how far it goes")
  func extent() throws {
    var whole = try Self.search()
    _ = try whole.run { _ in }
    var half = Trajectory.Extent()
    (half.steps, half.epochs, half.genotypes) = (4, 1, 1)
    let part = try part(of: whole.trajectory, from: half)
    var found = Trajectory.Extent(of: part)
    #expect(found.steps == 5 && found.epochs == 2 && found.genotypes == 2)
    found.add(half)
    #expect(found == whole.trajectory.extent)
  }

  @Test("a part of another search does not fit, and changes nothing")
  func otherPart() throws {
    var whole = try Self.search()
    _ = try whole.run { _ in }
    let rest = try whole.checkpoint(after: whole.trajectory.extent)
    var other = try TinySearch.search(TinySearch.configuration())
    _ = try other.run { _ in }
    var search = try Self.search()
    let before = try search.checkpoint().bytes
    #expect(throws: CheckpointMismatch.self) {
      try search.restore(
        rest, after: CheckpointParts([part(of: other.trajectory, from: .init())]))
    }
    #expect(try search.checkpoint().bytes == before)
  }

  @Test("what is left out costs nothing: a checkpoint is as large after many steps as after few")
  func size() throws {
    var whole = try Self.search()
    var sizes: [Int] = []
    _ = try whole.run { search, _ in
      sizes.append(try search.checkpoint(after: search.trajectory.extent).bytes.count)
    }
    // 24 operations of 8 bytes in 18 slots are alive or not; a step would be 5 kB.
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) < 4_000, "\(sizes)")
  }
}
