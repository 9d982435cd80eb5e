import Tensors

/// Models that can be asked for by name: a value, to which a program adds its own.
public struct ModelCatalog: Sendable {
  /// Every model that has a name of its own.
  public var entries: [ModelEntry]
  /// Models whose names end with numbers.
  public var families: [ModelFamily]

  /// Lists models.
  public init(entries: [ModelEntry], families: [ModelFamily] = []) {
    self.entries = entries
    self.families = families
  }

  /// All names for a list: those of `entries`, and the patterns of the families.
  public var names: [String] { entries.map(\.name) + families.map(\.pattern) }

  /// Names that may have been meant: those of `entries`, and examples of the families.
  public var examples: [String] { entries.map(\.name) + families.flatMap(\.examples) }

  /// The model of a name; nil if there is none.
  public func entry(named name: String) -> ModelEntry? {
    entries.first { $0.name == name } ?? families.lazy.compactMap { $0.entry(named: name) }.first
  }
}

/// A model that can be made for data of some shapes.
public struct ModelEntry: Sendable {
  /// Makes a model for data of a shape; nil if it takes no such data.
  public typealias Maker = @Sendable (DataShape, inout RandomStream) -> (any Model)?

  /// The name, such as `resnet20`.
  public let name: String
  /// What it takes, in a few words, such as `32×32 images`.
  public let takes: String

  private let maker: Maker

  /// Describes a model.
  ///
  /// - Parameters:
  ///   - name: The name by which commands and configurations call it.
  ///   - takes: What it takes, in a few words.
  ///   - make: Makes it with its initial weights; nil if it takes no data of that shape.
  public init(name: String, takes: String, make: @escaping Maker) {
    self.name = name
    self.takes = takes
    maker = make
  }

  /// Makes the model with its initial weights.
  ///
  /// - Parameters:
  ///   - shape: The shape of the data.
  ///   - stream: The random numbers of the initialization.
  /// - Returns: The model.
  /// - Throws: `ModelMismatch` if the model takes no such data.
  public func make(
    for shape: DataShape, stream: inout RandomStream
  ) throws(ModelMismatch) -> any Model {
    guard let model = maker(shape, &stream) else {
      throw ModelMismatch(model: name, takes: takes, shape: shape)
    }
    return model
  }

  /// Makes the model as a run of a seed begins with it.
  ///
  /// - Parameters:
  ///   - shape: The shape of the data.
  ///   - seed: The run's seed.
  /// - Returns: The model.
  /// - Throws: `ModelMismatch` if the model takes no such data.
  public func make(for shape: DataShape, seed: UInt64) throws(ModelMismatch) -> any Model {
    var stream = RandomStream(seed: seed, purpose: "initialization")
    return try make(for: shape, stream: &stream)
  }
}

/// Models whose name ends with two numbers, such as `wrn-28-10`.
public struct ModelFamily: Sendable {
  /// Makes the model of two numbers for data of a shape; nil if there is none, or it takes no such
  /// data.
  public typealias Maker =
    @Sendable (_ depth: Int, _ width: Int, DataShape, inout RandomStream) -> (any Model)?

  /// How the names begin, such as `wrn`.
  public let prefix: String
  /// The name with letters for the numbers, such as `wrn-n-k`.
  public let pattern: String
  /// Which numbers there are, as the end of a sentence.
  public let rule: String
  /// Some of the names.
  public let examples: [String]
  /// What its models take, in a few words.
  public let takes: String

  private let allows: @Sendable (_ depth: Int, _ width: Int) -> Bool
  private let maker: Maker

  /// Describes a family.
  ///
  /// - Parameters:
  ///   - pattern: The name with letters for the numbers, such as `wrn-n-k`.
  ///   - rule: Which numbers there are, as the end of a sentence.
  ///   - examples: Some of the names, at least one.
  ///   - takes: What its models take, in a few words.
  ///   - allows: Whether there is a model of two numbers.
  ///   - make: Makes it with its initial weights; nil if it takes no data of that shape.
  public init(
    pattern: String, rule: String, examples: [String], takes: String,
    allows: @escaping @Sendable (_ depth: Int, _ width: Int) -> Bool, make: @escaping Maker
  ) {
    prefix = String(pattern.prefix { $0 != "-" })
    self.pattern = pattern
    self.rule = rule
    self.examples = examples
    self.takes = takes
    self.allows = allows
    maker = make
  }

  /// Whether a name is meant for this family, with numbers that there are or not.
  public func claims(_ name: String) -> Bool {
    name == prefix || name.hasPrefix(prefix + "-")
  }

  /// The model of a name; nil if it is none of this family.
  func entry(named name: String) -> ModelEntry? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == prefix, let depth = Int(parts[1]),
      let width = Int(parts[2]), name == "\(prefix)-\(depth)-\(width)", allows(depth, width)
    else { return nil }
    return ModelEntry(name: name, takes: takes) { [maker] shape, stream in
      maker(depth, width, shape, &stream)
    }
  }
}

/// Data of a shape that a model does not take.
public struct ModelMismatch: Error, Sendable, Hashable, CustomStringConvertible {
  /// The model's name.
  public let model: String
  /// What it takes, in a few words.
  public let takes: String
  /// The shape of the data.
  public let shape: DataShape

  /// One line that names both, and the cure.
  public var description: String {
    "\(model) takes \(takes), not \(shape); give other data with --data, or another network"
  }
}
