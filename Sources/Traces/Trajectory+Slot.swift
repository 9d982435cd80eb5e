extension Trajectory {
  /// A place in the cell, and the operations that compete for it.
  public struct Slot: Sendable, Equatable {
    /// The name, for example `u0`; also the name of the slot's datasets.
    public let name: String
    /// The operations' names, in the order of the architecture weights.
    public let operations: [String]
    /// The learnable scalars in the order of `operations`: by the operation's name, of several
    /// `name.1`, `name.2` and so on.
    public let learnable: [String]

    /// A slot.
    ///
    /// - Parameters:
    ///   - name: An identifier, but not `step` and not one that ends in `_operation`: so are the
    ///     scales named that stand beside the slots' datasets.
    ///   - operations: Identifiers that differ; at least one.
    ///   - learnable: The learnable scalars, in the same order.
    /// - Precondition: Names are identifiers (ASCII letters, digits, `_`), and the rest is as said
    ///   above.
    public init(name: String, operations: [String], learnable: [String] = []) {
      let complaint = Slot.complaint(name: name, operations: operations, learnable: learnable)
      precondition(complaint == nil, "slot: \(complaint ?? "")")
      self.name = name
      self.operations = operations
      self.learnable = learnable
    }

    /// What is wrong with a slot of these names, or `nil`.
    package static func complaint(
      name: String, operations: [String], learnable: [String]
    ) -> String? {
      for identifier in [name] + operations where !isIdentifier(identifier) {
        return "the name '\(identifier)' is not made of letters, digits and _"
      }
      if name == "step" || name.hasSuffix(scaleSuffix) {
        return "a slot cannot be named '\(name)'"
      }
      if operations.isEmpty { return "\(name) has no operations" }
      if Set(operations).count != operations.count {
        return "\(name) has an operation twice in \(operations)"
      }
      if scalars(of: operations, counts: scalarCounts(of: operations, learnable)) != learnable {
        return "\(name)'s learnable \(learnable) are not a part, in order, of \(operations)"
      }
      return nil
    }

    /// The number of scalars of each operation.
    var scalarCounts: [Int] { Slot.scalarCounts(of: operations, learnable) }

    private static func scalarCounts(of operations: [String], _ learnable: [String]) -> [Int] {
      operations.map { operation in
        learnable.count { $0 == operation || $0.hasPrefix(operation + ".") }
      }
    }

    /// What the scalars of operations are called.
    static func scalars(of operations: [String], counts: [Int]) -> [String] {
      zip(operations, counts).flatMap { operation, count in
        count == 1 ? [operation] : (0..<count).map { "\(operation).\($0 + 1)" }
      }
    }

    private static let scaleSuffix = "_operation"

    /// The name of the dataset of the operations' names, which is the scale of the slot's matrices.
    /// Wherever it is linked it has this one name, by which xarray finds it.
    var scale: String { Slot.scale(name) }

    static func scale(_ name: String) -> String { name + scaleSuffix }

    static func isIdentifier(_ name: String) -> Bool {
      !name.isEmpty
        && name.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }
  }

  /// What one slot holds at one step.
  public struct SlotState: Sendable {
    /// `[operations]`, the raw architecture weights α.
    public var alpha: [Float]
    /// `[operations]`, the Dirichlet concentrations; zeros of a softmax.
    public var concentration: [Float]
    /// `[operations]`, the mean mixture weights.
    public var weights: [Float]
    /// `[operations]`, true where the operation is alive.
    public var mask: [Bool]
    /// `[learnable]`, the learnable scalars (β and γ in the paper), in the order of
    /// `Slot.learnable`.
    public var scalars: [Float]

    /// A state.
    ///
    /// - Parameters:
    ///   - alpha: `[operations]`, the raw architecture weights.
    ///   - concentration: `[operations]`, the Dirichlet concentrations.
    ///   - weights: `[operations]`, the mean mixture weights.
    ///   - mask: `[operations]`, true where the operation is alive.
    ///   - scalars: `[learnable]`, the learnable scalars.
    public init(
      alpha: [Float], concentration: [Float], weights: [Float], mask: [Bool], scalars: [Float] = []
    ) {
      self.alpha = alpha
      self.concentration = concentration
      self.weights = weights
      self.mask = mask
      self.scalars = scalars
    }
  }
}
