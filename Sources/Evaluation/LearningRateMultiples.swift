/// By what the recipe's learning rate is multiplied, to find the rate that suits each function.
public struct LearningRateMultiples: Sendable, Hashable {
  /// As they were given.
  public let given: [Double]

  /// The recipe's own rate alone: nothing is chosen.
  public static let own = LearningRateMultiples([1])

  /// Takes multiples over.
  ///
  /// - Parameter given: At least one.
  public init(_ given: [Double]) { self.given = given }

  /// All that are tried, in ascending order: those given, and 1.
  public var all: [Double] { Set(given + [1]).sorted() }

  /// Whether there is a choice.
  public var isChoice: Bool { all != [1] }

  /// Whether they can be tried: positive numbers, each once.
  var isValid: Bool {
    (1...20).contains(given.count) && Set(given).count == given.count
      && given.allSatisfy { (1e-6...1e6).contains($0) }
  }

  /// A multiple as people write it, such as `2` or `0.5`.
  package static func text(of multiple: Double) -> String {
    let text = "\(multiple)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension LearningRateMultiples: LosslessStringConvertible {
  /// Reads numbers joined by commas.
  public init?(_ text: String) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isWhitespace } }
    let numbers = words.compactMap(Double.init)
    guard numbers.count == words.count else { return nil }
    self.init(numbers)
  }

  /// Such as `0.5,1,2`.
  public var description: String { given.map(Self.text).joined(separator: ",") }
}
