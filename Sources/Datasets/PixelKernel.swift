/// Turns bytes into numbers for the network, an image at a time.
struct PixelKernel: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  /// `[channels, 256]`
  private let table: [Float]

  init(_ images: ImageSet, _ normalization: Normalization) {
    precondition(
      normalization.mean.count == images.channels,
      "a normalization of \(normalization.mean.count) channels for \(images.channels)")
    height = images.height
    width = images.width
    channels = images.channels
    table = normalization.table
  }

  /// Writes one image, changed and normalized.
  ///
  /// What a shift brings in from outside is black before normalization.
  ///
  /// - Parameters:
  ///   - image: `[height, width, channels]`.
  ///   - change: What happens to the image.
  ///   - target: `[height, width, channels]`.
  func write(
    _ image: UnsafePointer<UInt8>, _ change: Augmentation.Change,
    to target: UnsafeMutablePointer<Float>
  ) {
    // The columns of the shifted image that come from the image; the rest is black.
    let left = max(0, min(width, -change.right))
    let end = max(left, min(width, width - change.right))
    table.withUnsafeBufferPointer { table in
      for y in 0..<height {
        let row = target + y * width * channels
        let sourceY = y + change.down
        guard sourceY >= 0 && sourceY < height else {
          blacken(row, 0..<width, change.isFlipped, table)
          continue
        }
        blacken(row, 0..<left, change.isFlipped, table)
        blacken(row, end..<width, change.isFlipped, table)
        var source = image + (sourceY * width + left + change.right) * channels
        var pixel = row + (change.isFlipped ? width - 1 - left : left) * channels
        let step = change.isFlipped ? -channels : channels
        for _ in left..<end {
          for channel in 0..<channels {
            pixel[channel] = table[channel << 8 | Int(source[channel])]
          }
          source += channels
          pixel += step
        }
      }
    }
  }

  /// Writes black into the columns `columns`, counted from the right when flipped.
  private func blacken(
    _ row: UnsafeMutablePointer<Float>, _ columns: Range<Int>, _ isFlipped: Bool,
    _ table: UnsafeBufferPointer<Float>
  ) {
    for column in columns {
      let pixel = row + (isFlipped ? width - 1 - column : column) * channels
      for channel in 0..<channels { pixel[channel] = table[channel << 8] }
    }
  }
}
