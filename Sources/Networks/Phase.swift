/// What a forward pass is for.
public enum Phase: Sendable {
  /// Normalization by the batch's own statistics, which also update the running ones.
  case training
  /// Normalization by the running statistics.
  case inference
}
