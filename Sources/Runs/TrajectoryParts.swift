import Files
import Foundation
import Traces

/// The rows of a long search that its checkpoints have in common, so that none repeats them: parts
/// of a mebibyte or more, each written once.
///
/// The last rows, less than a part, stand in each checkpoint itself; all rows of a short search do.
struct TrajectoryParts {
  /// From so many bytes on, rows become a part.
  static let size = 1 << 20

  /// How far the parts go.
  var extent: Trajectory.Extent { ends.last ?? Trajectory.Extent() }
  private var digests: [String] = []
  /// How far each goes, from the beginning of the search.
  private var ends: [Trajectory.Extent] = []

  /// Makes a part of the last rows, if they have become enough for one.
  ///
  /// - Parameters:
  ///   - trajectory: What happened so far.
  ///   - files: The run's checkpoints.
  /// - Throws: `UnwritableFile`; the parts before still stand.
  mutating func grow(with trajectory: Trajectory, in files: CheckpointFolder) throws {
    guard trajectory.byteCount(from: extent) >= Self.size else { return }
    let part = try StateCoder.checkpoint(of: trajectory.rows(from: extent)) { $0.code(&$1) }
    digests.append(try files.write(part, asPart: digests.count))
    ends.append(trajectory.extent)
  }

  /// Codes which parts a checkpoint has; one without any says nothing of them.
  mutating func code(_ coder: inout StateCoder) {
    guard coder.isRestoring ? coder.holds("parts") : !digests.isEmpty else { return }
    coder.group("parts") { coder in
      coder.code("digests", &digests)
      // Checkpoints of earlier versions do not say it.
      guard !coder.isRestoring || coder.holds(entry: "steps") else { return }
      if coder.isRestoring { ends = digests.map { _ in Trajectory.Extent() } }
      for (name, path) in Trajectory.Extent.counts
      where !coder.isRestoring || coder.holds(entry: name) {
        var counts = ends.map { $0[keyPath: path] }
        coder.code(name, &counts, count: ends.count)
        for index in ends.indices { ends[index][keyPath: path] = counts[index] }
      }
    }
  }

  /// Reads all parts once, and learns how far they go. One that is damaged is made anew of the
  /// trace, which has the same rows.
  ///
  /// - Parameters:
  ///   - files: The run's checkpoints.
  ///   - trace: The run's trace.
  /// - Returns: The parts, in their order, and the files made anew.
  /// - Throws: `CheckpointMismatch` if one is missing, damaged or another one, and the trace does
  ///   not have its rows.
  mutating func read(
    from files: CheckpointFolder, trace: URL
  ) throws(CheckpointMismatch) -> (parts: CheckpointParts, remade: [URL]) {
    var extent = Trajectory.Extent()
    var found: [Trajectory.Extent] = []
    var remade: [URL] = []
    for (number, digest) in digests.enumerated() {
      let part: Checkpoint
      do throws(CheckpointMismatch) {
        part = try files.part(number, digest: digest)
      } catch {
        guard ends.indices.contains(number),
          let rows = Self.rows(from: extent, to: ends[number], in: trace),
          CheckpointFolder.digest(of: rows) == digest,
          (try? files.write(rows, asPart: number)) == digest
        else { throw error }
        part = rows
        remade.append(files.file(part: number))
      }
      extent.add(Trajectory.Extent(of: part))
      found.append(extent)
    }
    ends = found
    let digests = digests
    let parts = CheckpointParts(count: digests.count) { number throws(CheckpointMismatch) in
      try files.part(number, digest: digests[number])
    }
    return (parts, remade)
  }

  /// The rows between two points of a trace, as a part; nil if it does not have them.
  private static func rows(
    from start: Trajectory.Extent, to end: Trajectory.Extent, in file: URL
  ) -> Checkpoint? {
    guard let trajectory = try? TraceFile.read(file).trajectory,
      Trajectory.Extent.counts.allSatisfy({ _, path in
        (0...end[keyPath: path]).contains(start[keyPath: path])
          && end[keyPath: path] <= trajectory.extent[keyPath: path]
      })
    else { return nil }
    let rows = trajectory.prefix(end).rows(from: start)
    return try? StateCoder.checkpoint(of: rows) { $0.code(&$1) }
  }
}
