/// What decides which operation of a slot is the strongest, and which is dropped.
public enum Discretization: String, CaseIterable, Sendable {
  /// The architecture weight α.
  case alpha
  /// The expected mixture weight, averaged over the steps of the epoch that has just ended. (At any
  /// one step it has the order of α.)
  case meanWeight = "mean-weight"
  /// α until a slot has few left; then, among the weakest few, what raises the validation loss
  /// least when it is removed: by a forward pass each, with the mean weights of the others (after
  /// Wang et al., 2021, DARTS-PT).
  case loss
}
