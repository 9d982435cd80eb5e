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

  /// Why they cannot be tried; nil of positive numbers, each once.
  var fault: String? {
    if let odd = given.first(where: { !(1e-6...1e6).contains($0) }) {
      return "\(Self.text(of: odd)) is none"
    }
    for (place, number) in given.enumerated() where given[..<place].contains(number) {
      return "\(Self.text(of: number)) stands there twice"
    }
    return (1...20).contains(given.count) ? nil : "these are \(given.count)"
  }

  /// Which word is no number; nil where all are.
  @Sendable static func fault(in text: String) -> String? {
    text.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isWhitespace } }.first { Double($0) == nil }
      .map { $0.isEmpty ? "a number is missing" : "'\($0)' is no number" }
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
