/// One elementary operation of an activation function: what it is called and how it is written.
///
/// A primitive is a type without values. Its formula, its derivative, its scalars, its names, its
/// traits and its source stand in one file; `PrimitiveTable` lists it in one line; search, parser,
/// printer, exports and tests read them from there.
public protocol Primitive: Sendable {
  /// The identifier used in genotypes, files and on the command line, such as `leaky_relu`.
  static var name: String { get }

  /// The definition for a reader, such as `x · σ(x)`.
  static var formula: String { get }

  /// The definition in LaTeX math mode.
  static var latex: String { get }

  /// The scalars that are learned with it; none unless the primitive says otherwise.
  static var scalars: [LearnableScalar] { get }

  /// What is known of it besides its values; nothing unless the primitive says otherwise.
  static var traits: Traits { get }

  /// The words of the function that exported code calls, such as `guarded_sqrt`; unless the
  /// primitive says otherwise, its name, which no language may have for something else.
  static var codeName: String { get }

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
  /// None.
  public static var scalars: [LearnableScalar] { [] }

  /// None that are known: it is merely rewritten less.
  public static var traits: Traits { [] }

  /// The name.
  public static var codeName: String { name }

  /// Returns nil: the program that GRAFS released clamps no argument of this operation.
  ///
  /// - Parameter bound: ℓ, positive.
  /// - Returns: Nil.
  public static func clampedArguments(for bound: Double) -> ClosedRange<Double>? { nil }
}

/// What is known of a primitive besides its values, for rewriting: bit for bit, at every argument
/// and with every scalar.
public struct Traits: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: Int

  /// Makes a set of its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// f(−a) = f(a).
  public static let even = Traits(rawValue: 1 << 0)
  /// f(−a) = −f(a).
  public static let odd = Traits(rawValue: 1 << 1)
  /// f(a) ≥ 0.
  public static let notNegative = Traits(rawValue: 1 << 2)
  /// f(a) ≥ 0 for a ≥ 0.
  public static let keepsNotNegative = Traits(rawValue: 1 << 3)
  /// f(a) = a for a ≥ 0.
  public static let identityAboveZero = Traits(rawValue: 1 << 4)
  /// f(a, b) = f(b, a).
  public static let commutative = Traits(rawValue: 1 << 5)
  /// f(a, a) = a of two arguments, perhaps but for the last bits.
  public static let idempotent = Traits(rawValue: 1 << 6)
  /// Its derivatives by the arguments stay within ±2.
  public static let gentle = Traits(rawValue: 1 << 7)
}
