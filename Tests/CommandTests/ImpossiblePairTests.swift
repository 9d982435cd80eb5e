import Foundation
import TestSupport
import Testing

/// Settings of which each is possible, but not beside another or with so many images.
@Suite("Impossible pairs")
struct ImpossiblePairTests {
  private let fixture: SearchFixture

  init() throws { fixture = try SearchFixture() }

  /// A setting, a value, and what is said; searches have 3 batches of 8 images in an epoch.
  struct Pair: Sendable {
    let name: String
    let value: String
    let expected: String
  }

  static let ofTrainings = [
    Pair(name: "accumulation", value: "4", expected: "from 1 to 3, the batches of an epoch"),
    Pair(name: "warmup-steps", value: "4", expected: "from 0 to 3, the steps of the training"),
    Pair(name: "batch-size", value: "32", expected: "from 2 to "),
    Pair(name: "train-images", value: "500", expected: "to 128, the training images of fashion"),
  ]

  static let ofSearches = [
    Pair(name: "warm-start-epochs", value: "2", expected: "from 0 to epochs, 1"),
    Pair(name: "shrinking-start", value: "3", expected: "less than epochs, 1"),
    Pair(name: "shrinking-start", value: "2", expected: "less than epochs, 1"),
    Pair(name: "shrinking-end", value: "5", expected: "at most epochs, 1, or 'end'"),
    Pair(name: "architecture-start", value: "1", expected: "less than epochs, 1"),
    Pair(name: "validation-fraction", value: "0.01", expected: "from 0.016 to 1 − 0.016, so"),
  ]

  /// The smallest search and evaluation, without the options that are at issue.
  private func arguments(_ command: String, without name: String) -> [String] {
    let images = command == "search" ? "32" : "24"
    let values = [("epochs", "1"), ("train-images", images), ("batch-size", "8")]
    let start =
      command == "search" ? ["search", "lenet5", "--set", "race=off"] : ["evaluate", "relu"]
    return start + ["--data-dir", "sets", "--threads", "1", "--quiet", "--output", "run"]
      + (command == "evaluate" ? ["--network", "lenet5"] : [])
      + values.filter { $0.0 != name }.flatMap { ["--\($0.0)", $0.1] }
  }

  private func expectRefusals(_ command: String, _ pair: Pair) throws {
    try fixture.folder.write(Array("\(pair.name): \(pair.value)\n".utf8), to: "c.yaml")
    let arguments = arguments(command, without: pair.name)
    for (given, start) in [
      (["--config", "c.yaml"], "c.yaml: '\(pair.name)' is \(pair.value), but must be "),
      (["--set", "\(pair.name)=\(pair.value)"], "--set: '\(pair.name)' is \(pair.value), but "),
    ] {
      for plan in [[], ["--dry-run"]] {
        let run = try BuiltCommand(arguments + given + plan, in: fixture.folder)
        #expect(run.status == 1 && run.output == "" && run.errorLines.count == 2)
        #expect(run.errors.hasPrefix("Error: \(start)"), "\(run.errors)")
        #expect(run.errors.contains(pair.expected), "\(run.errors)")
        #expect(try fixture.folder.names == ["c.yaml", "sets"])
      }
    }
  }

  @Test("are refused where they are given, by searches", arguments: ofTrainings + ofSearches)
  func search(pair: Pair) throws { try expectRefusals("search", pair) }

  @Test("are refused where they are given, by evaluations", arguments: ofTrainings)
  func evaluation(pair: Pair) throws { try expectRefusals("evaluate", pair) }

  @Test(
    "architecture steps that would begin when nothing is left to choose are refused",
    arguments: [
      (
        "5", ["architecture-start=4"],
        "'architecture-start' is 4, but must be 0 or more, and less"
          + " than 4, the epoch that drops the last operation"
      ),
      ("9", ["architecture-start=3", "shrinking-end=4"], "and less than 3, the epoch"),
      ("9", ["architecture-start=2", "shrinking=stages 0:3 2:1"], "and less than 2, the epoch"),
      ("3", ["shrinking=stages 0:1"], "'shrinking' is 'stages 0:1', but must leave a choice in"),
    ])
  func lateArchitecture(epochs: String, settings: [String], expected: String) throws {
    let run = try fixture.search(
      ["--epochs", epochs] + settings.flatMap { ["--set", $0] } + ["--dry-run"])
    #expect(run.status == 1 && run.errorLines.count == 2, "\(run.errors)")
    #expect(run.errors.contains(expected), "\(run.errors)")
  }

  @Test(
    "architecture steps before the last drop, or beside none, are possible",
    arguments: [
      ["architecture-start=3"], ["architecture-start=4", "shrinking=off"],
      ["architecture-start=4", "operations=relu add"],
      ["architecture-start=4", "shrinking=stages 0:3 2:2"],
    ])
  func earlyArchitecture(settings: [String]) throws {
    let run = try fixture.search(
      ["--epochs", "5"] + settings.flatMap { ["--set", $0] } + ["--dry-run"])
    #expect(run.status == 0, "\(run.errors)")
  }

  /// Commands whose configuration is a pipe, what is in it, and what is said.
  static let pipes = [
    ("search lenet5", "warm-start-epochs: 3", "pipe: 'warm-start-epochs' is 3, but must be from "),
    ("search lenet5", "accumulation: 9", "pipe: 'accumulation' is 9, but must be from 1 to "),
    ("search lenet5 --seeds 2", "accumulation: 9", "pipe: 'accumulation' is 9, but must be from "),
    ("evaluate relu --network lenet5", "warmup-steps: 99", "pipe: 'warmup-steps' is 99, but must"),
    // What the pipe does not give is not its fault.
    (
      "search lenet5 --preset paper --set accumulation=2", "seed: 4",
      "--set: 'accumulation' is 2, but must be from 1 to 1, the batches of an epoch"
    ),
    (
      "search lenet5 --preset paper", "seed: 4",
      "'accumulation' is 2, but must be from 1 to 1, the batches of an epoch; give another with "
    ),
  ]

  @Test("a configuration from a pipe is named where a value is its own", arguments: pipes)
  func pipe(command: String, text: String, expected: String) throws {
    try #require(mkfifo(fixture.folder.file("pipe").path, 0o600) == 0)
    // An epoch of a search has one batch, of an evaluation two.
    let options =
      "--data-dir sets --threads 1 --quiet --epochs 1 --batch-size 4 --train-images 8"
      + (command.hasPrefix("search") ? " --validation-fraction 0.5 --set race=off" : "")
    let run = try BuiltCommand(
      shell: "echo '\(text)' > pipe & exec \"$0\" \(command) \(options) --config pipe",
      in: fixture.folder)
    #expect(run.status == 1 && run.errorLines.count == 2, "\(run.errors)")
    #expect(run.errors.hasPrefix("Error: \(expected)"), "\(run.errors)")
  }

  @Test("of several seeds are said once")
  func seeds() throws {
    let run = try fixture.search(["--seeds", "3", "--set", "accumulation=9"])
    #expect(run.status == 1 && run.errorLines.count == 2, "\(run.errors)")
    #expect(try fixture.folder.names == ["sets"])
  }

  @Test("a preset's value that an option makes impossible is said with the way to change it")
  func preset() throws {
    let run = try fixture.search(["--preset", "paper", "--batch-size", "8", "--train-images", "16"])
    #expect(run.status == 1 && run.errorLines.count == 2)
    #expect(
      run.errors.hasPrefix("Error: --batch-size is 8, but must be from 2 to 4"), "\(run.errors)")
    let other = try fixture.search([
      "--preset", "paper", "--batch-size", "3", "--train-images", "8", "--validation-fraction",
      "0.4",
    ])
    #expect(
      other.errors == "Error: 'accumulation' is 2, but must be from 1 to 1, the batches of an "
        + "epoch; give another with --set accumulation=…\n")
  }

  @Test("a file may name what only an option makes possible")
  func fileBesideOption() throws {
    try fixture.folder.write(Array("warm-start-epochs: 9\nshrinking-end: 9\n".utf8), to: "c.yaml")
    let run = try fixture.search(["--config", "c.yaml", "--epochs", "9", "--dry-run"])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("a flag that says no is called as it was given")
  func flag() throws {
    for (flag, method) in [("--no-exact", "random"), ("--exact", "random")] {
      let run = try fixture.search([flag, "--method", method])
      #expect(run.errors.hasPrefix("Error: \(flag): 'exact' is only for "), "\(run.errors)")
      #expect(run.status == 1 && run.errorLines.count == 2)
    }
  }
}
