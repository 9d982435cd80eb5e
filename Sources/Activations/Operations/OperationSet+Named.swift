/// The published sets, as the names of their operations in the order published.
extension OperationSet {
  /// Every primitive that comes with this package.
  public static let allPrimitives = OperationSet(
    unary: PrimitiveTable.unary, binary: PrimitiveTable.binary)

  /// What text is read with: names are unique, so a genotype means the same with every set.
  ///
  /// A program with primitives of its own binds a larger set around all it does. A task-local
  /// value, because functions are also read by decoders, to which nothing can be given.
  @TaskLocal public static var known = allPrimitives

  /// The 23 unary and 9 binary operations of GRAFS.
  ///
  /// Source: Strack, Safari, Hutter 2024.
  public static let grafs = published(
    """
    identity negation abs square cube sqrt x_plus_beta beta_times_x beta exp sinh tanh asinh atan
    relu min_x_0 sigmoid softplus erf silu gelu elu leaky_relu
    add subtract multiply max min sigmoid_gate mix left right
    """)

  /// Those of GRAFS, and the six unary and three binary ones that its authors wrote but left out.
  ///
  /// Source: Strack, Safari, Hutter 2024, released program.
  public static let grafsExtended: OperationSet = {
    let leftOut = published(
      "log_abs sin cos cosh sinc gaussian divide laplacian_kernel gaussian_kernel")
    return OperationSet(
      unary: grafs.unary + leftOut.unary, binary: grafs.binary + leftOut.binary)
  }()

  /// The 25 unary and 10 binary operations that found Swish; the source has a β for each channel,
  /// which a search has with `ScalarSharing.perChannel`.
  ///
  /// Source: Ramachandran, Zoph, Le 2017.
  public static let ramachandran = published(
    """
    identity negation abs square cube sqrt beta_times_x x_plus_beta log_abs exp sin cos sinh cosh
    tanh asinh atan sinc relu min_x_0 sigmoid softplus gaussian erf beta
    add multiply subtract divide_shifted max min sigmoid_gate beta_gaussian_kernel
    beta_laplacian_kernel beta_mix
    """)

  /// The 27 unary and 7 binary operations of PANGAEA, whose Swish is x·σ(x), `silu` here.
  ///
  /// Source: Bingham, Miikkulainen 2022.
  public static let pangaea = published(
    """
    zero one identity negation abs reciprocal square exp erf erfc sinh cosh tanh expm1 sigmoid
    log_sigmoid asinh atan bessel_i0e bessel_i1e relu elu selu silu softplus softsign hard_sigmoid
    add subtract multiply divide power max min
    """)

  /// The sets that have a name, in the order in which they are listed.
  public static let named: KeyValuePairs<String, OperationSet> = [
    "grafs": grafs, "grafs_extended": grafsExtended, "ramachandran": ramachandran,
    "pangaea": pangaea,
  ]

  /// Looks a published set up.
  ///
  /// - Parameter name: `grafs`, `grafs_extended`, `ramachandran` or `pangaea`.
  /// - Throws: `OperationSetError.unknownSet`, with the nearest name.
  public init(named name: String) throws(OperationSetError) {
    guard let set = Self.named.first(where: { $0.key == name })?.value else {
      throw .unknownSet(name: name, known: Self.named.map(\.key))
    }
    self = set
  }

  /// Creates a set of the operations with these names; unary and binary ones each keep their order.
  ///
  /// - Parameter names: Names of primitives, each once.
  /// - Throws: `OperationSetError`, which names the operation at fault.
  public init(operations names: [String]) throws(OperationSetError) {
    try self.init(Self.known.lookUp(names))
  }

  /// Reads a set from text: names of operations or of sets, separated by white space or commas.
  ///
  /// A set's name stands for its operations, so `grafs sin cos` is GRAFS and two more.
  ///
  /// - Parameter text: The names; none may stand for an operation that is there already.
  /// - Throws: `OperationSetError`, which names the word at fault.
  public init(parsing text: String) throws(OperationSetError) {
    var operations: [ElementaryOperation] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init) {
      if let set = Self.named.first(where: { $0.key == word })?.value {
        operations += set.all
      } else {
        operations += try Self.known.lookUp([word], or: Self.named.map(\.key))
      }
    }
    try self.init(operations)
  }

  /// Whether the set has an operation.
  ///
  /// - Parameter operation: An operation.
  /// - Returns: Whether it is offered.
  public func contains(_ operation: ElementaryOperation) -> Bool { all.contains(operation) }

  private init(_ operations: [ElementaryOperation]) throws(OperationSetError) {
    guard !operations.isEmpty else { throw .empty }
    var names: Set<String> = []
    for operation in operations where !names.insert(operation.name).inserted {
      throw .repeatedOperation(name: operation.name)
    }
    self.init(
      unary: operations.filter { $0.arity == .unary },
      binary: operations.filter { $0.arity == .binary })
  }

  /// The operations with these names; `alternatives` are suggested besides.
  private func lookUp(
    _ names: [String], or alternatives: [String] = []
  ) throws(OperationSetError) -> [ElementaryOperation] {
    let offered = all
    var found: [ElementaryOperation] = []
    for name in names {
      guard let operation = offered.first(where: { $0.name == name }) else {
        throw .unknownOperation(
          UnknownOperation(
            name: name, kind: alternatives.isEmpty ? "operation" : "operation or set",
            known: alternatives + offered.map(\.name)))
      }
      found.append(operation)
    }
    return found
  }

  /// The set of names that stand in this file.
  private static func published(_ names: String) -> OperationSet {
    do {
      let names = names.split(whereSeparator: \.isWhitespace).map(String.init)
      return try OperationSet(allPrimitives.lookUp(names))
    } catch {
      preconditionFailure("OperationSet: \(error)")
    }
  }
}
