/// What a function can be written as.
public enum ExportTarget: String, CaseIterable, Sendable {
  /// The formula.
  case text
  /// The formula in LaTeX.
  case latex
  /// A Swift file.
  case swift
  /// A C99 file.
  case c
  /// A Python file for NumPy.
  case python
  /// A Python file for PyTorch.
  case pytorch
  /// A Python file for JAX.
  case jax
  /// A Python file for Keras 3.
  case keras
  /// An ONNX model.
  case onnx
  /// The tree, for programs.
  case json

  /// Reads a target's name.
  ///
  /// - Parameter name: Such as `pytorch`.
  /// - Throws: `ExportError.unknownTarget`, which suggests the nearest.
  public init(named name: String) throws(ExportError) {
    guard let target = ExportTarget(rawValue: name.lowercased()) else { throw .unknownTarget(name) }
    self = target
  }

  /// Whether it is no text.
  public var isBinary: Bool { self == .onnx }
}

/// Functions and where they come from, ready to be written.
public struct Export: Sendable {
  let functions: [ExportedFunction]
  let origin: FunctionOrigin
  let shape: [String]?

  /// Puts functions into one file.
  ///
  /// - Parameters:
  ///   - functions: At least one; their names differ.
  ///   - origin: Where they come from.
  ///   - shape: The shape that an ONNX model declares for its input, positive numbers and names of
  ///     unknown ones, such as `["N", "64"]`; nil for none, so that the input has any shape, but
  ///     ONNX's checker refuses the model.
  /// - Throws: `ExportError.repeatedName`, or `ExportError.impossibleShape`.
  public init(
    _ functions: [ExportedFunction], origin: FunctionOrigin, shape: [String]? = ["N"]
  ) throws(ExportError) {
    precondition(!functions.isEmpty, "Export: there is no function")
    var names: Set<String> = []
    for function in functions {
      guard names.insert(function.name).inserted else { throw .repeatedName(function.name) }
    }
    for extent in shape ?? [] {
      let isName = extent.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil
      guard isName || Int(extent).map({ $0 > 0 }) == true else { throw .impossibleShape(extent) }
    }
    self.functions = functions
    self.origin = origin
    self.shape = shape
  }

  /// Returns the file of a target.
  ///
  /// - Parameter target: What the functions are written as.
  /// - Returns: The file's bytes; text is UTF-8.
  /// - Throws: `ExportError.reservedName` or `ExportError.clashingNames`.
  public func bytes(for target: ExportTarget) throws(ExportError) -> [UInt8] {
    try checkNames(for: target)
    return switch target {
    case .text: Array(text.utf8)
    case .latex: Array(latex.utf8)
    case .swift: Array(swift.utf8)
    case .c: Array(c.utf8)
    case .python: Array(python.utf8)
    case .pytorch: Array(pytorch.utf8)
    case .jax: Array(jax.utf8)
    case .keras: Array(keras.utf8)
    case .onnx: onnx
    case .json: Array(json.utf8)
    }
  }

  /// The comment above a target's code: formulas, what it needs, origin, citation.
  func comment(for target: ExportTarget) -> [String] {
    functions.flatMap(\.equation) + [""] + target.needs + origin.lines
  }
}
