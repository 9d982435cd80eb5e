import Foundation

/// The checkpoints of one run, `checkpoint-<step>.grafs` in a folder, of which the last two are
/// kept.
public struct CheckpointFolder: Sendable {
  /// The folder.
  public let url: URL

  /// A file that could not be used.
  public struct Rejected: Sendable, Hashable {
    /// The file.
    public let file: URL
    /// What is wrong with it.
    public let defect: String
  }

  /// The steps of the checkpoints known to be good, ascending.
  private var good: [Int] = []

  private static let start = "checkpoint-"
  static let end = ".grafs"

  /// Names the folder, without touching it.
  public init(_ url: URL) { self.url = url }

  /// The file of a step's checkpoint.
  public func file(step: Int) -> URL {
    url.appendingPathComponent("\(Self.start)\(step)\(Self.end)")
  }

  /// The steps of which there are files, ascending.
  public var steps: [Int] {
    names.compactMap { name in
      guard name.hasPrefix(Self.start), name.hasSuffix(Self.end) else { return nil }
      let number = name.dropFirst(Self.start.count).dropLast(Self.end.count)
      return Int(number).flatMap { "\($0)" == number && $0 >= 0 ? $0 : nil }
    }.sorted()
  }

  var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  }

  /// Writes a checkpoint, and then deletes those older than the one before it.
  ///
  /// The file is complete, synced and read back before it gets its name, and the folder is synced
  /// before anything is deleted: at any instant a good checkpoint stands.
  ///
  /// - Parameters:
  ///   - checkpoint: What to write.
  ///   - step: The number of steps taken; one that was written before is replaced.
  /// - Throws: `UnwritableFile`; what stood there before still stands.
  public mutating func write(_ checkpoint: Checkpoint, step: Int) throws(UnwritableFile) {
    try Self.write(checkpoint.bytes, to: file(step: step))
    good = Array((good.filter { $0 < step } + [step]).suffix(2))
    // What cannot be deleted is in nobody's way: it is not read while a newer one is good.
    for other in steps where !good.contains(other) {
      try? FileManager.default.removeItem(at: self.file(step: other))
    }
  }

  static func write(_ bytes: Data, to file: URL) throws(UnwritableFile) {
    do {
      try bytes.withUnsafeBytes { try AtomicFile.write($0, to: file.path, isReadBack: true) }
    } catch let error as UnwritableFile {
      throw error
    } catch {
      throw UnwritableFile(file: file.path, reason: "\(error)")
    }
  }

  /// Looks for the newest checkpoint that can be used.
  ///
  /// - Parameter use: Takes up a checkpoint, or throws why it does not fit.
  /// - Returns: The step of the one used, nil if there is none; and the newer files that could not
  ///   be used, which the next `write` deletes.
  public mutating func restore(
    _ use: (Checkpoint) throws(CheckpointMismatch) -> Void
  ) -> (step: Int?, rejected: [Rejected]) {
    var rejected: [Rejected] = []
    for step in steps.reversed() {
      let file = file(step: step)
      do {
        try use(Checkpoint(bytes: Data(contentsOf: file)))
        good = [step]
        return (step, rejected)
      } catch let error as CocoaError {
        let reason = (error.underlying as? POSIXError).map {
          String(cString: strerror($0.code.rawValue))
        }
        rejected.append(
          Rejected(file: file, defect: "cannot be read (\(reason ?? "\(error.code)"))"))
      } catch {
        rejected.append(Rejected(file: file, defect: "\(error)"))
      }
    }
    return (nil, rejected)
  }

  /// Deletes all checkpoints with their parts, and what killed processes have left of theirs.
  public mutating func removeAll() {
    for step in steps { try? FileManager.default.removeItem(at: file(step: step)) }
    // After the checkpoints, which need them.
    removeParts()
    removeLeftovers()
    good = []
  }

  /// Deletes what processes that were killed while writing a checkpoint have left behind.
  public func removeLeftovers() {
    for name in names where name.hasPrefix("." + Self.start) && name.hasSuffix(".partial") {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
  }
}
