import Activations

/// A function that generated code defines for itself: an operation's value or derivative, or a
/// small function that several of these share.
///
/// It is looked up by its name, which is also its name in the code.
struct Helper: Hashable {
  let name: String

  /// Clamps to the finite numbers.
  static let saturated = Helper(name: "saturated")
  /// The sign.
  static let sign = Helper(name: "sign")
  /// The guard of denominators.
  static let magnitudeAtLeast = Helper(name: "magnitude_at_least")
  /// The clipping of outputs.
  static let clipped = Helper(name: "clipped")

  /// The parameters that are numbers of the function, also where arguments are arrays.
  static let scalarParameters: Set = ["beta", "least", "bound"]

  /// The names of its parameters.
  var parameters: [String] { definition.parameters }

  /// What it is, for a comment; nil where the name says all.
  var comment: String? { definition.comment }

  /// Writes its body.
  ///
  /// - Parameter pool: A pool of its own.
  /// - Returns: What the function returns.
  func body(in pool: TermPool) -> Term {
    definition.body((0..<parameters.count).map { pool.parameter($0) })
  }

  private struct Definition: Sendable {
    let parameters: [String]
    let comment: String?
    let body: @Sendable ([Term]) -> Term
  }

  private var definition: Definition {
    guard let definition = Self.definitions[name] else {
      preconditionFailure("Helper: there is no function '\(name)'")
    }
    return definition
  }

  /// All names there are.
  static var names: [String] { definitions.keys.sorted() }

  private static let definitions: [String: Definition] = {
    var all = shared
    func add(_ rule: OperationCode.Rule, _ parameters: [String], _ comment: String?) {
      guard case .helper(let name, let body) = rule else { return }
      precondition(all[name] == nil, "Helper: '\(name)' is there twice")
      all[name] = Definition(parameters: parameters, comment: comment, body: body)
    }
    for operation in OperationSet.allPrimitives.all {
      guard let code = OperationCode.table[operation.name] else { continue }
      let parameters =
        (operation.arity == .unary ? ["x"] : ["a", "b"]) + (operation.isLearnable ? ["beta"] : [])
      add(code.value, parameters, operation.formula)
      for derivative in code.derivatives { add(derivative, parameters, nil) }
    }
    return all
  }()

  private static let shared = [
    saturated.name: Definition(
      parameters: ["x"], comment: "x, or the largest finite number with its sign"
    ) {
      let x = $0[0]
      let largest = x.pool.term(.largest)
      return (x > largest).select(largest, (x < -largest).select(-largest, x))
    },
    sign.name: Definition(parameters: ["x"], comment: nil) {
      let x = $0[0]
      return (x > 0).select(1, (x < 0).select(-1, x))
    },
    magnitudeAtLeast.name: Definition(
      parameters: ["x", "least"], comment: "x, its magnitude held at least; 0 counts as positive"
    ) {
      let (x, least) = ($0[0], $0[1])
      return (x.magnitude < least).select(least * (x < 0).select(-1, 1), x)
    },
    clipped.name: Definition(parameters: ["x", "bound"], comment: "x, clipped to ±bound") {
      let (x, bound) = ($0[0], $0[1])
      return (x > bound).select(bound, (x < -bound).select(-bound, x))
    },
  ]
}
