import Activations
import Exports
import Foundation
import TestSupport
import Testing

/// C and Swift, compiled and run: value and derivative of every function on the grid, in double
/// precision, and for floats.
@Suite struct CompiledCodeTests {
  private static let origin = FunctionOrigin(search: nil, programVersion: "1.2.3")
  private static let cases = ExportCase.all

  private func export(_ target: ExportTarget) throws -> [UInt8] {
    try Export(Self.cases.map(\.function), origin: Self.origin).bytes(for: target)
  }

  /// Compares lines of `value derivative float-value float-derivative`, grid point by grid point.
  private func compare(_ output: String) throws {
    let lines = output.split(separator: "\n")
    try #require(lines.count == Self.cases.count * ExportCase.grid.count)
    for (index, tested) in Self.cases.enumerated() {
      for (point, expected) in tested.expected.enumerated() {
        let line = lines[index * ExportCase.grid.count + point]
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        try #require(numbers.count == 4, "\(line)")
        let place: Comment = "\(tested.testDescription) at \(ExportCase.grid[point])"
        #expect(isNear(numbers[0], expected.value, 2e-12), place)
        // Where ours overflows twice and is multiplied by 0, there is nothing to compare with.
        guard expected.derivative.isFinite else { continue }
        #expect(isNear(numbers[1], expected.derivative, 2e-12), place)
        let argument = ExportCase.grid[point]
        guard Double(Float(argument)) == argument else { continue }
        #expect(isNear(numbers[2], Double(Float(expected.value)), 1e-6), place)
        let limit = Double(Float.greatestFiniteMagnitude)
        let slope = min(max(expected.derivative, -limit), limit)
        #expect(isNear(numbers[3], slope, 1e-6), place)
      }
    }
  }

  private func isNear(_ actual: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    if !expected.isFinite {
      return expected.isNaN ? actual.isNaN : actual == expected
    }
    return abs(actual - expected) <= tolerance * max(1, abs(expected))
  }

  @Test(.enabled(if: Program.exists("cc"), "there is no C compiler 'cc'"))
  func c() throws {
    let folder = try TemporaryFolder()
    try folder.write(export(.c), to: "functions.c")
    let names = Self.cases.map(\.function.name)
    let prototypes = names.map { name in
      "double \(name)(double), \(name)_derivative(double);\n"
        + "float \(name)_float(float), \(name)_derivative_float(float);\n"
    }
    let grid = ExportCase.grid.map { $0.isNaN ? "NAN" : "\($0)" }.joined(separator: ", ")
    let calls = names.map { "SHOW(\($0))\n" }
    let main = """
      #include <math.h>
      #include <stdio.h>
      \(prototypes.joined())
      static const double grid[] = {\(grid)};
      #define SHOW(f) for (int i = 0; i < \(ExportCase.grid.count); i++) \\
        printf("%.17g %.17g %.9g %.9g\\n", f(grid[i]), f##_derivative(grid[i]), \\
          f##_float((float)grid[i]), f##_derivative_float((float)grid[i]));
      int main(void) {
      \(calls.joined())
        return 0;
      }
      """
    try folder.write(Array(main.utf8), to: "main.c")
    let strict = ["-Wall", "-Wextra", "-Werror", "-std=c99", "-pedantic", "-O1"]
    let compiler = try Program(
      ["cc"] + strict + ["functions.c", "main.c", "-o", "main", "-lm"], in: folder)
    try #require(compiler.status == 0, "\(compiler.errors.prefix(2000))")
    let run = try Program([folder.file("main").path], in: folder)
    #expect(run.status == 0)
    try compare(run.output)
  }

  @Test(.enabled(if: Program.exists("swiftc"), "there is no Swift compiler 'swiftc'"))
  func swift() throws {
    let folder = try TemporaryFolder()
    try folder.write(export(.swift), to: "functions.swift")
    let names = Self.cases.map(\.function.name)
    let grid = ExportCase.grid.map { $0.isNaN ? ".nan" : "\($0)" }.joined(separator: ", ")
    let calls = names.map {
      "show(\($0)(_:), \($0)(derivativeAt:), \($0)(_:), \($0)(derivativeAt:))\n"
    }
    let main = """
      let grid: [Double] = [\(grid)]
      func show(
        _ value: (Double) -> Double, _ slope: (Double) -> Double, _ float: (Float) -> Float,
        _ floatSlope: (Float) -> Float
      ) {
        for x in grid { print(value(x), slope(x), float(Float(x)), floatSlope(Float(x))) }
      }
      \(calls.joined())
      """
    try folder.write(Array(main.utf8), to: "main.swift")
    let compiler = try Program(
      ["swiftc", "-warnings-as-errors", "functions.swift", "main.swift", "-o", "main"], in: folder)
    try #require(compiler.status == 0, "\(compiler.errors.prefix(2000))")
    let run = try Program([folder.file("main").path], in: folder)
    #expect(run.status == 0)
    try compare(run.output)
    // The comment names both language modes.
    for mode in ["5", "6"] {
      let check = try Program(
        ["swiftc", "-typecheck", "-swift-version", mode, "functions.swift"], in: folder)
      #expect(check.status == 0, "mode \(mode): \(check.errors.prefix(2000))")
    }
  }
}
