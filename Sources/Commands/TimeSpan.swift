import Files
import Foundation

/// A length of time as people write it: `90s`, `30 min`, `1.5h`, `1h30m`, `2 days`.
struct TimeSpan {
  /// Its length; positive, a year at most.
  let seconds: Double

  private static let units: [(names: [String], seconds: Double)] = [
    (["d", "day", "days"], 86_400), (["h", "hr", "hrs", "hour", "hours"], 3600),
    (["m", "min", "mins", "minute", "minutes"], 60),
    (["s", "sec", "secs", "second", "seconds"], 1),
  ]
  private static let longest = 366.0 * 86_400

  /// Reads numbers with their units, larger units first.
  ///
  /// - Parameters:
  ///   - text: Such as `1h30m`.
  ///   - option: Where it stands, for the error.
  /// - Throws: `RunError` if it is no time, none to work in, or more than a year.
  init(parsing text: String, option: String) throws(RunError) {
    func refused(_ complaint: String, cure: String) -> RunError {
      RunError("\(option): '\(text)' \(complaint)", cure: cure)
    }
    let words = text.lowercased().trimmingCharacters(in: .whitespaces)
    guard let seconds = Self.sum(of: words) else {
      let isNumber = Double(words) != nil
      throw refused(
        isNumber ? "has no unit" : "is no time",
        cure: "give numbers with a unit, d, h, m (minutes) or s, the larger first, such as 90s, "
          + "30m, 1.5h or 1h30m")
    }
    guard seconds > 0 else {
      throw refused("leaves no time", cure: "give more than 0, such as 30m")
    }
    guard seconds <= Self.longest else {
      throw refused("is more than a year", cure: "give at most 366d, such as 8h")
    }
    self.seconds = seconds
  }

  /// The seconds of all parts; nil of what is no time.
  private static func sum(of text: String) -> Double? {
    var rest = text[...]
    var sum = 0.0
    /// The first unit that may still come.
    var next = 0
    while !rest.isEmpty {
      guard
        let part = rest.prefixMatch(
          of: /([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)\s*([a-z]+)\s*/),
        let number = Double(part.1),
        let unit = units.indices.first(where: { units[$0].names.contains(String(part.2)) }),
        // A sign stands for the whole, and nothing stands twice.
        unit >= next, sum == 0 || number >= 0
      else { return nil }
      sum += number * units[unit].seconds
      next = unit + 1
      rest = rest[part.range.upperBound...]
    }
    return next > 0 ? sum : nil
  }
}
