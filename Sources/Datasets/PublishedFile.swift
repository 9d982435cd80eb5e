/// A file of a data set, and what is known of it as its authors publish it.
public struct PublishedFile: Sendable, Equatable {
  /// Its name; on the disk `.gz` may follow.
  public let name: String
  /// Its length in bytes, unpacked.
  public let bytes: Int
  /// The MD5 of its bytes, unpacked; nil where nobody publishes it.
  public let digest: String?
  /// The MD5 of the gzip file as its authors packed it; nil where nobody publishes it.
  ///
  /// Others pack the same bytes otherwise (Debian does), so that a different one proves nothing.
  public let packedDigest: String?

  /// Describes a file.
  public init(_ name: String, bytes: Int, digest: String? = nil, packedDigest: String? = nil) {
    self.name = name
    self.bytes = bytes
    self.digest = digest
    self.packedDigest = packedDigest
  }
}
