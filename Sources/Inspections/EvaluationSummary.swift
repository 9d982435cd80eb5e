import Foundation

/// How functions score on test images, as an evaluation leaves it behind in `evaluation.json`; what it
/// says besides is not read.
public struct EvaluationSummary: Codable, Sendable, Hashable {
  /// A function on a network and a data set, over several seeds.
  public struct Row: Codable, Sendable, Hashable {
    /// The function's name.
    public let function: String
    /// The network's name.
    public let network: String
    /// The data set's name.
    public let dataset: String
    /// How many trainings there were.
    public let seeds: Int
    /// How many of them diverged.
    public let diverged: Int?
    /// Mean accuracy on test images, 0 to 1.
    public let mean: Double?
    /// Standard deviation of the sample.
    public let standardDeviation: Double?
    /// Median accuracy.
    public let median: Double?
    /// The function beside others.
    public let comparisons: [Comparison]?
  }

  /// A function beside another one.
  public struct Comparison: Codable, Sendable, Hashable {
    /// The other one.
    public let baseline: String
    /// How many pairs of trainings there were; where they are not paired, how many of the function
    /// of which there are fewer.
    public let seeds: Int?
    /// Whether trainings were compared seed by seed.
    public let paired: Bool?
    /// Mean difference of the accuracies; positive where the function is better.
    public let difference: Double?
    /// The interval in which that difference lies with confidence.
    public let interval: [Double]?
    /// The probability of such a difference by chance.
    public let p: Double?
    /// The same, adjusted for the number of comparisons.
    public let pAdjusted: Double?
    /// In words.
    public let verdict: String?
  }

  /// A row for each function, network and data set.
  public let summary: [Row]
  /// Whether all trainings are done.
  public let isComplete: Bool?

  /// Reads it.
  ///
  /// - Parameter json: The contents of `evaluation.json`.
  /// - Throws: What the decoder throws.
  public init(json: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(EvaluationSummary.self, from: json)
  }
}
