/// What a search does about a loss or a gradient that is not finite.
///
/// The step is not taken, by either policy: weights or architecture stay where they were, and the
/// row of the trajectory holds the loss as it was.
public enum DivergencePolicy: String, CaseIterable, Sendable {
  /// The search ends as diverged.
  case stop
  /// The search goes on, until `longestSkip` steps in a row were not taken. Their scores are left
  /// out of their epoch's. Only a last epoch whose validation loss is not finite is a divergence.
  case skip

  /// The number of steps in a row, none of them taken, at which a search ends whatever its policy:
  /// nothing will change any more.
  public static let longestSkip = 300
}
