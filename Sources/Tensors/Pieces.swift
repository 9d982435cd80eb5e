/// A range cut into nearly equal pieces, the same on every machine and for every thread count.
public struct Pieces: Sendable {
  /// The length of the range.
  public let length: Int
  /// The number of pieces; none is empty unless the range is.
  public let count: Int

  /// Cuts `0..<length` into pieces of at least `smallest` elements, at most `most` of them.
  ///
  /// The default of 32 keeps up to 8 threads evenly busy and makes partial sums cheap to add.
  public init(of length: Int, smallest: Int = 1, most: Int = 32) {
    self.length = length
    count = max(1, min(most, length / max(1, smallest)))
  }

  /// The elements of piece `piece`.
  public subscript(piece: Int) -> Range<Int> {
    (length * piece / count)..<(length * (piece + 1) / count)
  }
}
