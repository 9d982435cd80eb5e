import Foundation

/// When operations are dropped: slowly at first, ever faster towards the end.
///
/// Drop k of K falls into epoch `start − 1 + ⌊n^(k / (K − 1))⌋`, with n = epochs − start and k
/// counted from 0; the last one into epoch `epochs − 1`. Epochs count from 0. Source: Strack,
/// Safari, Hutter, 2024, and its released program.
public struct ShrinkingSchedule: Sendable, Hashable {
  /// How many operations are dropped at the beginning of each epoch; one entry for each.
  public let drops: [Int]

  init(drops: [Int]) { self.drops = drops }

  /// Spreads the drops over a search.
  ///
  /// - Parameters:
  ///   - count: K, the number of operations to drop.
  ///   - start: The first epoch that drops any, at least 1.
  ///   - epochs: The length of the search. One of `start` epochs or fewer drops nothing on the
  ///     way.
  public init(dropping count: Int, start: Int, epochs: Int) {
    precondition(
      count >= 0 && start >= 1 && epochs >= 0,
      "ShrinkingSchedule: \(count) drops from epoch \(start) of \(epochs)")
    var drops = [Int](repeating: 0, count: epochs)
    if epochs > start {
      for drop in 0..<count {
        drops[Self.epoch(of: drop, count: count, start: start, epochs: epochs)] += 1
      }
    }
    self.drops = drops
  }

  /// The epoch of one drop.
  ///
  /// A power that is a whole number, such as 125^(17/51), may come out just short of it in floating
  /// point; 1e−12 more than makes up for that, and carries no other power of such size past one.
  private static func epoch(of drop: Int, count: Int, start: Int, epochs: Int) -> Int {
    let power = pow(Double(epochs - start), Double(drop) / Double(max(1, count - 1)))
    return start - 1 + Int(power * (1 + 1e-12))
  }

  /// The number of operations dropped in all.
  public var total: Int { drops.reduce(0, +) }
}
