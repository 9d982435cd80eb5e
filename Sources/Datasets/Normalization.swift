/// Mean and standard deviation per channel, of pixels scaled to 0…1.
public struct Normalization: Sendable, Equatable {
  /// `[channels]`, each in 0…1.
  public let mean: [Double]
  /// `[channels]`, of the whole population (divided by n, not n − 1).
  public let standardDeviation: [Double]

  /// Makes a normalization of known statistics.
  ///
  /// - Precondition: there are as many means as standard deviations.
  public init(mean: [Double], standardDeviation: [Double]) {
    precondition(
      mean.count == standardDeviation.count,
      "Normalization: \(mean.count) means, \(standardDeviation.count) standard deviations")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Computes the statistics of all pixels of `images`.
  ///
  /// A histogram per channel keeps the sums exact, whatever the number of images; without images
  /// mean and standard deviation are 0.
  public init(statisticsOf images: ImageSet) {
    let channels = images.channels
    var histogram = [Int](repeating: 0, count: channels * 256)
    histogram.withUnsafeMutableBufferPointer { histogram in
      images.pixels.withUnsafeBufferPointer { pixels in
        for pixel in stride(from: 0, to: pixels.count, by: channels) {
          for channel in 0..<channels {
            histogram[channel << 8 | Int(pixels[pixel + channel])] += 1
          }
        }
      }
    }
    let count = Double(max(1, images.pixels.count / channels))
    var mean: [Double] = []
    var standardDeviation: [Double] = []
    for channel in 0..<channels {
      let counts = histogram[(channel << 8)..<((channel + 1) << 8)].map(Double.init)
      let center = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / count
      let squares = counts.enumerated().reduce(0) {
        let distance = Double($1.offset) - center
        return $0 + distance * distance * $1.element
      }
      mean.append(center / 255)
      standardDeviation.append((squares / count).squareRoot() / 255)
    }
    self.init(mean: mean, standardDeviation: standardDeviation)
  }

  /// The number a network sees for a byte of a channel: `(byte / 255 − mean) / standardDeviation`.
  public func value(of byte: UInt8, channel: Int) -> Float {
    Float((Double(byte) / 255 - mean[channel]) / standardDeviation[channel])
  }

  /// All values, `[channels, 256]`: a look-up per pixel in place of arithmetic.
  var table: [Float] {
    mean.indices.flatMap { channel in
      (0...255).map { value(of: UInt8($0), channel: channel) }
    }
  }
}
