import Foundation

/// A linear axis: which values it spans, where they lie, and which of them are named.
public struct PlotAxis: Sendable, Hashable {
  /// The values that it spans; not empty.
  public let range: ClosedRange<Double>

  /// Spans at least these values.
  ///
  /// - Parameters:
  ///   - values: Those that are not finite do not count; none at all give 0 to 1.
  ///   - margin: What is added at both ends, as a part of the range.
  public init(spanning values: some Sequence<Double>, margin: Double = 0) {
    let known = values.filter(\.isFinite)
    let (low, high) = (known.min() ?? 0, known.max() ?? 1)
    let width = high - low > 1e-12 * max(abs(low), abs(high)) ? high - low : max(1, abs(low)) / 2
    let extra = (high > low ? 0 : width / 2) + margin * width
    range = low - extra...high + extra
  }

  /// The part of the axis at which a value lies: 0 at its beginning, 1 at its end.
  public func place(of value: Double) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// How far two positive numbers are apart, as a ratio.
  private func distance(_ left: Double, _ right: Double) -> Double { abs(log(left / right)) }

  /// Values to be named: multiples of 1, 2 or 5 times a power of ten.
  ///
  /// - Parameter count: About how many.
  /// - Returns: Each value with its text, all texts with as many digits as they need.
  public func ticks(_ count: Int) -> [(value: Double, text: String)] {
    let rough = (range.upperBound - range.lowerBound) / Double(max(1, count))
    let power = pow(10, floor(log10(rough)))
    let factors = [1.0, 2, 5, 10]
    let step =
      power * (factors.min { distance($0, rough / power) < distance($1, rough / power) } ?? 1)
    let digits = max(0, Int(-floor(log10(step) + 1e-9)))
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last, last - first < 100 else { return [] }
    return (first...last).map {
      let value = Double($0) * step
      let text = digits > 5 ? String(format: "%g", value) : String(format: "%.*f", digits, value)
      return (value, text.replacingOccurrences(of: "-", with: "−"))
    }
  }
}
