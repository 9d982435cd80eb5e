import Activations
import Files
import Foundation
import Networks
import Reports
import Statistics

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
    /// What the searches' races say of it, such as `beside ReLU: better`; nil without races.
    public var verdicts: [String]?
  }

  /// The functions, the most frequent first.
  public let functions: [Finding]
  /// The seeds of searches that diverged.
  public let diverged: [UInt64]
  /// The name of the activation that the model usually has; nil if no search was compared with it.
  public let usualActivation: String?
  /// The validation accuracies of the same network with it, in the order of the seeds.
  public let usualValidationAccuracies: [Double]

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
        if let verdict = result.evidence?.shortText { functions[index].verdicts?.append(verdict) }
      } else {
        first.append(result)
        functions.append(
          Finding(
            expression: expression, seeds: [result.seed], validationAccuracies: [accuracy],
            verdicts: result.evidence.map { [$0.shortText] }))
      }
    }
    // Stable: equally frequent functions stay in the order of their seeds.
    self.functions = functions.enumerated().sorted {
      ($1.element.seeds.count, $0.offset) < ($0.element.seeds.count, $1.offset)
    }.map(\.element)
    diverged = results.filter { $0.expression == nil }.map(\.seed)
    usualActivation = results.lazy.compactMap(\.usualActivation).first
    usualValidationAccuracies = results.compactMap(\.usualValidationAccuracy)
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
  public func json() throws -> Data { try SortedJSON.data(self) }

  /// The summary as a table.
  public var text: String {
    functions.contains { $0.verdicts != nil } ? textOfRaces : textOfSearches
  }

  /// The winners; what the searched networks came to is about other functions.
  private var textOfRaces: String {
    var table = TextTable("won", "seeds", "verdicts", "function")
    for function in functions {
      table.add(
        "\(function.seeds.count)×", function.seeds.map(String.init).joined(separator: " "),
        (function.verdicts ?? ["no race yet"]).joined(separator: " | "), function.expression)
    }
    if !diverged.isEmpty {
      table.add(
        "\(diverged.count)×", diverged.map(String.init).joined(separator: " "), "diverged", "")
    }
    return table.text
  }

  private var textOfSearches: String {
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
    let usual = usualActivation.map { name in
      let title = Baselines.baseline(named: name)?.title ?? name
      return "; with \(title) on the same budget "
        + Self.meanAndDeviation(usualValidationAccuracies)
    }
    return table.text + "all: \(Self.meanAndDeviation(all))\(usual ?? "")\n"
  }

  /// Mean ± standard deviation (of the sample) in percent; the mean alone of fewer than two.
  private static func meanAndDeviation(_ parts: [Double]) -> String {
    let sample = Sample(parts)
    guard let mean = sample.mean else { return "none" }
    guard let deviation = sample.standardDeviation else { return Metric.accuracy.text(mean) }
    return String(format: "%.2f ± %.2f %%", 100 * mean, 100 * deviation)
  }
}
