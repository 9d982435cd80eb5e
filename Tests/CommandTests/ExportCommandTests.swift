import Foundation
import Runs
import TestSupport
import Testing

@Suite("Export")
struct ExportCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func export(_ arguments: String...) throws -> BuiltCommand {
    try BuiltCommand(["export"] + arguments, in: folder)
  }

  private func refuses(_ arguments: String..., line: String) throws {
    let command = try BuiltCommand(["export"] + arguments, in: folder)
    #expect(command.status != 0 && command.output == "")
    #expect(command.errors == "Error: \(line)\n")
  }

  @Test("writes a formula to standard output")
  func formula() throws {
    let command = try export("sigmoid(gelu(x)) * gelu(x)", "--to", "c")
    #expect(command.status == 0 && command.errors == "")
    #expect(command.output.contains("double activation_derivative(double x) {"))
    let shapes = [[], ["--shape", "N"], ["--shape", "N,64"], ["--shape", "any"]]
    let models = try shapes.enumerated().map { index, shape in
      let model = try BuiltCommand(
        ["export", "silu", "--to", "onnx", "--output", "m\(index)"] + shape, in: folder)
      #expect(model.status == 0 && model.errors == "" && model.output == "")
      return try Data(contentsOf: folder.file("m\(index)"))
    }
    // What the models say is compared in the module's tests.
    #expect(models[0] == models[1] && Set(models).count == 3)
    let named = try export("silu", "--to", "text", "--name", "mine", "--bound", "10")
    #expect(
      named.output.hasSuffix("mine(x) = silu(x)\nwith every operation's output clipped to ±10.0\n"))
  }

  @Test(
    "reads what mathematics writes, also where it begins with a minus",
    arguments: [
      ("-x^3", "-x^3"), ("-gelu(x)", "-gelu(x)"), ("-7", "-7"), ("-(x + 1)^5", "-(x + 1)^5"),
      ("--x^4", "x^4"), ("Hard_Sigmoid", "hard_sigmoid(x)"), ("SELU(X)", "selu(x)"),
      ("SELU(Y)", nil), ("x/1e-6", "x / 1e-06"), ("-Ln(X^2+1)", "-log(x^2 + 1)"),
    ] as [(String, String?)])
  func mathematics(argument: String, written: String?) throws {
    let command = try export("--to", "text", argument, "--bound", "off")
    guard let written else {
      #expect(command.errors.contains("there is no variable 'Y'; the input is called 'x'"))
      return
    }
    #expect(command.status == 0 && command.errors == "")
    #expect(command.output.hasSuffix("\nactivation(x) = \(written)\n"))
  }

  @Test("says where a formula is not finite, and what has a guard")
  func notFinite() throws {
    let command = try export("sin(x) / x", "--to", "c")
    #expect(command.status == 0 && command.output.contains("double activation(double x)"))
    #expect(
      command.errors == "sin(x) / x is not finite at x = 0, where a training diverges; "
        + "guarded_divide(a, b), guarded_power(a, b), guarded_sqrt(a) and guarded_log_abs(a) stay "
        + "finite\n")
    #expect(try export("log(x)", "--to", "c").errors.hasPrefix("log(x) is not finite at x = 0, "))
    #expect(try export("guarded_power(x, -3) + guarded_sqrt(x)", "--to", "c").errors == "")
    #expect(try export("divide(sin(x), x)", "--to", "c").errors == "")
    try refuses(
      "x - 2 / 0", "--to", "c",
      line: "expression: column 7 of 'x - 2 / 0': 2 / 0 is no finite real number; "
        + "give another constant")
  }

  @Test("parts are called as those of networks are", arguments: ["foo: relu", "x: x; stage1: -x"])
  func parts(argument: String) throws {
    try refuses(
      argument, "--to", "text",
      line: "'\(argument)': no network has a part '\(argument.prefix { $0 != ":" })'; call parts "
        + "stage0, stage1, … or site0, site1, …, or give one function without a name")
  }

  @Test("a name of one letter is a name, and what follows an option is its value")
  func shortNames() throws {
    for name in ["c", "o"] {
      let written = try export("relu", "--to", "c", "--output", name)
      #expect(written.status == 0 && written.errors == "")
    }
    #expect(try folder.names == ["c", "o"])
    let value = try export("relu", "--to", "c", "--output", "-new.c")
    #expect(value.status == 64 && value.errors.contains("Missing value for '--output"))
    #expect(try folder.names == ["c", "o"])
    let unknown = try export("--relu", "--to", "c")
    #expect(unknown.errors.contains("put -- before a function"), "\(unknown.errors)")
  }

  @Test(
    "the flags that a formula may follow are those of the help", arguments: ["export", "evaluate"])
  func flags(command: String) throws {
    let help = try BuiltCommand([command, "--help"], in: folder).output
    for flag in help.matches(of: /(?m)^  (?:-h, )?(--[a-z-]+)(?:  |$)/).map({ String($0.1) })
    where !["--version", "--help"].contains(flag) {
      let run = try BuiltCommand(
        [command] + (command == "export" ? ["--to", "text"] : ["--dry-run"]) + [flag, "-gleu(x)"],
        in: folder)
      #expect(run.errors.contains("no function 'gleu'"), "\(flag): \(run.errors)")
    }
  }

  @Test("writes a file, and replaces it only with --force")
  func files() throws {
    #expect(try export("silu", "--to", "python", "--output", "f.py").status == 0)
    let first = try String(contentsOf: folder.file("f.py"), encoding: .utf8)
    #expect(first.contains("def activation_derivative(x):"))
    try refuses(
      "relu", "--to", "python", "--output", "f.py",
      line: "f.py: is there already; give --force to replace it, or another --output")
    #expect(try String(contentsOf: folder.file("f.py"), encoding: .utf8) == first)
    #expect(try export("relu", "--to", "python", "--output", "f.py", "--force").status == 0)
    #expect(try String(contentsOf: folder.file("f.py"), encoding: .utf8) != first)
    #expect(try folder.names == ["f.py"])
    try refuses(
      "relu", "--to", "c", "--output", ".", line: ".: is a folder; name a file with --output")
  }

  /// A run's folder with a result and, if wanted, its configuration.
  private func run(_ change: (inout SearchResult) -> Void, configuration: String?) throws {
    var result = SearchResult(
      status: "finished", network: "resnet20", dataset: "cifar10", seed: 3, epochs: 2,
      elapsedSeconds: 1)
    result.validationAccuracy = 0.5
    change(&result)
    try folder.write(Array(result.json()), to: "run/result.json")
    if let configuration {
      try folder.write(Array(configuration.utf8), to: "run/config.yaml")
    }
  }

  @Test("writes what a run has found, with all digits, and where it comes from")
  func run() throws {
    try run(
      {
        $0.expression = "mix(gelu(x), x, -0.213518)"
        $0.genotype = "u0=gelu u1=identity b0=mix(-0.21351800397530563) u2=identity u3=relu b1=left"
      }, configuration: "seed: 3\n")
    let command = try export("run", "--to", "text")
    #expect(command.errors == "")
    // With 10, as a search bounds unless told otherwise.
    #expect(
      command.output.hasSuffix(
        "activation(x) = mix(gelu(x), identity(x), -0.21351800397530563)\n"
          + "with every operation's output clipped to ±10.0\n"))
    #expect(
      command.output.contains("# Found by a search: resnet20 on cifar10, seed 3, 2 epochs.\n"))
    #expect(command.output.contains("# Validation accuracy 50.00 %.\n"))
    // An idle operation clips x, too.
    let free = try export("run", "--to", "text", "--bound", "off")
    #expect(free.output.hasSuffix("activation(x) = mix(gelu(x), x, -0.21351800397530563)\n"))
  }

  @Test("writes a function for each stage")
  func stages() throws {
    try run({ $0.expression = "stage0: relu(x); stage1: x" }, configuration: nil)
    let command = try export("run", "--to", "pytorch", "--name", "found")
    #expect(command.errors == "")
    for name in ["def found_stage0(x):", "def found_stage1(x):", "class FoundStage1(nn.Module):"] {
      #expect(command.output.contains(name))
    }
  }

  @Test("says in one line what it cannot do")
  func refusals() throws {
    try refuses(
      "silu", "--to", "pytroch", line: "there is no target 'pytroch'; did you mean 'pytorch'?")
    try refuses(
      "silu", "--to", "c", "--name", "my-act",
      line: "--name 'my-act' cannot be a name in code; try my_act")
    try refuses(
      "silu", "--to", "c", "--bound", "-1",
      line: "--bound is -1.0, but must be a positive number, such as 10")
    try refuses(
      "gleu", "--to", "c", line: "there is no unary operation 'gleu'; did you mean 'gelu'?")
    try refuses(
      "prelu", "--to", "c",
      line: "'prelu' has a scalar that is trained with the weights, for each place of a network; "
        + "give numbers, such as 'prelu(x, 0.25)', where training starts")
    try refuses(
      "β1 * swish(x, β2 = 1.5)", "--to", "c",
      line: "'β1 * swish(x, β2 = 1.5)' has scalars that are trained with the weights, for each "
        + "place of a network; give numbers, such as '1 * swish(x, 1.5)', where training starts")
    // The cures hold.
    for cure in ["prelu(x, 0.25)", "1 * swish(x, 1.5)"] {
      let done = try export(cure, "--to", "c")
      #expect(done.status == 0 && done.output.contains("derivative"), "\(done.errors)")
    }
    try refuses(
      "sigmoid(gleu(x))", "--to", "c",
      line: "expression: column 9 of 'sigmoid(gleu(x))': there is no function 'gleu'; "
        + "did you mean 'gelu'?")
    try refuses(
      "runs/nowhere", "--to", "c",
      line: "runs/nowhere: there is no such folder; give a run's folder or a formula")
  }

  @Test("says in one line which names have a meaning already, and takes them elsewhere")
  func names() throws {
    try refuses(
      "silu", "--to", "jax", "--name", "jnp",
      line: "--name 'jnp' has a meaning in jax code already; try my_jnp")
    for (name, target) in [("ptrdiff_t", "c"), ("CHAR_BIT", "c"), ("CGFloat", "swift")] {
      try refuses(
        "silu", "--to", target, "--name", name,
        line: "--name '\(name)' has a meaning in \(target) code already; try my_\(name)")
    }
    try refuses(
      "silu", "--to", "jax", "--output", "./jax.py",
      line: "--output ./jax.py: the code imports jax, and would import itself; try ./my_jax.py")
    #expect(try folder.names == [])
    let free = try export("silu", "--to", "python", "--name", "jnp")
    #expect(free.status == 0 && free.errors == "" && free.output.contains("def jnp(x):"))
  }

  @Test("says in the code what it needs")
  func needs() throws {
    for (target, words) in [
      ("keras", "Needs Keras 3."), ("c", "Needs C99"), ("swift", "Needs Swift"),
      ("python", "Needs NumPy 1."), ("pytorch", "Needs PyTorch 2."), ("jax", "Needs JAX 0."),
    ] {
      #expect(try export("erfc", "--to", target).output.contains(words), "\(target)")
    }
  }

  @Test("each option is tested")
  func completeness() throws {
    let help = try BuiltCommand(["export", "--help"]).output
    let names = help.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) }
    #expect(
      Set(names) == ["--to", "--output", "--name", "--bound", "--shape", "--force", "--version"])
  }
}
