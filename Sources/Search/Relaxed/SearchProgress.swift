import Traces

/// How a search ended.
public enum SearchOutcome: String, Sendable {
  /// Every slot holds one operation.
  case finished
  /// A loss was not finite; the last row of the trajectory says which.
  case diverged
}

/// Where a search stands, as it reports after every step and every epoch.
public struct SearchProgress: Sendable {
  /// What happened so far.
  public let trajectory: Trajectory
  /// The length of the search.
  public let epochs: Int
  /// Steps in an epoch.
  public let stepsPerEpoch: Int
  /// Training examples of a step; an architecture step takes as many again.
  public let examplesPerStep: Int
  /// Whether an epoch has just ended and been scored.
  public let isEpochEnd: Bool
  /// How many functions have been plugged into the network; 0 before the end.
  public let plugged: Int
}
