import Activations

/// A function that generated code defines for itself: an operation's value or derivative, or a
/// small function that several of these share.
///
/// Its name, which is also its name in the code, stands for it.
struct Helper: Hashable {
  let name: String
  /// The names of its parameters, those that are numbers of the function last.
  let parameters: [String]
  /// Those that are numbers of the function, also where arguments are arrays.
  let scalarParameters: Set<String>
  /// What it is, for a comment; nil where the name says all.
  let comment: String?
  private let formula: @Sendable ([Term]) -> Term

  /// Describes a function.
  ///
  /// - Parameters:
  ///   - name: Words of ASCII between underscores.
  ///   - parameters: The names of its arguments.
  ///   - scalarParameters: The names of what is a number also where arguments are arrays.
  ///   - comment: What it is; nil where the name says all.
  ///   - formula: The result, of arguments and scalars in this order.
  init(
    name: String, parameters: [String], scalarParameters: [String] = [], comment: String? = nil,
    formula: @escaping @Sendable ([Term]) -> Term
  ) {
    self.name = name
    self.parameters = parameters + scalarParameters
    self.scalarParameters = Set(scalarParameters)
    self.comment = comment
    self.formula = formula
  }

  static func == (left: Helper, right: Helper) -> Bool { left.name == right.name }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Writes its body.
  ///
  /// - Parameter pool: A pool of its own.
  /// - Returns: What the function returns.
  func body(in pool: TermPool) -> Term {
    formula(parameters.indices.map { pool.parameter($0) }).placed(in: pool)
  }

  /// All names that code may have for functions of its own.
  static var names: [String] {
    [saturated, sign, magnitudeAtLeast, clipped].map(\.name)
      + OperationSet.known.all.flatMap { OperationCode($0).names }
  }

  /// Clamps to the finite numbers.
  static let saturated = Helper(
    name: "saturated", parameters: ["x"], comment: "x, or the largest finite number with its sign"
  ) {
    let x = $0[0]
    let largest = x.pool.term(.largest)
    return .select(x > largest, largest, .select(x < -largest, -largest, x))
  }

  /// The sign.
  static let sign = Helper(name: "sign", parameters: ["x"]) {
    .select($0[0] > 0, 1, .select($0[0] < 0, -1, $0[0]))
  }

  /// The guard of denominators.
  static let magnitudeAtLeast = Helper(
    name: "magnitude_at_least", parameters: ["x"], scalarParameters: ["least"],
    comment: "x, its magnitude held at least; 0 counts as positive"
  ) {
    let (x, least) = ($0[0], $0[1])
    return .select(x.magnitude < least, least * .select(x < 0, -1, 1), x)
  }

  /// The clipping of outputs.
  static let clipped = Helper(
    name: "clipped", parameters: ["x"], scalarParameters: ["bound"],
    comment: "x, clipped to ±bound"
  ) {
    let (x, bound) = ($0[0], $0[1])
    return .select(x > bound, bound, .select(x < -bound, -bound, x))
  }
}
