/// A discrete activation function as a search finds it: one operation per slot of a cell.
///
/// As text, `u0=gelu u1=relu b0=left …`, with the scalars of a learnable operation in parentheses,
/// `u2=x_plus_beta(0.25)`, and commas without spaces between several. The text has all digits, so
/// reading what was printed gives the same genotype. It is stored (`Codable`) as this text.
public struct Genotype: Sendable, Hashable {
  /// The operation of one slot.
  public struct Gene: Sendable, Hashable {
    /// The slot's name.
    public let slot: String

    /// The operation.
    public let operation: ElementaryOperation

    /// The scalars, as many as the operation has.
    public let scalars: [Double]

    /// Creates a gene.
    ///
    /// - Parameters:
    ///   - slot: The slot's name.
    ///   - operation: The operation.
    ///   - scalars: The scalars of a learnable operation; where they are left out, the means of
    ///     their start distributions stand in.
    /// - Throws: `GenotypeError` if there are more or fewer scalars than the operation has, or one
    ///   that is not finite.
    public init(
      slot: String, operation: ElementaryOperation, scalars: [Double]? = nil
    ) throws(GenotypeError) {
      if let scalars {
        guard operation.isLearnable || scalars.isEmpty else {
          throw .unexpectedScalar(slot: slot, operation: operation.name)
        }
        guard scalars.count == operation.scalars.count else {
          throw .wrongScalarCount(
            slot: slot, operation: operation.name, expected: operation.scalars.count)
        }
        for scalar in scalars where !scalar.isFinite {
          throw .invalidScalar(slot: slot, text: "\(scalar)")
        }
      }
      self.slot = slot
      self.operation = operation
      self.scalars = scalars ?? operation.meanScalars
    }
  }

  /// The genes in the order given, which a graph's order need not be.
  public let genes: [Gene]

  /// Creates a genotype.
  ///
  /// - Parameter genes: One gene per slot.
  /// - Throws: `GenotypeError.duplicateSlot` if a slot stands twice.
  public init(genes: [Gene]) throws(GenotypeError) {
    var seen: Set<String> = []
    for gene in genes where !seen.insert(gene.slot).inserted {
      throw .duplicateSlot(slot: gene.slot)
    }
    self.genes = genes
  }

  /// The gene of a slot; nil if the genotype has none.
  ///
  /// - Parameter slot: The slot's name.
  public subscript(slot: String) -> Gene? {
    genes.first { $0.slot == slot }
  }

  /// Checks that this genotype fills a graph: each slot once, with an operation of its arity.
  ///
  /// - Parameter graph: The cell.
  /// - Throws: `GenotypeError`, which names the slot at fault.
  public func validate(for graph: CellGraph) throws(GenotypeError) {
    for slot in graph.slots {
      guard let gene = self[slot.name] else { throw .missingSlot(slot: slot.name) }
      guard gene.operation.arity == slot.arity else {
        throw .wrongArity(slot: slot.name, expected: slot.arity, operation: gene.operation.name)
      }
    }
    let names = graph.slots.map(\.name)
    for gene in genes where !names.contains(gene.slot) {
      throw .unknownSlot(slot: gene.slot, known: names)
    }
  }
}
