/// One elementary operation of an activation function: what it is called and how it is written.
///
/// A primitive is a type without values. Its formula, its derivative, its names and its source
/// stand in one file; `PrimitiveTable` lists it in one line; everything else reads them from there.
public protocol Primitive: Sendable {
  /// The identifier used in genotypes, files and on the command line, such as `leaky_relu`.
  static var name: String { get }

  /// The definition for a reader, such as `x · σ(x)`.
  static var formula: String { get }

  /// The definition in LaTeX math mode.
  static var latex: String { get }

  /// The distribution that a learnable scalar starts from; nil for an operation without a scalar.
  static var initialScalar: InitialScalar? { get }

  /// Returns the arguments outside of which `Bounding.input` clamps; nil where it leaves them
  /// alone.
  ///
  /// Unless the primitive says otherwise, it is nil.
  ///
  /// - Parameter bound: ℓ, positive.
  /// - Returns: The interval, the same for each argument.
  static func clampedArguments(for bound: Double) -> ClosedRange<Double>?
}

extension Primitive {
  /// Returns nil: the program that GRAFS released clamps no argument of this operation.
  ///
  /// - Parameter bound: ℓ, positive.
  /// - Returns: Nil.
  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? { nil }
}
