extension Genotype: CustomStringConvertible {
  /// The text, such as `u0=gelu u1=relu b0=left`, with all digits of scalars.
  public var description: String {
    genes.map { gene in
      let scalars = gene.scalars.map { "\($0)" }.joined(separator: ",")
      return "\(gene.slot)=\(gene.operation.name)" + (scalars.isEmpty ? "" : "(\(scalars))")
    }.joined(separator: " ")
  }

  /// Reads a genotype from text such as `u0=gelu u1=x_plus_beta(0.25) b0=left`.
  ///
  /// - Parameters:
  ///   - text: Genes, separated by white space.
  ///   - operations: The operations that names are looked up in.
  /// - Throws: `GenotypeError`, which quotes the part at fault.
  public init(
    parsing text: String, operations: OperationSet = .known
  ) throws(GenotypeError) {
    var genes: [Gene] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      genes.append(try Gene(parsing: String(word), operations: operations))
    }
    try self.init(genes: genes)
  }
}

extension Genotype.Gene {
  fileprivate init(parsing word: String, operations: OperationSet) throws(GenotypeError) {
    guard let match = word.wholeMatch(of: /([^=()]+)=([^=()]+)(?:\(([^=()]*)\))?/) else {
      throw .malformedGene(text: word)
    }
    let slot = String(match.1)
    let operation: ElementaryOperation
    do {
      operation = try operations.operation(named: String(match.2))
    } catch {
      throw .unknownOperation(slot: slot, error)
    }
    guard let list = match.3 else {
      try self.init(slot: slot, operation: operation)
      return
    }
    var scalars: [Double] = []
    for text in list.split(separator: ",", omittingEmptySubsequences: false) {
      guard let scalar = Double(text) else {
        throw .invalidScalar(slot: slot, text: String(text))
      }
      scalars.append(scalar)
    }
    try self.init(slot: slot, operation: operation, scalars: scalars)
  }
}

extension Genotype: CodableAsText {
  var codedText: String { description }
  init(coded text: String) throws { try self.init(parsing: text) }
}
