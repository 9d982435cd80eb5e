import Foundation

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
    /// Accuracy of the searched network on the validation images, from 0 to 1.
    public var validationAccuracy: Double?
    /// What people call the activation that such networks usually have; nil if nobody compared.
    public var usual: String?
    /// Accuracy of the same network with it after the same training, from 0 to 1.
    public var usualValidationAccuracy: Double?

    /// Names all of it.
    public init(
      network: String, dataset: String, seed: UInt64, epochs: Int, validationAccuracy: Double?,
      usual: String?, usualValidationAccuracy: Double?
    ) {
      self.network = network
      self.dataset = dataset
      self.seed = seed
      self.epochs = epochs
      self.validationAccuracy = validationAccuracy
      self.usual = usual
      self.usualValidationAccuracy = usualValidationAccuracy
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
    // A name from a file must not end the comment.
    unsafeLines.map {
      $0.split(whereSeparator: \.isNewline).joined(separator: " ")
        .replacingOccurrences(of: "*/", with: "* /")
    }
  }

  private var unsafeLines: [String] {
    let written = "Written by grafs-swift \(programVersion)."
    guard let search else { return [written] + Self.citation }
    var found = [
      "Found by a search: \(search.network) on \(search.dataset), seed \(search.seed), "
        + "\(search.epochs) epochs."
    ]
    if let accuracy = search.validationAccuracy {
      let peer = search.usualValidationAccuracy.map {
        ", with \(search.usual ?? "the usual activation") \(Self.percent($0))"
      }
      found.append("Validation accuracy \(Self.percent(accuracy))\(peer ?? "").")
    }
    return found + [written] + Self.citation
  }

  private static func percent(_ share: Double) -> String {
    "\((share * 10_000).rounded() / 100) %"
  }
}
