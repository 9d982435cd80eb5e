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
  private(set) var extent = Trajectory.Extent()
  private var digests: [String] = []

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
    extent = trajectory.extent
  }

  /// Codes which parts a checkpoint has; one without any says nothing of them.
  mutating func code(_ coder: inout StateCoder) {
    guard coder.isRestoring ? coder.holds("parts") : !digests.isEmpty else { return }
    coder.group("parts") { $0.code("digests", &digests) }
  }

  /// Reads all parts, and learns how far they go.
  ///
  /// - Parameter files: The run's checkpoints.
  /// - Returns: The parts, in their order.
  /// - Throws: `CheckpointMismatch` if one is missing, damaged or another one.
  mutating func read(from files: CheckpointFolder) throws(CheckpointMismatch) -> [Checkpoint] {
    var parts: [Checkpoint] = []
    extent = Trajectory.Extent()
    for (number, digest) in digests.enumerated() {
      let part = try files.part(number, digest: digest)
      extent.add(Trajectory.Extent(of: part))
      parts.append(part)
    }
    return parts
  }
}
