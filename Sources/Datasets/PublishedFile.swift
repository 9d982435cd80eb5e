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

/// The images of a data set as its authors publish it.
public struct PublishedSize: Sendable, Equatable {
  /// The number of training images.
  public let training: Int
  /// The number of test images.
  public let test: Int
  /// Height and width of an image, in pixels, before any padding.
  public let extent: Int
  /// 1 for gray, 3 for red, green, blue.
  public let channels: Int

  /// Describes a data set.
  public init(training: Int, test: Int, extent: Int, channels: Int) {
    self.training = training
    self.test = test
    self.extent = extent
    self.channels = channels
  }
}
