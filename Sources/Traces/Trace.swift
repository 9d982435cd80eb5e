/// The record of one search: who ran what, with which configuration, and everything that happened.
public struct Trace: Sendable, Equatable {
  /// Who ran what, where and when.
  public var header: Header
  /// The whole resolved configuration, as YAML text; at most `TraceFile.longestText` bytes.
  public var configuration: String
  /// What happened, by kind of search.
  public var record: Record
  /// The race with which the search ended; nil if there was none, or not yet.
  public var race: RaceHistory?

  /// What happened, by kind of search: each has groups of its own in the file.
  public enum Record: Sendable, Equatable {
    /// In a relaxed search.
    case relaxed(Trajectory)
    /// In a search by proposals.
    case proposed(CandidateHistory)

    /// What the root attribute `search` says.
    var kind: String {
      switch self {
      case .relaxed: "relaxed"
      case .proposed: "proposed"
      }
    }
  }

  /// A trace.
  ///
  /// - Parameters:
  ///   - header: Who ran what, where and when.
  ///   - configuration: The whole resolved configuration, as YAML text.
  ///   - record: What happened.
  public init(header: Header, configuration: String, record: Record) {
    self.header = header
    self.configuration = configuration
    self.record = record
  }

  /// What happened in a relaxed search; nil for another.
  public var trajectory: Trajectory? {
    if case .relaxed(let trajectory) = record { trajectory } else { nil }
  }

  /// What happened in a search by proposals; nil for another.
  public var candidates: CandidateHistory? {
    if case .proposed(let history) = record { history } else { nil }
  }

  /// How a search stands.
  public enum Status: String, Sendable, CaseIterable {
    /// It is under way, or was killed without a chance to say so.
    case running
    /// It reached its end.
    case finished
    /// A loss or a weight ceased to be finite, and it stopped.
    case diverged
    /// The user stopped it.
    case interrupted
    /// An error ended it.
    case failed
  }

  /// Who ran what, where and when: the attributes of the file's root.
  public struct Header: Sendable, Equatable {
    /// How the search stands.
    public var status = Status.running
    /// The program's version.
    public var programVersion = ""
    /// The command as it was typed.
    public var commandLine = ""
    /// The seed from which every random stream is derived.
    public var seed: UInt64 = 0
    /// The network's name, for example `resnet20`.
    public var network = ""
    /// The data set's name, for example `fashion-mnist`.
    public var dataset = ""
    /// The name of the activation that the network usually has, beside which the one found stands;
    /// empty if nobody knows.
    public var usualActivation = ""
    /// When the search began: date and time by ISO 8601, with the offset from UTC.
    public var started = ""
    /// The machine: processor, cores, memory, operating system.
    public var machine = ""
    /// What multiplied matrices: kernels of this package, or a build of OpenBLAS.
    public var blas = ""

    /// A header whose texts are still empty.
    ///
    /// - Parameter seed: The seed from which every random stream is derived.
    public init(seed: UInt64) { self.seed = seed }

    /// The attributes of the file's root that are text; `seed` is a number.
    static let texts: [Column<Header>] = [
      Column("status", label: \.status),
      Column("program_version", \.programVersion),
      Column("command_line", \.commandLine),
      Column("network", \.network),
      Column("dataset", \.dataset),
      Column("usual_activation", \.usualActivation).optional,
      Column("started", \.started),
      Column("machine", \.machine),
      Column("blas", \.blas),
    ]
  }
}
