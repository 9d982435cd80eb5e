/// How the architecture is relaxed, and how its gradient is taken.
public enum SearchMethod: String, CaseIterable, Sendable {
  /// Mixture weights drawn from a Dirichlet distribution, first order (Chen et al., 2021).
  case drnas
  /// Mixture weights by softmax, first order (Liu et al., 2019).
  case darts
  /// Mixture weights by softmax; the architecture's gradient looks one weight step ahead (Liu et
  /// al., 2019, equations 7 and 8).
  case dartsSecondOrder = "darts-second-order"

  /// How architecture weights become mixture weights.
  var relaxation: any Relaxation {
    switch self {
    case .drnas: DirichletRelaxation()
    case .darts, .dartsSecondOrder: SoftmaxRelaxation()
    }
  }

  /// Whether the architecture's gradient looks ahead.
  package var looksAhead: Bool { self == .dartsSecondOrder }
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
