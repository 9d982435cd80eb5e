/// What decides which operation of a slot is the strongest, and which is dropped.
public enum Discretization: String, CaseIterable, Sendable {
  /// The architecture weight α.
  case alpha
  /// The expected mixture weight, averaged over the steps of the epoch that has just ended. (At any
  /// one step it has the order of α.)
  case meanWeight = "mean-weight"
}
