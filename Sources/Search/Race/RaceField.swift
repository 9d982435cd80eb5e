import Activations
import Foundation
import Networks
import Tensors
import Traces

/// The functions that start in a race: none twice, none that no network could be trained with.
public struct RaceField: Sendable {
  /// A function that starts.
  public struct Arm: Sendable, Hashable {
    /// The function.
    public let function: PlacedFunction
    /// Where it comes from.
    public let origin: RaceHistory.Origin
  }

  /// The functions so far, in the order of their numbers.
  public private(set) var arms: [Arm] = []

  private let freeSigns: [FreeSigns]
  private let together: FreeSigns

  /// A field without functions.
  ///
  /// - Parameters:
  ///   - freeSigns: The signs that make no difference to a training, of each cell's function: those
  ///     that differ in them alone are one.
  ///   - together: The same for a function that all cells share.
  public init(freeSigns: [FreeSigns] = [], together: FreeSigns = []) {
    self.freeSigns = freeSigns
    self.together = together
  }

  /// Adds a function, unless it is there already or cannot be trained.
  ///
  /// Usual functions and those that somebody has asked for are always fit.
  ///
  /// - Parameters:
  ///   - function: The function.
  ///   - origin: Where it comes from.
  /// - Returns: Whether it was added.
  @discardableResult
  public mutating func add(_ function: PlacedFunction, from origin: RaceHistory.Origin) -> Bool {
    if origin != .usual, origin != .given, !function.isTrainable { return false }
    guard number(of: function) == nil else { return false }
    arms.append(Arm(function: function, origin: origin))
    return true
  }

  /// The number of a function; nil if it does not start.
  public func number(of function: PlacedFunction) -> Int? {
    let free =
      function.cells.count == freeSigns.count
      ? freeSigns : function.cells.map { _ in function.cells.count == 1 ? together : [] }
    return arms.firstIndex { $0.function.isEqual(to: function, freeSigns: free) }
  }

  /// Adds functions of one kind until there are so many.
  ///
  /// - Parameters:
  ///   - count: How many there shall be in all.
  ///   - origin: Where they come from.
  ///   - next: The next function; nil when there is no other.
  public mutating func fill(
    to count: Int, from origin: RaceHistory.Origin, next: () -> PlacedFunction?
  ) {
    // Of a small space most draws are there already.
    var rejected = 0
    while arms.count < count, rejected < 50, let function = next() {
      rejected = add(function, from: origin) ? 0 : rejected + 1
    }
  }
}

extension PlacedFunction {
  /// Where pre-activations of normalized layers lie, with a normal distribution's weight.
  private static let normal: [(x: Double, weight: Double)] = (-40...40).map { step in
    let x = Double(step) / 10
    return (x, exp(-x * x / 2))
  }

  /// The least standard deviation of a function's values, if arguments are normal.
  private static let leastSpread = 0.01
  /// The greatest root mean square of its slopes.
  private static let greatestSlope = 50.0

  /// Whether a network might be trained with it: its values are finite and not all about the same,
  /// its slopes not huge, where arguments follow a standard normal distribution.
  public var isTrainable: Bool {
    cells.allSatisfy { cell in
      var sums = (weight: 0.0, value: 0.0, square: 0.0, slope: 0.0)
      for (x, weight) in Self.normal {
        let (value, slope) = cell.expression.valueAndDerivative(at: x, limits: limits)
        guard value.isFinite, slope.isFinite else { return false }
        sums.weight += weight
        sums.value += weight * value
        sums.square += weight * value * value
        sums.slope += weight * slope * slope
      }
      let mean = sums.value / sums.weight
      let variance = sums.square / sums.weight - mean * mean
      return variance >= Self.leastSpread * Self.leastSpread
        && sums.slope / sums.weight <= Self.greatestSlope * Self.greatestSlope
    }
  }

  /// Whether two functions are one: in canonical form, or by their values, up to the signs that
  /// are free, cell by cell.
  fileprivate func isEqual(to other: PlacedFunction, freeSigns: [FreeSigns]) -> Bool {
    if isSame(as: other) { return true }
    guard cells.map(\.name) == other.cells.map(\.name), !isTrained, !other.isTrained else {
      return false
    }
    return zip(zip(cells, other.cells), freeSigns).allSatisfy { pair, free in
      let signs = [(1.0, 1.0), (-1, 1), (1, -1), (-1, -1)].filter { argument, value in
        (argument > 0 || free.contains(.argument)) && (value > 0 || free.contains(.value))
      }
      return signs.contains { argument, value in
        (-128...128).allSatisfy { step in
          let x = Double(step) / 16
          let first = pair.0.expression.value(at: x, limits: limits)
          let second = value * pair.1.expression.value(at: argument * x, limits: other.limits)
          if first.isNaN || second.isNaN { return first.isNaN && second.isNaN }
          return abs(first - second) <= 1e-6 * max(1, abs(first), abs(second)) || first == second
        }
      }
    }
  }
}
