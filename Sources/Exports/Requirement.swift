/// What the code of a target needs, and the oldest and newest versions that it is tested with.
///
/// The versions are those of the environments in `Tests/ExportsTests/Environments`, in which
/// `make test-exports` runs the code; a test compares the two.
package struct Requirement: Sendable, Hashable {
  /// What is installed, as its registry calls it.
  package let package: String
  /// What people call it.
  let title: String
  /// The oldest version on which the code runs.
  package let oldest: String
  /// The newest version on which the code has run.
  package let newest: String

  /// In what the Python of the tests comes.
  static let python = "Python 3.11"

  fileprivate var sentence: String {
    "Needs \(title) \(oldest) or later; tested with \(oldest) and \(newest) on \(Self.python)."
  }
}

extension ExportTarget {
  /// The libraries of a target, the one that names it first.
  package var requirements: [Requirement] {
    switch self {
    case .text, .latex, .swift, .c, .json: []
    case .python:
      [Requirement(package: "numpy", title: "NumPy", oldest: "1.24.2", newest: "2.4.6")]
    case .pytorch:
      [Requirement(package: "torch", title: "PyTorch", oldest: "2.0.0", newest: "2.15.0")]
    case .jax:
      [Requirement(package: "jax", title: "JAX", oldest: "0.4.18", newest: "0.10.2")]
    case .keras:
      [Requirement(package: "keras", title: "Keras", oldest: "3.2.0", newest: "3.15.1")]
    case .onnx:
      [
        Requirement(
          package: "onnxruntime", title: "ONNX Runtime", oldest: "1.15.0", newest: "1.32.0"),
        Requirement(package: "onnx", title: "ONNX", oldest: "1.13.0", newest: "1.23.2"),
      ]
    }
  }

  /// The same for a comment, in sentences.
  var needs: [String] {
    switch self {
    case .text, .latex, .json: []
    case .swift: ["Needs Swift in language mode 5 or 6, with Foundation."]
    case .c: ["Needs C99 with its mathematics library (-lm)."]
    case .python, .pytorch, .jax: requirements.map(\.sentence)
    case .keras:
      requirements.map(\.sentence) + [
        "Its back end is JAX, NumPy (which has no gradients), PyTorch or TensorFlow."
      ]
    case .onnx:
      ["Needs operator set \(ONNXGraph.operatorSet), IR version \(ONNXGraph.version)."]
        + requirements.prefix(1).map(\.sentence)
    }
  }
}
