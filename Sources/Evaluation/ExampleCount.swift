import Settings

/// How many of a data set's training examples are used: always the first ones.
public enum ExampleCount: Sendable, Hashable {
  /// All of them.
  case all
  /// So many, which must be there.
  case exactly(Int)
  /// So many, or all if there are fewer.
  case atMost(Int)

  /// The number of examples.
  ///
  /// - Parameters:
  ///   - available: The number of training examples, positive.
  ///   - dataset: The data set's name, for the message.
  /// - Returns: From 1 to `available`.
  /// - Throws: `ImpossibleValue` if there are not so many.
  public func resolved(available: Int, dataset: String) throws(ImpossibleValue) -> Int {
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

extension ExampleCount: LosslessStringConvertible {
  /// Reads a whole number or `all`.
  public init?(_ text: String) {
    if text == "all" {
      self = .all
    } else if let count = Int(text) {
      self = .exactly(count)
    } else {
      return nil
    }
  }

  /// The number or `all`.
  public var description: String {
    switch self {
    case .all: "all"
    case .exactly(let count), .atMost(let count): "\(count)"
    }
  }
}
