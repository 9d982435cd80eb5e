/// A number of a primitive that is learned with an activation function, such as the β of Swish.
public struct LearnableScalar: Sendable, Hashable {
  /// What it is called, such as `beta`.
  public let name: String

  /// The distribution from which it starts.
  public let start: InitialScalar

  /// Names a scalar.
  ///
  /// - Parameters:
  ///   - name: What it is called, in letters of ASCII; one of a primitive's scalars.
  ///   - start: The distribution from which it starts.
  public init(_ name: String, start: InitialScalar) {
    self.name = name
    self.start = start
  }

  /// β, from N(1, 0.25²).
  public static let beta = LearnableScalar("beta", start: .beta)
}
