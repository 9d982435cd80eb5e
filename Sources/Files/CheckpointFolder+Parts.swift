import Foundation

/// Parts that many checkpoints have in common: `checkpoint-part-<number>.grafs`, each written once.
///
/// A checkpoint names its parts by their digests, so that it is never put together with another
/// part of that number.
extension CheckpointFolder {
  /// The file of a part.
  package func file(part number: Int) -> URL {
    url.appendingPathComponent("\(Self.partStart)\(number)\(Self.end)")
  }

  /// Writes a part, before the first checkpoint that names it.
  ///
  /// - Parameters:
  ///   - part: What to write.
  ///   - number: How many parts stand before it; no checkpoint that can be used has more.
  /// - Returns: The part's digest.
  /// - Throws: `UnwritableFile`.
  package func write(_ part: Checkpoint, asPart number: Int) throws(UnwritableFile) -> String {
    let bytes = part.bytes
    try Self.write(bytes, to: file(part: number))
    return Self.digest(bytes)
  }

  /// The digest that a part would have.
  package static func digest(of part: Checkpoint) -> String { digest(part.bytes) }

  /// Reads a part.
  ///
  /// - Parameters:
  ///   - number: How many parts stand before it.
  ///   - digest: What the checkpoint says it is.
  /// - Returns: The part.
  /// - Throws: `CheckpointMismatch` if it is not there, or not that.
  package func part(_ number: Int, digest: String) throws(CheckpointMismatch) -> Checkpoint {
    let file = file(part: number)
    guard let bytes = try? Data(contentsOf: file) else {
      throw CheckpointMismatch("its part \(file.lastPathComponent) cannot be read")
    }
    guard Self.digest(bytes) == digest, let part = try? Checkpoint(bytes: bytes) else {
      throw CheckpointMismatch("its part \(file.lastPathComponent) is damaged or another one")
    }
    return part
  }

  /// Deletes all parts.
  func removeParts() {
    for name in names where name.hasPrefix(Self.partStart) && name.hasSuffix(Self.end) {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
  }

  private static let partStart = "checkpoint-part-"

  private static func digest(_ bytes: Data) -> String {
    TextDigest.hexadecimal(bytes.withUnsafeBytes(ContentDigest.mixed))
  }
}
