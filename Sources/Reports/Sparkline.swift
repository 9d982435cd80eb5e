/// A series as a row of blocks: `▁▃▅▇`.
public enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// Draws a series.
  ///
  /// - Parameters:
  ///   - values: In order of time; those that are not finite leave their place empty.
  ///   - width: Of the row, in characters; a block stands for the mean of its part of the series.
  ///   - range: What the lowest and the highest block stand for; the range of the blocks' means if
  ///     nil.
  /// - Returns: `width` characters.
  public static func text(
    _ values: [Double], width: Int, range: ClosedRange<Double>? = nil
  ) -> String {
    guard !values.isEmpty else { return String(repeating: " ", count: width) }
    let means = (0..<width).map { column -> Double? in
      let start = column * values.count / width
      let end = max(start + 1, (column + 1) * values.count / width)
      let part = values[start..<end].filter(\.isFinite)
      return part.isEmpty ? nil : part.reduce(0, +) / Double(part.count)
    }
    let known = means.compactMap { $0 }
    let low = range?.lowerBound ?? known.min() ?? 0
    let high = range?.upperBound ?? known.max() ?? 0
    return String(
      means.map { mean in
        guard let mean else { return " " }
        guard high > low else { return blocks[0] }
        let place = (min(max(mean, low), high) - low) / (high - low)
        return blocks[min(blocks.count - 1, Int(place * Double(blocks.count)))]
      })
  }
}
