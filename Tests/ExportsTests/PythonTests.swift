import Activations
import Exports
import Foundation
import TestSupport
import Testing

/// NumPy, PyTorch, JAX, Keras and ONNX, as far as the Python of `GRAFS_EXPORT_PYTHON` (else
/// `python3`) can import them, in one process: values and derivatives on the grid.
@Suite struct PythonTests {
  private static let python =
    ProcessInfo.processInfo.environment["GRAFS_EXPORT_PYTHON"] ?? "python3"

  private struct Case: Encodable {
    let name: String
    let formula: String
    let isUnaryOperation: Bool
    let values: [String]
    let derivatives: [String]

    init(_ tested: ExportCase) {
      name = tested.function.name
      formula = tested.function.formula
      isUnaryOperation = tested.isUnaryOperation
      values = tested.expected.map { "\($0.value)" }
      derivatives = tested.expected.map { "\($0.derivative)" }
    }
  }

  private struct Cases: Encodable {
    let grid: [String]
    let functions: [Case]
  }

  @Test(.enabled(if: Program.exists(python), "there is no Python '\(python)'"))
  func allTargets() throws {
    let folder = try TemporaryFolder()
    let cases = ExportCase.all
    let origin = FunctionOrigin(search: nil, programVersion: "1.2.3")
    let export = try Export(cases.map(\.function), origin: origin)
    let targets: [(ExportTarget, String)] = [
      (.python, "for_numpy.py"), (.pytorch, "for_pytorch.py"), (.jax, "for_jax.py"),
      (.keras, "for_keras.py"), (.onnx, "model.onnx"),
    ]
    for (target, file) in targets { try folder.write(export.bytes(for: target), to: file) }
    // ONNX's checker asks for a declared shape.
    let declared = try Export(cases.map(\.function), origin: origin, shape: ["1", "N", "1"])
    try folder.write(declared.bytes(for: .onnx), to: "declared.onnx")
    let table = Cases(
      grid: ExportCase.grid.map { "\($0)" }, functions: cases.map(Case.init))
    try folder.write(Array(JSONEncoder().encode(table)), to: "cases.json")
    let runner = try #require(Bundle.module.url(forResource: "Runners", withExtension: nil))
    let run = try Program(
      [Self.python, runner.appendingPathComponent("compare.py").path], in: folder)
    let lines = run.output.split(separator: "\n")
    for line in lines where line.contains("skipped") { print("Exports: \(line)") }
    #expect(run.status == 0, "\(run.errors.suffix(3000))")
    let complaints = lines.filter { $0.hasPrefix("mismatch") }
    #expect(complaints.isEmpty, "\(complaints.prefix(60).joined(separator: "\n"))")
    #expect(lines.filter { $0.contains(" compared") || $0.contains(" skipped") }.count == 5)
  }
}
