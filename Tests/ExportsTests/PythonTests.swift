import Activations
import Exports
import Foundation
import TestSupport
import Testing

/// NumPy, PyTorch, JAX, Keras with each of its back ends, and ONNX: values and derivatives on the
/// grid, in every environment that is there.
@Suite struct PythonTests {
  private struct Case: Encodable {
    let name: String
    let formula: String
    let isUnaryOperation: Bool
    let isAlone: Bool
    let values: [String]
    let derivatives: [String]

    init(_ tested: ExportCase) {
      name = tested.function.name
      formula = tested.function.formula
      isUnaryOperation = tested.isUnaryOperation
      isAlone = tested.isAlone
      let expected = tested.expected
      values = expected.map { "\($0.value)" }
      derivatives = expected.map { "\($0.derivative)" }
    }
  }

  private struct Cases: Encodable {
    let grid: [String]
    let functions: [Case]
  }

  /// A folder with all functions in one file of each target, some in files of their own, and what
  /// they must compute.
  private static func exports() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let cases = ExportCase.all
    let origin = FunctionOrigin(search: nil, programVersion: "1.2.3")
    for (target, ending) in [
      (.python, "py"), (.pytorch, "py"), (.jax, "py"), (.keras, "py"), (.onnx, "onnx"),
    ] as [(ExportTarget, String)] {
      let all = try Export(cases.map(\.function), origin: origin)
      try folder.write(all.bytes(for: target), to: "\(target)_all.\(ending)")
      for tested in cases where tested.isAlone {
        let one = try Export([tested.function], origin: origin)
        try folder.write(
          one.bytes(for: target), to: "\(target)_\(tested.function.name).\(ending)")
      }
    }
    for (shape, file) in [(["1", "N", "1"], "onnx_declared.onnx"), (nil, "onnx_any.onnx")] {
      let shaped = try Export(cases.map(\.function), origin: origin, shape: shape)
      try folder.write(shaped.bytes(for: .onnx), to: file)
    }
    let table = Cases(grid: ExportCase.grid.map { "\($0)" }, functions: cases.map(Case.init))
    try folder.write(Array(JSONEncoder().encode(table)), to: "cases.json")
    return folder
  }

  @Test("code computes in Python's libraries what we compute")
  func allTargets() throws {
    guard !PythonEnvironment.all.isEmpty else { return print("Exports: skipped without Python") }
    let folder = try Self.exports()
    let runners = try #require(Bundle.module.url(forResource: "Runners", withExtension: nil))
    for environment in PythonEnvironment.all {
      let required = try environment.requiredTargets
      for target in required ?? PythonEnvironment.allTargets {
        let place = "\(environment.testDescription), \(target)"
        let start = ContinuousClock.now
        let run = try Program(
          [environment.python, runners.appendingPathComponent("compare.py").path, target],
          in: folder)
        let lines = run.output.split(separator: "\n")
        #expect(run.status == 0, "\(place): \(run.errors.suffix(3000))")
        let complaints = lines.filter { $0.hasPrefix("mismatch") }
        #expect(complaints.isEmpty, "\(place): \(complaints.prefix(60).joined(separator: "\n"))")
        let last = lines.last ?? ""
        let seconds = (ContinuousClock.now - start).components.seconds
        print("Exports: \(environment.testDescription): \(last), \(seconds) s")
        guard let name = environment.name else {
          #expect(last.hasPrefix("\(target) compared") || last.hasPrefix("\(target) skipped"))
          continue
        }
        guard last.hasPrefix("\(target) compared with ") else {
          Issue.record("\(place): \(last)")
          continue
        }
        // What has run is what was asked for.
        let requirements = try PythonEnvironment.requirements(of: name)
        for version in last.split(separator: " ").dropFirst(3) {
          #expect(requirements.contains(version), "\(place)")
        }
      }
    }
  }

  @Test(
    "the versions that comments name are those of the environments",
    arguments: ExportTarget.allCases)
  func versions(target: ExportTarget) throws {
    let environment = target == .pytorch ? "pytorch-" : ""
    for requirement in target.requirements {
      for (version, age) in [(requirement.oldest, "oldest"), (requirement.newest, "newest")] {
        let lines = try PythonEnvironment.requirements(of: environment + age)
        #expect(lines.contains("\(requirement.package)==\(version)"), "\(environment)\(age)")
      }
    }
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
    let page = try String(contentsOfFile: root.path + "/docs/exports.md", encoding: .utf8)
    for requirement in target.requirements.prefix(1) {
      #expect(page.contains(" \(requirement.oldest) | \(requirement.newest) |"), "docs/exports.md")
    }
    let hasLibraries = [.python, .pytorch, .jax, .keras, .onnx].contains(target)
    #expect(target.requirements.isEmpty == !hasLibraries)
  }
}
