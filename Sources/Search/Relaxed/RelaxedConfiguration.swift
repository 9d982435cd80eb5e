import Activations
import Settings

/// What only a relaxed search has: how its architecture is made continuous, learned and made
/// discrete.
public struct RelaxedConfiguration: Sendable, Hashable {
  /// How the architecture is relaxed, and how its gradient is taken.
  public var method = RelaxedMethod.drnas(DirichletConfiguration())
  /// Which elements share the value of a learnable scalar.
  public var scalars = ScalarSharing.shared
  /// Learning rate of the architecture parameters, constant.
  public var architectureLearningRate = 6e-4
  /// L2 weight decay of the architecture parameters.
  public var architectureWeightDecay = 1e-3
  /// How far they can move, from which learning rates follow; nil for `architectureLearningRate`.
  public var architectureReach: ArchitectureReach?
  /// Parts of a batch that moves the architecture, each with mixture weights of its own; where a
  /// network has few sites, a gradient has few draws behind it.
  public var architectureDraws = 1
  /// λ, of which epoch e of E has the part e / (E − 1), times the mean over slots of logsumexp(α)
  /// in the architecture's loss (Ye et al., 2022).
  public var betaDecay = 0.0
  /// The part of the epochs after which single operations are drawn instead of mixtures; nil for
  /// never.
  public var oneHotStart: Double?
  /// How a gradient passes such draws.
  public var oneHotGradient = OneHotGradient.straightThrough
  /// The first epoch with architecture steps; epochs count from 0.
  public var architectureStart = 0

  /// Epochs in which the weights train with a fixed activation instead of the cell.
  public var warmStartEpochs = 1
  /// That activation, without a learnable scalar; nil for the one that the model usually has.
  public var warmStartActivation: ElementaryOperation?
  /// How operations are dropped.
  public var shrinking = Shrinking.grafs
  /// The first epoch that drops operations, for `Shrinking.grafs`; epochs count from 0.
  public var shrinkingStart = 2
  /// The epoch before which the last operation is dropped, for `Shrinking.grafs`; nil for the end.
  public var shrinkingEnd: Int?
  /// What decides which operation of a slot is the strongest, and which is dropped.
  public var discretization = Discretization.alpha
  /// How many of a slot's weakest operations are tried, for `Discretization.loss`.
  public var removalCandidates = 3
  /// The number of operations left in a slot from which on they are tried.
  public var removalStart = 8
  /// The first so many validation examples on which removals and plugged functions are tried.
  public var probeImages = 256
  /// How many functions of the space are plugged into the network at the end of the search; the
  /// best of them may start in its race.
  public var plugged = 0
  /// To what the derivatives of operations are clipped in gradients; nil for not.
  public var slopeBound: Double?
  /// Whether cells are evaluated for every element instead of interpolated.
  public var isExact = false
  /// What is done about a loss or a gradient that is not finite.
  public var divergence = DivergencePolicy.stop

  /// The configuration of the paper's search (Strack et al., 2024, appendix).
  public init() {}
}

/// How the architecture is relaxed, and how its gradient is taken.
public enum RelaxedMethod: Sendable, Hashable {
  /// Mixture weights drawn from a Dirichlet distribution, first order (Chen et al., 2021).
  case drnas(DirichletConfiguration)
  /// Mixture weights by softmax, first order (Liu et al., 2019).
  case darts
  /// Mixture weights by softmax; the architecture's gradient looks one weight step ahead (Liu et
  /// al., 2019, equations 7 and 8).
  case dartsSecondOrder

  /// The names of all, as in configuration files.
  public static let names = ["drnas", "darts", "darts-second-order"]

  /// The name.
  public var name: String {
    switch self {
    case .drnas: Self.names[0]
    case .darts: Self.names[1]
    case .dartsSecondOrder: Self.names[2]
    }
  }

  /// The method of a name, as it usually is; nil if there is none.
  public init?(named name: String) {
    switch name {
    case Self.names[0]: self = .drnas(DirichletConfiguration())
    case Self.names[1]: self = .darts
    case Self.names[2]: self = .dartsSecondOrder
    default: return nil
    }
  }

  /// What only Dirichlet distributions have; nil for other methods, where setting it has no effect.
  var dirichlet: DirichletConfiguration? {
    get { if case .drnas(let dirichlet) = self { dirichlet } else { nil } }
    set { if case .drnas = self, let newValue { self = .drnas(newValue) } }
  }

  /// How architecture weights become mixture weights.
  var relaxation: any Relaxation {
    switch self {
    case .drnas: DirichletRelaxation()
    case .darts, .dartsSecondOrder: SoftmaxRelaxation()
    }
  }

  /// Whether the architecture's gradient looks ahead.
  package var looksAhead: Bool { self == .dartsSecondOrder }

  /// Which call sites of a cell share mixture weights; a softmax has no chance, so that all have
  /// the same.
  var sampling: MixtureSampling { dirichlet?.sampling ?? .perSite }

  /// Weight of the divergence of every slot's distribution from the uniform one.
  var divergenceWeight: Double { dirichlet?.divergenceWeight ?? 0 }
}

/// What only mixture weights from Dirichlet distributions have.
public struct DirichletConfiguration: Sendable, Hashable {
  /// Which call sites of a cell share mixture weights.
  public var sampling = MixtureSampling.perSite
  /// Weight of the divergence of every slot's distribution from the uniform one in the
  /// architecture's loss.
  public var divergenceWeight = 0.0

  /// As in the paper.
  public init(sampling: MixtureSampling = .perSite, divergenceWeight: Double = 0) {
    self.sampling = sampling
    self.divergenceWeight = divergenceWeight
  }
}

/// Which call sites of a cell share mixture weights.
public enum MixtureSampling: String, CaseIterable, Sendable {
  /// Every call site draws its own in every pass, which reduces the gradient's variance (Strack et
  /// al., 2024).
  case perSite = "per-site"
  /// One draw serves all sites of a pass.
  case perStep = "per-step"
  /// The expected weights, without chance.
  case mean
}

/// All that decides what a relaxed search computes: equal configurations give equal results.
///
/// The properties of both parts are its own as well: `configuration.seed`,
/// `configuration.shrinking`.
@dynamicMemberLookup
public struct BilevelConfiguration: Sendable, Hashable {
  /// What every search is given.
  public var task: SearchTask
  /// What only a relaxed one has.
  public var relaxed: RelaxedConfiguration

  /// Combines both; without any, the paper's search.
  public init(task: SearchTask = SearchTask(), relaxed: RelaxedConfiguration = .init()) {
    self.task = task
    self.relaxed = relaxed
  }

  /// A property of the task.
  public subscript<Value>(dynamicMember path: WritableKeyPath<SearchTask, Value>) -> Value {
    get { task[keyPath: path] }
    set { task[keyPath: path] = newValue }
  }

  /// A property of the relaxed part.
  public subscript<Value>(
    dynamicMember path: WritableKeyPath<RelaxedConfiguration, Value>
  ) -> Value {
    get { relaxed[keyPath: path] }
    set { relaxed[keyPath: path] = newValue }
  }

  /// How operations are bounded in the search.
  public var limits: Limits { Limits(outputs: task.bounding, slopes: relaxed.slopeBound) }
}
