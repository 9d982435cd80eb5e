import Activations

/// An operation as code: its value and its derivatives, as the primitive's own formulas write them.
struct OperationCode {
  let operation: ElementaryOperation

  init(_ operation: ElementaryOperation) { self.operation = operation }

  /// The value.
  func value(_ arguments: [Term], scalars: [Term]) -> Term {
    term(.value, arguments, scalars)
  }

  /// The derivative by an argument.
  func derivative(byArgument index: Int, _ arguments: [Term], scalars: [Term]) -> Term {
    term(.derivative(argument: index), arguments, scalars)
  }

  private enum Part {
    case value
    case derivative(argument: Int)
  }

  /// In place, where it is but a few operators and functions that languages have; else as a call
  /// of a function.
  private func term(_ part: Part, _ arguments: [Term], _ scalars: [Term]) -> Term {
    let hasNode = (arguments + scalars).contains { $0.home != nil }
    let pool = TermPool()
    let parameters = arguments.indices.map { pool.parameter($0) }
    let others = scalars.enumerated().map { index, scalar in
      // What is made of numbers is a number.
      scalar.home == nil ? scalar : pool.parameter(arguments.count + index)
    }
    if !hasNode || formula(part, parameters, others).placed(in: pool).isBrief {
      return formula(part, arguments, scalars)
    }
    return .call(helper(part), arguments + scalars)
  }

  private func helper(_ part: Part) -> Helper {
    let name = operation.primitive.codeName
    let parameters = operation.arity == .unary ? ["x"] : ["a", "b"]
    let code = self
    return Helper(
      name: name + suffix(part), parameters: parameters,
      scalarParameters: Self.names(of: operation.scalars, beside: parameters),
      comment: { if case .value = part { operation.formula } else { nil } }()
    ) { code.formula(part, Array($0[..<parameters.count]), Array($0[parameters.count...])) }
  }

  /// The names of the functions that code may define for it.
  var names: [String] {
    let derivatives = (0..<operation.arity.rawValue).map { Part.derivative(argument: $0) }
    return ([.value] + derivatives).map { operation.primitive.codeName + suffix($0) }
  }

  /// The scalars' own names, where every language has them free; else letters with a number.
  private static func names(of scalars: [LearnableScalar], beside taken: [String]) -> [String] {
    scalars.enumerated().map { index, scalar in
      let isFree =
        scalar.name.wholeMatch(of: /[a-z]+[0-9]*/) != nil && !taken.contains(scalar.name)
        && ExportTarget.allCases.allSatisfy { !$0.reserves(scalar.name) }
      return isFree ? scalar.name : "s\(index)"
    }
  }

  private func suffix(_ part: Part) -> String {
    switch part {
    case .value: ""
    case .derivative(let index):
      operation.arity == .unary ? "_derivative" : index == 0 ? "_by_first" : "_by_second"
    }
  }

  private func formula(_ part: Part, _ arguments: [Term], _ scalars: [Term]) -> Term {
    switch operation.primitive {
    case let primitive as any UnaryFunction.Type:
      let constants = primitive.constants(of: scalars)
      switch part {
      case .value: return primitive.value(arguments[0], constants)
      case .derivative: return primitive.derivative(arguments[0], constants)
      }
    case let primitive as any BinaryFunction.Type:
      let constants = primitive.constants(of: scalars)
      let (a, b) = (arguments[0], arguments[1])
      switch part {
      case .value: return primitive.value(a, b, constants)
      case .derivative(let index):
        let partial = primitive.derivatives(a, b, constants)
        return index == 0 ? partial.byFirst : partial.bySecond
      }
    default:
      preconditionFailure("OperationCode: \(operation) has neither one argument nor two")
    }
  }
}
