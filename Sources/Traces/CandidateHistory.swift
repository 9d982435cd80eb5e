import Files

/// What happened in a search by proposals: the candidates that were trained, in the order in which
/// the search was told of them.
public struct CandidateHistory: Sendable, Equatable {
  /// The candidates.
  public private(set) var rows: [Row] = []
  /// By what they are compared: `accuracy`, of which more is better, or `loss`.
  public let metric: String

  /// Begins without candidates.
  ///
  /// - Parameter metric: By what they are compared, `accuracy` or `loss`.
  public init(metric: String) { self.metric = metric }

  /// The number of candidates.
  public var count: Int { rows.count }

  /// Adds a candidate.
  public mutating func append(_ row: Row) { rows.append(row) }

  /// A candidate and what its training came to.
  public struct Row: Sendable, Equatable {
    /// Its place in the order, from 0.
    public var number: Int
    /// The function, exactly.
    public var function: String
    /// The genotype of every cell, separated by ` | `.
    public var genotype: String
    /// The digest of the training that judged it, by which its result is found.
    public var digest: String
    /// Seconds of that training.
    public var elapsedSeconds: Double

    /// The genotypes, one for each cell.
    public var genotypes: [String] { genotype.split(separator: " | ").map(String.init) }

    private var score: Double
    private var nats: Double

    /// What the search's metric says; nil if training diverged.
    public var value: Double? { score.isNaN ? nil : score }
    /// Mean loss of the examples that judge; nil if training diverged or it is not finite.
    public var loss: Double? { nats.isNaN ? nil : nats }

    /// Describes a candidate.
    ///
    /// - Parameters:
    ///   - number: Its place in the order, from 0.
    ///   - function: The function, exactly.
    ///   - genotypes: The genotype of every cell.
    ///   - digest: The digest of the training that judged it.
    ///   - value: What the search's metric says; nil if training diverged.
    ///   - loss: Mean loss; nil if training diverged or it is not finite.
    ///   - elapsedSeconds: Seconds of that training.
    public init(
      number: Int, function: String, genotypes: [String], digest: String, value: Double?,
      loss: Double?, elapsedSeconds: Double
    ) {
      self.number = number
      self.function = function
      genotype = genotypes.joined(separator: " | ")
      self.digest = digest
      self.elapsedSeconds = elapsedSeconds
      score = value ?? .nan
      nats = loss ?? .nan
    }

    /// Whether its numbers can be those of a row at a place.
    fileprivate func isPossible(at place: Int, metric: String) -> Bool {
      number == place && metricBounds(metric).contains(score) && !nats.isInfinite
    }

    static let table = Table(
      group: "candidates", signal: "value",
      blank: Row(
        number: 0, function: "", genotypes: [], digest: "", value: nil, loss: nil,
        elapsedSeconds: 0),
      columns: [
        Column("candidate", \.number),
        Column("function", \.function),
        Column("genotype", \.genotype),
        Column("digest", \.digest),
        Column("value", \.score),
        Column("loss", \.nats),
        Column("elapsed_seconds", units: "s", \.elapsedSeconds),
      ])

    /// Whether two candidates hold the same values, NaN being the same as NaN.
    public static func == (left: Row, right: Row) -> Bool { table.same(left, right) }
  }

  /// Codes everything recorded so far.
  package mutating func code(_ coder: inout StateCoder) {
    coder.code(&rows, as: Row.table)
    guard coder.isRestoring else { return }
    for (place, row) in rows.enumerated() where !row.isPossible(at: place, metric: metric) {
      coder.fail("its candidate \(place) has a number or a value that cannot be")
    }
  }

  /// A history that was read from a file.
  init(rows: [Row], metric: String) {
    self.rows = rows
    self.metric = metric
  }
}
