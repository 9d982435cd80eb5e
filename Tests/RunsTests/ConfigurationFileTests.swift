import Foundation
import Runs
import Search
import TestSupport
import Testing

@Suite("Configuration files")
struct ConfigurationFileTests {
  private let folder: TemporaryFolder
  private let settings = Catalog().settings
  private let start = RunConfiguration(
    network: "resnet20", dataset: "cifar10", search: SearchPreset.quick.configuration)

  init() throws { folder = try TemporaryFolder() }

  /// The failure's line without the file that it begins with.
  private func complaint(about path: String) throws -> String {
    var configuration = start
    do {
      try ConfigurationFile.read(path, into: &configuration, settings)
    } catch {
      let line = "\(error)"
      #expect(!line.contains("\n"), "\(line)")
      try #require(line.hasPrefix("\(path): "), "\(line)")
      return String(line.dropFirst(path.count + 2))
    }
    Issue.record("\(path) was read")
    return ""
  }

  @Test(
    "a file that says something else",
    arguments: [
      ("epoch: 3\n", "there is no setting 'epoch'; did you mean 'epochs'?"),
      ("Batch_Size: 3\n", "there is no setting 'Batch_Size'; did you mean 'batch-size'?"),
      ("epochs: three\n", "'epochs' must be a whole number, not 'three'"),
      ("epochs: 1.5\n", "'epochs' must be a whole number, not '1.5'"),
      ("epochs:\n", "'epochs' must be a whole number, not ''"),
      ("seed: -1\n", "'seed' must be a whole number, not negative, not '-1'"),
      ("train-images: many\n", "'train-images' must be a whole number, or all, not 'many'"),
      ("momentum: high\n", "'momentum' must be a number, not 'high'"),
      ("schedule: cosin\n", "'schedule' must be constant, multi-step, cosine, linear, not 'cosin'"),
      ("method: dart\n", "'method' must be drnas, darts, darts-second-order, random, not 'dart'"),
      ("warm-start-activation: rele\n", "'warm-start-activation' must be a unary operation, such"),
      ("shrinking: stages\n", "'shrinking' must be grafs, off, or stages such as"),
      ("shrinking: stages 3:0\n", "'shrinking' must be grafs, off, or stages such as"),
      ("shrinking: stages 3:4 2:2\n", "'shrinking' must be grafs, off, or stages such as"),
      ("shrinking: stages 3:4 5:4\n", "'shrinking' must be grafs, off, or stages such as"),
      ("shrinking: stages 8:4\n", "'shrinking' is 'stages 8:4', but must be of stages before the"),
      ("shrinking-end: 1.5\n", "'shrinking-end' must be a whole number, or end, not '1.5'"),
      (
        "cell: u0(x) b0(u0, u7)\n",
        "'cell' is 'u0(x) b0(u0, u7)', but slot 'b0': there is no slot 'u7' to take as operand"
      ),
      ("cell: one-core-units\n", "'cell' is 'one-core-units', but "),
      ("operations: graf\n", "'operations' is 'graf', but "),
      ("operations: relu\n", "'operations' is 'relu', but slot 'b0': no binary operation"),
      ("method: darts\nsampling: mean\n", "'sampling' is only for method drnas; leave it out"),
      (
        "method: darts\ndivergence-weight: 1\n",
        "'divergence-weight' is only for method drnas; leave it out"
      ),
      (
        "method: random\nexact: true\n",
        "'exact' is only for method drnas, darts, darts-second-order; leave it out"
      ),
      ("budget: 20\n", "'budget' is only for method random; leave it out"),
      ("method: random\nbudget: 0\n", "'budget' is 0, but must be from 1 to 1000000"),
      ("method: random\nwidth: many\n", "'width' must be a whole number, not 'many'"),
      ("exact: perhaps\n", "'exact' must be true or false, not 'perhaps'"),
      ("divergence: ignore\n", "'divergence' must be stop, skip, not 'ignore'"),
      ("epochs: [1, 2]\n", "'epochs' must be a whole number, not a list"),
      (
        "search:\n  epochs: 3\n",
        "'search' is a mapping, and settings have no groups; write one 'name: value' a line"
      ),
      (
        "epochs:\n  first: 3\n",
        "'epochs' must be a whole number, not a mapping; write 'epochs: value'"
      ),
      (
        "operations:\n- u0: relu\n",
        "'operations' must be names of operations or sets, such as grafs, not a mapping within a "
          + "list; write 'operations: value', or a list of such values"
      ),
      (
        "operations: [relu, [gelu]]\n",
        "'operations' must be names of operations or sets, such as grafs, not a list within a "
          + "list; write 'operations: value', or a list of such values"
      ),
      (
        "seed: [[3]]\n",
        "'seed' must be a whole number, not negative, not a list within a list; write 'seed: value'"
      ),
      ("cell: {u0: x}\n", "'cell' must be a cell, such as two-core-units, not a mapping; write"),
      ("operations: [relo, add]\n", "'operations' is 'relo add', but "),
      ("exact: 1\n", "'exact' must be true or false, not '1'"),
      ("epochs: yes\n", "'epochs' must be a whole number, not 'yes'"),
      ("epochs: |\n  1\n  2\n", "'epochs' must be a whole number, not '1 2'"),
      (
        "- epochs: 3\n- seed: 3\n",
        "is a list, not settings with names; write one 'name: value' a line, without '-'"
      ),
      ("hello\n", "is a text, not settings with names; write one 'name: value' a line"),
      ("a: b: c\n", "is not YAML ("),
      ("epochs: \"3\n", "is not YAML ("),
      ("epochs: 3\nepochs: 4\n", "is not YAML ("),
      (
        "? [a, b]\n: 3\n", "the name of a setting is a list; write one 'name: value' a line"
      ),
    ])
  func wrongContents(text: String, expected: String) throws {
    let path = try folder.write(Array(text.utf8), to: "wrong.yaml")
    let found = try complaint(about: path)
    #expect(found.hasPrefix(expected), "\(found)")
    if expected.hasPrefix("is not YAML") {
      #expect(found.hasSuffix("; write one 'name: value' a line"), "\(found)")
    }
  }

  @Test(
    "a list names its element at fault, and what stands between elements",
    arguments: [
      ("shrinking: stages 2:9 five:4\n", "'five:4' is no stage, an epoch from 0 and the"),
      ("shrinking: stages 3:9, 5:4\n", "'3:9,' is no stage, an epoch from 0 and the operations"),
      ("shrinking: [stages, 3:4, 2:2]\n", "'2:2' does not begin after epoch 3 of the stage"),
      ("shrinking: [stages, 3:4, 5:4]\n", "'5:4' does not keep fewer than 4 of the stage before"),
      ("shrinking: 3:4\n", "'3:4' stands without 'stages' before it"),
      ("shrinking: grafs 3:4\n", "'3:4' is too much behind 'grafs'"),
      ("race-usual: relu tnah\n", "'tnah' is no function (there is no unary operation 'tnah'; did"),
      ("race-usual: relu;gelu\n", "'relu;gelu' is no function (expression: column 5 of"),
      ("race-usual: [relu, 'stage0:gelu(x)']\n", "'stage0:gelu(x)' is of a part of a network"),
      ("race-rungs: 100 300x\n", "'300x' is no whole number"),
      ("race-rungs: 100,300\n", "'100,300' is no whole number"),
      ("race-rungs: 700 300\n", "300 is not more than 700 before it"),
      ("race-rungs: 0 300\n", "0 is not positive"),
    ])
  func elements(text: String, fault: String) throws {
    let path = try folder.write(Array(text.utf8), to: "list.yaml")
    let found = try complaint(about: path)
    #expect(found.contains(", separated by spaces, not "), "\(found)")
    #expect(found.contains(": \(fault)"), "\(found)")
  }

  @Test(
    "a value that no search can have",
    arguments: [
      ("epochs", "0"), ("epochs", "-3"), ("epochs", "1000001"), ("batch-size", "1"),
      ("batch-size", "-8"), ("accumulation", "0"), ("accumulation", "10001"),
      ("train-images", "0"), ("validation-fraction", "0"), ("validation-fraction", "1"),
      ("validation-fraction", "nan"), ("learning-rate", "0"), ("learning-rate", "-1"),
      ("learning-rate", "inf"), ("learning-rate", "nan"), ("momentum", "1"),
      ("momentum", "-0.5"), ("momentum", "nan"), ("weight-decay", "-1"), ("weight-decay", "inf"),
      ("architecture-learning-rate", "0"), ("architecture-learning-rate", "nan"),
      ("architecture-weight-decay", "-1"), ("architecture-weight-decay", "nan"),
      ("warm-start-epochs", "-1"), ("warm-start-epochs", "9"), ("shrinking-start", "0"),
      ("shrinking-start", "8"), ("shrinking-start", "80"), ("shrinking-end", "9"), ("bound", "0"),
      ("bound", "nan"),
      ("bound", "inf"), ("gradient-clip", "0"), ("gradient-clip", "-1"), ("gradient-clip", "nan"),
      ("gradient-clip", "inf"), ("slope-bound", "0"), ("slope-bound", "-1"), ("slope-bound", "nan"),
      ("slope-bound", "inf"),
      ("divergence-weight", "-1"), ("divergence-weight", "inf"), ("architecture-start", "-1"),
      ("architecture-start", "8"),
      ("warm-start-activation", "beta_times_x"), ("shrinking-end", "2"),
      ("checkpoint-seconds", "-1"), ("checkpoint-seconds", "nan"),
    ])
  func impossibleValue(name: String, value: String) throws {
    let path = try folder.write(Array("\(name): \(value)\n".utf8), to: "impossible.yaml")
    let found = try complaint(about: path)
    #expect(found.hasPrefix("'\(name)' is \(value)"), "\(found)")
    #expect(found.contains(", but must be "), "\(found)")
  }

  @Test("presets are possible", arguments: SearchPreset.allCases)
  func presets(preset: SearchPreset) throws {
    try preset.configuration.validate(proposers: [])
  }

  @Test("no file, a folder, bytes that are no text")
  func unreadable() throws {
    #expect(
      try complaint(about: folder.file("missing.yaml").path)
        == "there is no such file; give a readable YAML file with --config")
    #expect(
      try complaint(about: folder.path)
        == "cannot be read as text; give a readable YAML file with --config")
    #expect(
      try complaint(about: folder.write([0x65, 0xFF, 0xFE], to: "bytes.yaml"))
        == "cannot be read as text; give a readable YAML file with --config")
  }

  @Test("a block of lines is read as one line, and written so")
  func blocks() throws {
    let path = try folder.write(
      Array("cell: |\n  u0(x) u1(x)\n  b0(u0, u1)\noperations: |\n  grafs\n".utf8), to: "block.yaml"
    )
    var configuration = start
    try ConfigurationFile.read(path, into: &configuration, settings)
    #expect(configuration.search.task.cell == "u0(x) u1(x) b0(u0, u1)")
    var back = start
    let text = ConfigurationFile.text(configuration, settings)
    try ConfigurationFile.read(
      folder.write(Array(text.utf8), to: "back.yaml"), into: &back, settings)
    #expect(back == configuration)
  }

  @Test("remarks alone change nothing", arguments: ["# a comment\n", "{}\n", "\n#\n"])
  func nothing(text: String) throws {
    var configuration = start
    try ConfigurationFile.read(
      folder.write(Array(text.utf8), to: "empty.yaml"), into: &configuration, settings)
    #expect(configuration == start)
  }

  @Test("an empty file is a mistake", arguments: ["", "\n", " \n\t\n"])
  func empty(text: String) throws {
    let path = try folder.write(Array(text.utf8), to: "empty.yaml")
    #expect(try complaint(about: path) == "is empty; write one 'name: value' a line")
  }

  @Test(
    "true and false are read as YAML 1.1 has them, also where they stand for off",
    arguments: ["True", "TRUE", "yes", "Yes", "on", "ON", "y", "\"true\"", "true # remark"],
    ["False", "no", "NO", "Off", "off", "n", "'false'"])
  func words(yes: String, no: String) throws {
    let names = ["gradient-clip", "slope-bound", "shrinking", "bounding"]
    let text = "exact: \(yes)\ndecay-gains: \(no)\n" + names.map { "\($0): \(no)\n" }.joined()
    var configuration = start
    try ConfigurationFile.read(
      folder.write(Array(text.utf8), to: "words.yaml"), into: &configuration, settings)
    let relaxed = try #require(configuration.search.method.relaxed)
    #expect(relaxed.isExact && !configuration.search.task.recipe.rules.decaysGains)
    #expect(configuration.search.task.recipe.gradientClip == nil && relaxed.slopeBound == nil)
    #expect(relaxed.shrinking == .off && configuration.search.task.boundingRule == .off)
  }

  @Test(
    "lists are read where they are meant",
    arguments: [
      "operations: [tanh, silu, add]\n", "operations:\n- tanh\n- silu\n- add\n",
      "operations: [ tanh , \"silu\", add ]\ncell:\n- u0(x)\n- b0(u0, x)\n",
    ])
  func lists(text: String) throws {
    var configuration = start
    try ConfigurationFile.read(
      folder.write(Array(text.utf8), to: "lists.yaml"), into: &configuration, settings)
    #expect(configuration.search.task.operations == "tanh silu add")
    let cell = text.contains("cell") ? "u0(x) b0(u0, x)" : "two-core-units"
    #expect(configuration.search.task.cell == cell)
  }

  @Test("stages may be a list too")
  func stages() throws {
    var configuration = start
    try ConfigurationFile.read(
      folder.write(Array("epochs: 9\nshrinking: [stages, 3:12, 6:4]\n".utf8), to: "a.yaml"),
      into: &configuration, settings)
    #expect(configuration.search.method.relaxed?.shrinking.description == "stages 3:12 6:4")
  }

  @Test("a shorter search than the usual start of shrinking is possible", arguments: 1...3)
  func shortSearches(epochs: Int) throws {
    var configuration = start
    try ConfigurationFile.read(
      folder.write(Array("epochs: \(epochs)\nwarm-start-epochs: \(epochs)\n".utf8), to: "a.yaml"),
      into: &configuration, settings)
    #expect(configuration.search.task.recipe.epochs == epochs)
  }
}
