import Foundation
import Networks
import Reports

/// Where a function comes from, for the comment above its code.
public struct FunctionOrigin: Sendable, Hashable, Codable {
  /// The search that found it; nil for a formula that somebody wrote.
  public var search: Search?
  /// The version of this program.
  public var programVersion: String

  /// A search and what came of it.
  public struct Search: Sendable, Hashable, Codable {
    /// The network's name.
    public var network: String
    /// The data set's name.
    public var dataset: String
    /// Where the random numbers came from.
    public var seed: UInt64
    /// Its length.
    public var epochs: Int
    /// By what the network's trainings are compared.
    public var metric = Metric.accuracy
    /// Accuracy of the searched network on the validation part, from 0 to 1.
    public var validationAccuracy: Double?
    /// Its mean loss there, in nats.
    public var validationLoss: Double?
    /// What people call the activation that such networks usually have; nil if nobody compared.
    public var usual: String?
    /// Accuracy of the same network with it after the same training, from 0 to 1.
    public var usualValidationAccuracy: Double?
    /// Mean loss of the same, in nats.
    public var usualValidationLoss: Double?

    /// What the race at its end has shown, line by line; empty without one.
    public var race: [String] = []

    /// A search of which nothing has come yet.
    public init(network: String, dataset: String, seed: UInt64, epochs: Int) {
      self.network = network
      self.dataset = dataset
      self.seed = seed
      self.epochs = epochs
    }

    private var value: Double? { metric == .accuracy ? validationAccuracy : validationLoss }
    private var usualValue: Double? {
      metric == .accuracy ? usualValidationAccuracy : usualValidationLoss
    }

    /// What came of it, in the metric's words; nil if nothing did.
    fileprivate var outcome: String? {
      guard let value else { return nil }
      let peer = usualValue.map {
        ", with \(usual ?? "the usual activation") \(metric.text($0))"
      }
      return "Validation \(metric.title) \(metric.text(value))\(peer ?? "")."
    }
  }

  /// Makes an origin.
  public init(search: Search?, programVersion: String) {
    self.search = search
    self.programVersion = programVersion
  }

  /// How the method is cited.
  static let citation = [
    "To cite the method, GRAFS: L. Strack, M. Safari, F. Hutter, \"Efficient Search for",
    "Customized Activation Functions with Gradient Descent\", 2024, arXiv:2408.06820.",
  ]

  /// The comment's lines, without the formula.
  var lines: [String] {
    // A name from a file must neither end the comment nor command a terminal.
    unsafeLines.map {
      let line = $0.split(whereSeparator: \.isNewline).joined(separator: " ")
      return TerminalText.harmless(line).replacingOccurrences(of: "*/", with: "* /")
    }
  }

  private var unsafeLines: [String] {
    let written = "Written by grafs-swift \(programVersion)."
    guard let search else { return [written] + Self.citation }
    var found = [
      "Found by a search: \(search.network) on \(search.dataset), seed \(search.seed), "
        + "\(search.epochs) epochs."
    ]
    if search.race.isEmpty {
      if let outcome = search.outcome { found.append(outcome) }
    } else {
      found += search.race
    }
    return found + [written] + Self.citation
  }
}
