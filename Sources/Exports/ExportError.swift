import Suggestions

/// Why a function cannot be exported.
public enum ExportError: Error, Sendable, Hashable {
  /// The name is no identifier, with one like it.
  case noIdentifier(String, suggestion: String)
  /// A name that the code would define means something in the target already; `option` is what was
  /// asked for, and the suggestion is one to ask for instead.
  case reservedName(String, option: String, target: ExportTarget, suggestion: String)
  /// The code of two functions would define one name.
  case clashingNames(String, String, common: String, target: ExportTarget)
  /// Two functions have one name.
  case repeatedName(String)
  /// A file's name is that of a library that the code imports.
  case hidingFile(String, module: String, suggestion: String)
  /// ℓ is not positive and finite.
  case impossibleBound(Double)
  /// A scalar is not finite.
  case numberNotFinite(function: String, Double)
  /// A part of a shape is neither a positive number nor a name.
  case impossibleShape(String)
  /// Scalars are not given; with them where they start the function is `fixed`.
  case openScalars(function: String, count: Int, fixed: String)
  /// No target has the name.
  case unknownTarget(String)
}

extension ExportError: CustomStringConvertible {
  /// One line: what is wrong, and the cure.
  public var description: String {
    switch self {
    case .noIdentifier(let name, let suggestion):
      "--name '\(name)' cannot be a name in code; try \(suggestion)"
    case .reservedName(let name, let option, let target, let suggestion):
      "--name '\(option)'\(name == option ? "" : " makes '\(name)', which") has a meaning in "
        + "\(target) code already; try \(suggestion)"
    case .clashingNames(let first, let second, let common, let target):
      "'\(first)' and '\(second)' both make '\(common)' in \(target) code; "
        + "give one of them another name"
    case .repeatedName(let name):
      "two functions are called '\(name)'; give each a name of its own"
    case .hidingFile(let path, let module, let suggestion):
      "--output \(path): the code imports \(module), and would import itself; try \(suggestion)"
    case .impossibleBound(let bound):
      "--bound is \(bound), but must be a positive number, such as 10"
    case .numberNotFinite(let function, let number):
      "\(function): a scalar is \(number), which code cannot hold; search again"
    case .openScalars(let function, let count, let fixed):
      "'\(function)' has \(count == 1 ? "a scalar that is" : "scalars that are") trained with the "
        + "weights, for each place of a network; give numbers, such as '\(fixed)', where training "
        + "starts"
    case .impossibleShape(let extent):
      "--shape: '\(extent)' is neither a positive number nor a name; write such as N,64"
    case .unknownTarget(let name):
      unknownName(name, kind: "target", known: ExportTarget.allCases.map(\.rawValue))
    }
  }
}
