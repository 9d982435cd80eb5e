/// What happened in a race: the functions that started, and their trainings, rung by rung, up to
/// those that judged the winner.
public struct RaceHistory: Sendable, Equatable {
  /// The functions, in the order of their numbers.
  public private(set) var arms: [Arm] = []
  /// The trainings, in the order of rungs and standings.
  public private(set) var trainings: [Training] = []
  /// What `value` is: `accuracy`, of which more is better, or `loss`.
  public let metric: String

  /// Begins without functions.
  ///
  /// - Parameter metric: What values are, `accuracy` or `loss`.
  public init(metric: String) { self.metric = metric }

  /// Where a function comes from.
  public enum Origin: String, Sendable, CaseIterable {
    /// What the search chose.
    case search
    /// The same with one slot exchanged.
    case runnerUp = "runner-up"
    /// Good when it was plugged into the search's network.
    case plugged
    /// Drawn from the search's last mixtures.
    case mixture
    /// Another candidate of a search by proposals.
    case candidate
    /// Drawn from the whole space.
    case space
    /// A usual function.
    case usual
    /// One that the settings name.
    case given
  }

  /// Which examples a training was scored on.
  public enum Part: String, Sendable, CaseIterable {
    /// Those that choose.
    case validation
    /// Those that judge the winner.
    case judging
  }

  /// A function that started.
  public struct Arm: Sendable, Equatable {
    /// Its number, from 0.
    public var number: Int
    /// The function, exactly.
    public var function: String
    /// Where it comes from.
    public var origin: Origin

    /// Describes a function.
    public init(number: Int, function: String, origin: Origin) {
      self.number = number
      self.function = function
      self.origin = origin
    }

    static let table = Table(
      group: "race/arms", signal: nil, blank: Arm(number: 0, function: "", origin: .usual),
      columns: [
        Column("arm", \.number), Column("function", \.function), Column("origin", label: \.origin),
      ])
  }

  /// A training of one function.
  public struct Training: Sendable, Equatable {
    /// Its place in the order, from 0.
    public internal(set) var number = 0
    /// The rung, from 0; behind the last one, the verdict.
    public var rung: Int
    /// The function's number.
    public var arm: Int
    /// The first so many training examples trained.
    public var images: Int
    /// How often each of them did.
    public var epochs: Int
    /// The examples on which it was scored.
    public var part: Part
    /// The digest of the training, by which its result is found.
    public var digest: String
    /// Seconds of training and scoring.
    public var elapsedSeconds: Double

    private var seedText: String
    private var nats: Double
    fileprivate var score: Double

    /// Where its random numbers came from.
    public var seed: UInt64 { UInt64(seedText) ?? 0 }
    /// Mean loss of the scored examples; nil if training diverged or it is not finite.
    public var loss: Double? {
      get { nats.isNaN ? nil : nats }
      set { nats = newValue ?? .nan }
    }
    /// What the metric says; nil if training diverged.
    public var value: Double? {
      get { score.isNaN ? nil : score }
      set { score = newValue ?? .nan }
    }

    /// Describes a training that has come to nothing yet.
    public init(
      rung: Int, arm: Int, seed: UInt64, images: Int, epochs: Int, part: Part, digest: String
    ) {
      self.rung = rung
      self.arm = arm
      seedText = "\(seed)"
      self.images = images
      self.epochs = epochs
      self.part = part
      self.digest = digest
      elapsedSeconds = 0
      (nats, score) = (.nan, .nan)
    }

    private static let columns: [Column<Training>] =
      [
        Column("training", \.number), Column("rung", \.rung), Column("arm", \.arm),
        Column("seed", \.seedText), Column("images", \.images), Column("epochs", \.epochs).ofEpochs,
      ] + outcomeColumns

    private static let outcomeColumns: [Column<Training>] = [
      Column("part", label: \.part), Column("digest", \.digest),
      Column("loss", units: "nat", \.nats), Column("value", \.score),
      Column("elapsed_seconds", units: "s", \.elapsedSeconds),
    ]

    static let table = Table<Training>(
      group: "race/trainings", signal: "loss",
      blank: Training(
        rung: 0, arm: 0, seed: 0, images: 0, epochs: 0, part: .validation, digest: ""),
      columns: columns)

    /// Whether two trainings hold the same values, NaN being the same as NaN.
    public static func == (left: Training, right: Training) -> Bool { table.same(left, right) }
  }

  /// Adds a function; its number is that of its place.
  public mutating func append(_ arm: Arm) { arms.append(arm) }

  /// Adds a training, which gets its number.
  public mutating func append(_ training: Training) {
    trainings.append(training)
    trainings[trainings.count - 1].number = trainings.count - 1
  }

  /// A history that was read from a file; nil if it contradicts itself.
  init?(arms: [Arm], trainings: [Training], metric: String) {
    guard arms.map(\.number) == Array(arms.indices),
      trainings.map(\.number) == Array(trainings.indices),
      trainings.allSatisfy({ training in
        arms.indices.contains(training.arm) && (0...trainings.count).contains(training.rung)
          && metricBounds(metric).contains(training.score) && training.loss?.isFinite != false
      })
    else { return nil }
    self.arms = arms
    self.trainings = trainings
    self.metric = metric
  }
}

/// Which values a metric of that name has.
func metricBounds(_ metric: String) -> NumberBounds {
  metric == "accuracy" ? .fraction : .finite
}

extension RaceHistory {
  /// The number of rungs that have trainings, the verdict aside.
  public var rungCount: Int {
    (trainings.filter { $0.part == .validation }.map(\.rung).max() ?? -1) + 1
  }

  /// The functions of a rung, the smallest loss first; those that diverged are left out.
  public func ranking(ofRung rung: Int) -> [Int] {
    trainings.filter { $0.rung == rung && $0.part == .validation && $0.loss != nil }
      .sorted { ($0.loss ?? 0, $0.arm) < ($1.loss ?? 0, $1.arm) }
      .map(\.arm)
  }

  /// All functions, the best first: by the last rung that each has reached, then by its loss there.
  /// One of whose trainings has diverged is out.
  public var standing: [Int] {
    let diverged = trainings.filter { $0.part == .validation && $0.loss == nil }.map(\.arm)
    var standing: [Int] = []
    for rung in (0..<rungCount).reversed() {
      standing += ranking(ofRung: rung).filter { !standing.contains($0) && !diverged.contains($0) }
    }
    return standing
  }

  /// The functions that go on to a rung: the best so far, among them at least one usual function,
  /// so that the best of those is known as well as the winner is.
  ///
  /// - Parameter count: How many.
  /// - Returns: Their numbers, the best first.
  public func goingOn(_ count: Int) -> [Int] {
    let standing = standing
    let best = Array(standing.prefix(count))
    guard count > 1, !best.contains(where: { arms[$0].origin == .usual }),
      let usual = standing.first(where: { arms[$0].origin == .usual })
    else { return best }
    return best.dropLast(best.count == count ? 1 : 0) + [usual]
  }

  /// The winner of the last rung; nil if everything diverged.
  public var winner: Int? { standing.first }

  /// The functions of the verdict: the winner, the model's usual one, and the best usual one.
  ///
  /// - Parameter usual: The number of the model's usual activation.
  /// - Returns: Their numbers, none twice; none where everything diverged.
  public func judged(usual: Int?) -> [Int] {
    guard let winner else { return [] }
    let best = standing.first { arms[$0].origin == .usual && $0 != winner }
    var judged = [winner]
    for other in [usual, best].compactMap({ $0 }) where !judged.contains(other) {
      judged.append(other)
    }
    return judged
  }
}
