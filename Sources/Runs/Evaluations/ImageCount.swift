import Training

/// How many of a data set's training images are used: always the first ones.
public enum ImageCount: Sendable, Hashable {
  /// All of them.
  case all
  /// So many, which must be there.
  case exactly(Int)
  /// So many, or all if there are fewer.
  case atMost(Int)

  /// The number of images.
  ///
  /// - Parameters:
  ///   - available: The number of training images, positive.
  ///   - dataset: The data set's name, for the message.
  /// - Returns: From 1 to `available`.
  /// - Throws: `ImpossibleValue` if there are not so many.
  func resolved(available: Int, dataset: String) throws(ImpossibleValue) -> Int {
    switch self {
    case .all: return available
    case .atMost(let count): return min(count, available)
    case .exactly(let count):
      try ImpossibleValue.check(
        (1...available).contains(count), "train-images", count,
        mustBe: "from 1 to \(available), the training images of \(dataset), or all")
      return count
    }
  }
}
