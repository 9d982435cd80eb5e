import Foundation
import Reports

/// Which functions several searches found, and how often.
public struct SeedSummary: Codable, Sendable, Hashable {
  /// A function, and the searches that found it.
  public struct Finding: Codable, Sendable, Hashable {
    /// The function, as the first of these searches wrote it.
    public let expression: String
    /// The seeds of the searches.
    public var seeds: [UInt64]
    /// The validation accuracies of these searches after the last epoch, from 0 to 1.
    public var validationAccuracies: [Double]
  }

  /// The functions, the most frequent first.
  public let functions: [Finding]
  /// The seeds of searches that diverged.
  public let diverged: [UInt64]
  /// The validation accuracies of the same network with ReLU, in the order of the seeds.
  public let reluValidationAccuracies: [Double]

  /// Sums up; the same function, however it came about, counts as one (`PlacedFunction.isSame`).
  ///
  /// - Parameter results: The searches' results, in the order of their seeds.
  public init(_ results: [SearchResult]) {
    var functions: [Finding] = []
    /// The result in which each of the functions was first found.
    var first: [SearchResult] = []
    for result in results {
      guard let expression = result.expression, let accuracy = result.validationAccuracy else {
        continue
      }
      if let index = first.firstIndex(where: { Self.areSame($0, result) }) {
        functions[index].seeds.append(result.seed)
        functions[index].validationAccuracies.append(accuracy)
      } else {
        first.append(result)
        functions.append(
          Finding(
            expression: expression, seeds: [result.seed], validationAccuracies: [accuracy]))
      }
    }
    // Stable: equally frequent functions stay in the order of their seeds.
    self.functions = functions.enumerated().sorted {
      ($1.element.seeds.count, $0.offset) < ($0.element.seeds.count, $1.offset)
    }.map(\.element)
    diverged = results.filter { $0.expression == nil }.map(\.seed)
    reluValidationAccuracies = results.compactMap(\.reluValidationAccuracy)
  }

  /// Whether two searches found the same functions, cell by cell.
  private static func areSame(_ left: SearchResult, _ right: SearchResult) -> Bool {
    guard let first = left.formula, let second = right.formula else {
      return left.expression == right.expression
    }
    return first.isSame(as: second)
  }

  /// The summary as JSON, keys in snake case and sorted.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The summary as a table.
  public var text: String {
    var table = TextTable("found", "validation accuracy", "seeds", "function")
    for function in functions {
      table.add(
        "\(function.seeds.count)×", Self.meanAndDeviation(function.validationAccuracies),
        function.seeds.map(String.init).joined(separator: " "), function.expression)
    }
    if !diverged.isEmpty {
      table.add(
        "\(diverged.count)×", "diverged", diverged.map(String.init).joined(separator: " "), "")
    }
    let all = functions.flatMap(\.validationAccuracies)
    return table.text
      + "all: \(Self.meanAndDeviation(all)); with ReLU on the same budget "
      + Self.meanAndDeviation(reluValidationAccuracies) + "\n"
  }

  /// Mean ± standard deviation (of the sample) in percent; the mean alone of fewer than two.
  private static func meanAndDeviation(_ parts: [Double]) -> String {
    guard !parts.isEmpty else { return "none" }
    let mean = parts.reduce(0, +) / Double(parts.count)
    guard parts.count > 1 else { return SearchResult.percent(mean) }
    let squares = parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(parts.count - 1)).squareRoot()
    return String(format: "%.2f ± %.2f %%", 100 * mean, 100 * deviation)
  }
}
