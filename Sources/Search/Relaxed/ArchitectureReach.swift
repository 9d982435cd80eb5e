/// How far an architecture weight can move: a learning rate follows from the length of the search.
///
/// Adam moves a parameter by about its rate in every step, so that rate × steps bounds the way of
/// an α. With one number for all lengths a short search decides as a long one does.
public struct ArchitectureReach: Sendable, Hashable, LosslessStringConvertible {
  /// Rate × steps over the whole search.
  public let whole: Double
  /// Rate × steps before the first operation is dropped.
  public let beforeFirstDrop: Double

  /// The way of the paper's search on ResNet-20: 293 steps an epoch, 50 epochs, a rate of 6e−4, the
  /// first drop after two epochs (Strack et al., 2024).
  public static let paper = ArchitectureReach(whole: 8.8, beforeFirstDrop: 0.35)

  private init(whole: Double, beforeFirstDrop: Double) {
    (self.whole, self.beforeFirstDrop) = (whole, beforeFirstDrop)
  }

  /// Reads two numbers, such as `8.8 0.35`; nil of anything else.
  public init?(_ text: String) {
    let numbers = text.split(separator: " ").map { Double($0) }
    guard numbers.count == 2, let whole = numbers[0], let first = numbers[1], first > 0,
      whole > first, whole.isFinite
    else { return nil }
    self.init(whole: whole, beforeFirstDrop: first)
  }

  /// The text that `init(_:)` reads.
  public var description: String { "\(whole) \(beforeFirstDrop)" }

  /// The learning rate of an epoch.
  ///
  /// - Parameters:
  ///   - epoch: From 0.
  ///   - first: The first epoch with architecture steps.
  ///   - drops: How many operations are dropped at the beginning of each epoch.
  ///   - endsChoice: Whether the last of these drops leaves no choice.
  ///   - steps: Steps in an epoch.
  /// - Returns: η; one for the whole search where all of its steps lie before the first drop, or
  ///   behind it.
  package func learningRate(
    epoch: Int, from first: Int, drops: [Int], endsChoice: Bool, steps: Int
  ) -> Double {
    let firstDrop = max(first, drops.firstIndex { $0 > 0 } ?? drops.count)
    let end = max(first, endsChoice ? drops.lastIndex { $0 > 0 } ?? drops.count : drops.count)
    let (before, after) = ((firstDrop - first) * steps, (end - firstDrop) * steps)
    guard before > 0, after > 0 else { return whole / Double(max(1, before + max(0, after))) }
    return epoch < firstDrop
      ? beforeFirstDrop / Double(before) : (whole - beforeFirstDrop) / Double(after)
  }
}
