import Activations
import Files
import Foundation
import Networks

/// What a search found, as `result.json` holds it.
public struct SearchResult: Codable, Sendable, Hashable {
  /// `finished` or `diverged`.
  public var status: String
  /// The function, such as `sigmoid(gelu(x)) * gelu(x)`; of several, `stage0: …; stage1: …`; nil of
  /// a diverged search.
  public var expression: String?
  /// The same exactly: no operation left out, all digits, the limits of the search; nil where there
  /// is no function. Before there were `limits`: simplified, without limits.
  public var formula: PlacedFunction?
  /// How the search bounded operations; nil in results of version 0.1.0, and where there is no
  /// function.
  public var limits: Limits?
  /// The operation of every slot, such as `u0=gelu u1=relu …`, of what the search alone chose; nil
  /// of a diverged search, and of one that found several functions.
  public var genotype: String?
  /// The functions one by one, if there are several.
  public var functions: [Function]?
  /// The function that has won the race, which is the answer; nil without one.
  public var winner: PlacedFunction?
  /// What the race has shown; nil without one.
  public var evidence: RaceEvidence?
  /// What the search alone chose, where a race followed.
  public var searchFunction: PlacedFunction?
  /// The network's name.
  public var network: String
  /// The data set's name.
  public var dataset: String
  /// The run's seed.
  public var seed: UInt64
  /// By what the model's trainings are compared; nil in results of version 0.1.0, which knew
  /// accuracy.
  public var metric: Metric?
  /// Accuracy on the validation part, from 0 to 1: of the searched network after the last epoch, or
  /// of the best candidate after its training.
  public var validationAccuracy: Double?
  /// Mean loss of the same, in nats.
  public var validationLoss: Double?
  /// The best accuracy after any epoch of a relaxed search, from 0 to 1, relaxed cells included.
  public var bestValidationAccuracy: Double?
  /// Accuracy the last time that the cells were still relaxed, from 0 to 1.
  public var relaxedValidationAccuracy: Double?
  /// The name of the activation that the model usually has, if the model was trained with it too.
  public var usualActivation: String?
  /// Accuracy of the same model with that activation after the same training, from 0 to 1; nil if
  /// that diverged.
  public var usualValidationAccuracy: Double?
  /// Mean loss of the same, in nats.
  public var usualValidationLoss: Double?
  /// The length of the search in epochs, or of the training of a candidate.
  public var epochs: Int
  /// How many candidates were trained; nil of a relaxed search.
  public var candidates: Int?
  /// The length of the search, in seconds; of proposals the sum over the trainings.
  public var elapsedSeconds: Double
  /// The length of the training with the usual activation, in seconds.
  public var usualElapsedSeconds: Double?

  /// One of several functions.
  public struct Function: Codable, Sendable, Hashable {
    /// The cell's name, such as `stage1`.
    public let cell: String
    /// The function.
    public let expression: String
    /// The operation of every slot.
    public let genotype: String

    /// Names the three.
    public init(cell: String, expression: String, genotype: String) {
      self.cell = cell
      self.expression = expression
      self.genotype = genotype
    }
  }

  /// Describes a search without an outcome yet.
  public init(
    status: String, network: String, dataset: String, seed: UInt64, epochs: Int,
    elapsedSeconds: Double
  ) {
    self.status = status
    self.network = network
    self.dataset = dataset
    self.seed = seed
    self.epochs = epochs
    self.elapsedSeconds = elapsedSeconds
  }

  /// Reads what `json()` wrote, now or in version 0.1.0.
  ///
  /// - Parameter json: The contents of `result.json`.
  /// - Throws: An error if they were changed since, and what the decoder throws.
  public init(json: Data) throws {
    var hasChecksum = false
    try self.init(json: json, hasChecksum: &hasChecksum)
  }

  /// Reads it likewise, and says whether it carries a checksum.
  init(json: Data, hasChecksum: inout Bool) throws {
    hasChecksum = try ChecksummedJSON.check(json)
    self = try SortedJSON.value(SearchResult.self, from: json)
    try takeComparisonOfVersion010(from: json)
  }

  /// The result as JSON, keys in snake case and sorted, with a checksum.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  public func json() throws -> Data { try ChecksummedJSON.data(self) }
}
