import Activations

/// A function that is evaluated, and its part in the comparison.
public struct Contender: Sendable, Hashable {
  /// What tables call it.
  public let name: String
  /// The function.
  public let function: PlacedFunction
  /// Whether it was asked for by itself, so that it is compared with the baselines.
  public private(set) var isGiven: Bool
  /// Whether others are compared with it.
  public private(set) var isBaseline: Bool

  /// A function asked for by itself.
  ///
  /// - Parameters:
  ///   - name: What tables call it.
  ///   - function: The function.
  public init(given name: String, _ function: PlacedFunction) {
    self.name = name
    self.function = function
    (isGiven, isBaseline) = (true, false)
  }

  /// A baseline, bounded only where its source bounds it.
  ///
  /// - Parameters:
  ///   - name: A name of an operation or of a published function, or a formula.
  ///   - placed: Makes of it what is trained, such as one with its scalars fixed.
  /// - Throws: What reading the function throws, each one line.
  public init(
    baseline name: String, _ placed: (PlacedFunction) -> PlacedFunction = { $0 }
  ) throws {
    let plain = try PlacedFunction(parsing: name, reading: .mathematics)
    function = placed(plain)
    self.name = Self.name(name, of: function, from: plain)
    (isGiven, isBaseline) = (false, true)
  }

  /// A function's name with what was changed of its open scalars.
  ///
  /// - Parameters:
  ///   - name: What it was called.
  ///   - function: What is trained.
  ///   - plain: As it was written.
  /// - Returns: Such as `swish scalars channel`.
  public static func name(
    _ name: String, of function: PlacedFunction, from plain: PlacedFunction
  ) -> String {
    if plain.isTrained, !function.isTrained { return "\(name) scalars fixed" }
    return function.scalars == plain.scalars
      ? name : "\(name) scalars \(function.scalars.rawValue)"
  }

  /// The functions of an evaluation: those given, then the baselines that are none of them.
  ///
  /// - Parameters:
  ///   - given: Asked for by themselves; of equal ones the first is kept.
  ///   - baselines: What the others are compared with.
  /// - Returns: Each function once.
  public static func merged(given: [Contender], baselines: [Contender]) -> [Contender] {
    var all: [Contender] = []
    for contender in given + baselines {
      if let index = all.firstIndex(where: { $0.function.isSame(as: contender.function) }) {
        all[index].isBaseline = all[index].isBaseline || contender.isBaseline
      } else {
        all.append(contender)
      }
    }
    return all
  }
}
