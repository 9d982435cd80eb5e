import Activations
import Exports
import Foundation
import TestSupport
import Testing

/// Names of functions that code of a target cannot have, or would mean something else by.
@Suite struct NameTests {
  private static let code: [ExportTarget] = [.c, .swift, .python, .pytorch, .jax, .keras]
  private static let inPython: [ExportTarget] = [.python, .pytorch, .jax, .keras]

  private func export(
    _ name: String, cells: [String] = [""], for target: ExportTarget,
    formula: String = "gelu(x) + sinh(x) + bessel_i1e(x)"
  ) throws -> String {
    let functions = try cells.map {
      try ExportedFunction(
        name: name, cell: $0,
        expression: ActivationExpression(parsing: formula, operations: .allPrimitives))
    }
    let origin = FunctionOrigin(search: nil, programVersion: "1.2.3")
    let bytes = try Export(functions, origin: origin).bytes(for: target)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func isRefused(_ name: String, for target: ExportTarget) throws -> Bool {
    do {
      _ = try export(name, for: target, formula: "x")
      return false
    } catch ExportError.reservedName(_, let option, _, let suggestion) {
      #expect(option == name)
      // The cure is one.
      _ = try export(suggestion, for: target, formula: "x")
      return true
    }
  }

  @Test(
    "Names that cannot stand in code are refused in one line",
    arguments: [
      ("my-act", "try my_act"), ("", "try activation"), ("2x", "try f2x"), ("é", "try activation"),
      ("_f", "try my_f"), ("a b", "try a_b"), ("tab\t", "try tab"),
    ])
  func identifiers(name: String, cure: String) throws {
    let error = #expect(throws: ExportError.self) {
      try ExportedFunction(name: name, expression: .input)
    }
    #expect(error?.description.contains(cure) == true, "\(error?.description ?? "")")
  }

  @Test(
    "Names that mean something in a target already are refused there, with one that does not",
    arguments: [
      ("fminf", [.c, .swift]), ("M_SQRT2", [.c, .swift]), ("FLT_MIN", [.c, .swift]),
      ("HUGE_VALF", [.c, .swift]), ("unix", [.c]), ("printf", [.c, .swift]),
      ("malloc", [.c, .swift]), ("lgamma_r", [.c, .swift]), ("typename", [.c]),
      ("int", inPython + [.c]), ("range", inPython), ("lambda", inPython), ("limit", [.swift]),
      ("guard", [.swift]), ("Foundation", [.swift]), ("stride", [.swift]),
      ("zip", inPython + [.swift]),
      ("numpy", [.python]), ("nn", [.pytorch]), ("self", [.pytorch, .swift]),
      ("special", [.jax]), ("dx", [.jax]), ("ml_dtypes", [.keras]), ("ops", [.keras]),
      ("value_error", [.pytorch]), ("runtime_warning", [.pytorch]),
      ("gelu", [.c, .swift, .keras]), ("bessel", [.c, .swift, .keras]),
      ("wide", [.keras]), ("is_half", [.keras]), ("sigmoidDerivative", [.swift]),
      ("x", ExportTarget.allCases), ("Relu", []), ("swish2", []),
    ] as [(String, [ExportTarget])])
  func reserved(name: String, targets: [ExportTarget]) throws {
    for target in ExportTarget.allCases {
      #expect(try isRefused(name, for: target) == targets.contains(target), "\(target)")
    }
  }

  @Test("a name is refused for what comes behind it, too")
  func derived() throws {
    // Of cells, and of the functions that code defines beside.
    let reserved = #expect(throws: ExportError.self) { try export("M", cells: ["E"], for: .c) }
    #expect(
      reserved?.description
        == "--name 'M' makes 'M_E', which has a meaning in c code already; try my_M")
    let type = #expect(throws: ExportError.self) { try export("key_error", for: .pytorch) }
    #expect(
      type?.description == "--name 'key_error' makes 'KeyError', which has a meaning in pytorch "
        + "code already; try my_key_error")
    let clash = #expect(throws: ExportError.self) {
      try export("g", cells: ["late", "late_derivative"], for: .jax)
    }
    #expect(
      clash?.description == "'g_late' and 'g_late_derivative' both make 'g_late_derivative' in "
        + "jax code; give one of them another name")
    #expect(throws: ExportError.self) { try export("g", cells: ["a", "A"], for: .pytorch) }
    #expect(throws: ExportError.self) { try export("g", cells: ["a", "a_reverse"], for: .pytorch) }
    #expect(throws: ExportError.self) { try export("g", cells: ["s", "s_float"], for: .c) }
    _ = try export("g", cells: ["s", "s_float"], for: .pytorch)
  }

  @Test("an import is refused as a name of the function that imports it", arguments: inPython)
  func imports(target: ExportTarget) throws {
    let text = try export("fine", for: target)
    var imported: Set<Substring> = []
    for line in text.split(separator: "\n") {
      let match = line.wholeMatch(of: /(?:from \S+ )?import (?:\S+ as )?(\w+)/)
      if let name = match?.1 { imported.insert(name) }
    }
    #expect(!imported.isEmpty)
    for name in imported { #expect(try isRefused(String(name), for: target), "\(name)") }
  }

  @Test(
    "whatever C's headers define is refused in C", .enabled(if: Program.exists("cc")),
    arguments: [["-std=c99"], [], ["-D_GNU_SOURCE"]])
  func headers(options: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("#include <float.h>\n#include <math.h>\n".utf8), to: "all.c")
    let macros = try Program(["cc", "-E", "-dM"] + options + ["all.c"], in: folder).output
      .matches(of: /#define ([A-Za-z]\w*)/).map { String($0.1) }
    let functions = try Program(["cc", "-E"] + options + ["all.c"], in: folder).output
      .matches(of: /\b([A-Za-z]\w*) \(/).map { String($0.1) }
    #expect(macros.contains("INFINITY") && functions.contains("expf"))
    // What is in front of parentheses without being declared.
    let names = Set(macros + functions).subtracting(["double", "float"])
    let free = try names.filter { try !isRefused($0, for: .c) }
    #expect(free.isEmpty, "\(free.sorted())")
  }

  @Test(
    "whatever Python has built in is refused in Python", .enabled(if: Program.exists("python3")))
  func builtins() throws {
    let line = "import builtins, keyword; print(*dir(builtins), *keyword.kwlist, sep='\\n')"
    let names = try Program(["python3", "-c", line], in: TemporaryFolder()).output
      .split(separator: "\n").filter { !$0.hasPrefix("_") }
    #expect(names.contains("float"))
    for target in Self.inPython {
      let free = try names.filter { try !isRefused(String($0), for: target) }
      #expect(free.isEmpty, "\(target): \(free)")
    }
  }
}
