/// Labeled images as bytes, in the order of their file.
public struct ImageSet: Sendable, Equatable {
  /// The number of images.
  public var count: Int { labels.count }
  /// The height of every image, in pixels.
  public let height: Int
  /// The width of every image, in pixels.
  public let width: Int
  /// The number of colors of a pixel: 1 for gray, 3 for red, green, blue.
  public let channels: Int
  /// `[count, height, width, channels]`, row-major; 0 is black.
  public let pixels: [UInt8]
  /// `[count]`, each the position of the image's class in the data set's `classNames`.
  public let labels: [UInt8]

  /// Makes a set of images.
  ///
  /// - Parameters:
  ///   - pixels: `[count, height, width, channels]`, row-major.
  ///   - labels: `[count]`.
  ///   - height: In pixels; positive.
  ///   - width: In pixels; positive.
  ///   - channels: Positive.
  /// - Precondition: there are as many pixels as `labels.count` images have.
  public init(pixels: [UInt8], labels: [UInt8], height: Int, width: Int, channels: Int) {
    precondition(
      height > 0 && width > 0 && channels > 0, "ImageSet: extents \(height)×\(width)×\(channels)")
    precondition(
      pixels.count == labels.count * height * width * channels,
      "ImageSet: \(pixels.count) bytes are not \(labels.count)×\(height)×\(width)×\(channels)")
    self.pixels = pixels
    self.labels = labels
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The bytes of one image: `height · width · channels`.
  public var bytesPerImage: Int { height * width * channels }

  /// The images in the middle of larger black ones, an odd row or column more below and right.
  ///
  /// - Parameters:
  ///   - height: The new height, at least the present one.
  ///   - width: The new width, at least the present one.
  /// - Returns: `[count, height, width, channels]` with the same labels.
  public func padded(toHeight height: Int, width: Int) -> ImageSet {
    precondition(
      height >= self.height && width >= self.width,
      "padded: \(self.height)×\(self.width) does not fit into \(height)×\(width)")
    if height == self.height && width == self.width { return self }
    let top = (height - self.height) / 2
    let left = (width - self.width) / 2
    let rowBytes = self.width * channels
    var larger = [UInt8](repeating: 0, count: count * height * width * channels)
    pixels.withUnsafeBytes { source in
      larger.withUnsafeMutableBytes { target in
        for image in 0..<count {
          for row in 0..<self.height {
            let from = (image * self.height + row) * rowBytes
            let to = ((image * height + top + row) * width + left) * channels
            target[to..<(to + rowBytes)].copyBytes(from: source[from..<(from + rowBytes)])
          }
        }
      }
    }
    return ImageSet(
      pixels: larger, labels: labels, height: height, width: width, channels: channels)
  }

  /// The images with rows and columns exchanged.
  ///
  /// - Returns: `[count, width, height, channels]` with the same labels.
  public func transposed() -> ImageSet {
    var turned: [UInt8] = []
    turned.reserveCapacity(pixels.count)
    for image in 0..<count {
      for column in 0..<width {
        for row in 0..<height {
          let start = ((image * height + row) * width + column) * channels
          turned.append(contentsOf: pixels[start..<(start + channels)])
        }
      }
    }
    return ImageSet(
      pixels: turned, labels: labels, height: width, width: height, channels: channels)
  }
}
