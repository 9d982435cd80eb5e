import Files
import Foundation
import TestSupport
import Testing
import Traces

/// A random search as a user would do it, on a network of 714 parameters.
struct RandomSearch {
  let fixture: SearchFixture

  static let options = [
    "search", "densenet-10-2", "--method", "random", "--data-dir", SearchFixture.data, "--epochs",
    "1", "--train-images", "64", "--batch-size", "8", "--set", "budget=9", "--set", "width=3",
    "--set", "cell=one-core-unit", "--set", "race=off", "--quiet",
  ]

  init() throws { fixture = try SearchFixture() }

  func search(_ arguments: [String], as name: String = "run") throws -> BuiltCommand {
    try BuiltCommand(Self.options + ["--output", name] + arguments, in: fixture.folder)
  }

  func trace(_ name: String = "run") throws -> Trace {
    try TraceFile.read(fixture.folder.file("\(name)/trace.h5"))
  }

  /// The candidates, apart from times.
  func found(_ name: String = "run") throws -> [[String]] {
    try #require(try trace(name).candidates).rows.map {
      [
        "\($0.number)", $0.function, $0.genotype, $0.digest, "\(String(describing: $0.value))",
        "\(String(describing: $0.loss))",
      ]
    }
  }

  /// The values of `result.json`, apart from times.
  func result(_ name: String = "run") throws -> [String: String] {
    let data = try Data(contentsOf: fixture.folder.file("\(name)/result.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return object.filter { !$0.key.hasSuffix("elapsed_seconds") && $0.key != "checksum" }
      .mapValues { "\($0)" }
  }

  /// The run that nobody stops, by one process with one thread.
  static let whole = Result {
    let search = try RandomSearch()
    let command = try search.search(["--threads", "1"])
    try #require(command.status == 0, "\(command.errors)")
    return (
      found: try search.found(), result: try search.result(), output: command.output,
      names: try FileManager.default.contentsOfDirectory(
        atPath: search.fixture.folder.file("run").path
      ).sorted()
    )
  }
}

@Suite("A random search")
struct ProposalCommandTests {
  @Test("prints the best of its candidates, and leaves everything behind")
  func whole() throws {
    let whole = try RandomSearch.whole.get()
    #expect(whole.names == ["config.yaml", "result.json", "trace.h5", "trials"])
    #expect(whole.found.count == 9)
    let values = whole.found.compactMap { Double($0[4].filter { "0123456789.".contains($0) }) }
    #expect(values.count == 9)
    let accuracy = try #require(values.max())
    #expect(whole.result["validation_accuracy"].flatMap(Double.init) == accuracy)
    #expect(whole.result["candidates"] == "9" && whole.result["usual_activation"] == "relu")
    let lines = whole.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "outcome              finished")
    #expect(
      lines[3].hasPrefix(String(format: "validation accuracy  %.2f %%, with ReLU", 100 * accuracy)))
    #expect(lines[4] == "candidates           9")
  }

  @Test("side by side, and with more threads, gives the same bits")
  func jobs() throws {
    let search = try RandomSearch()
    let command = try search.search(["--jobs", "2", "--threads", "2"])
    #expect(command.status == 0 && command.errors == "", "\(command.errors)")
    #expect(try search.found() == RandomSearch.whole.get().found)
    #expect(try search.result() == RandomSearch.whole.get().result)
  }

  @Test(
    "killed or told to stop again and again it ends as if nothing had happened",
    arguments: [SIGKILL, SIGINT, SIGTERM], [1, 2])
  func stops(signal: Int32, jobs: Int) throws {
    let search = try RandomSearch()
    let options = ["--threads", "1"] + (jobs > 1 ? ["--jobs", "\(jobs)"] : [])
    let resumption =
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet"] + options
    var running = try RunningCommand(
      BuiltCommand.path, RandomSearch.options + ["--output", "run"] + options,
      in: search.fixture.folder)
    let checkpoints = CheckpointFolder(search.fixture.folder.file("run"))
    func results() -> Int {
      let names =
        (try? FileManager.default.contentsOfDirectory(
          atPath: search.fixture.folder.file("run/trials").path)) ?? []
      return names.count { $0.hasSuffix(".json") }
    }
    for progress in [0, 1, 2] {
      let before = results()
      let end = ContinuousClock.now + .seconds(60)
      // What is new: a signal to a process that has just begun ends it as any other.
      func isFar() -> Bool {
        checkpoints.steps.last != nil && results() >= before + progress
      }
      while !isFar(), running.isRunning, ContinuousClock.now < end { usleep(500) }
      guard running.isRunning else { break }
      running.send(signal)
      let stopped = try running.end()
      if signal == SIGKILL {
        #expect(stopped.wasKilled)
      } else {
        #expect(stopped.status == 128 + signal && !stopped.wasKilled, "\(stopped.errors)")
        #expect(
          stopped.errors.hasPrefix("interrupted; go on with: grafs-swift search --resume run"))
        #expect(try search.trace().header.status == .interrupted)
      }
      if FileManager.default.fileExists(atPath: search.fixture.folder.file("run/trace.h5").path) {
        #expect(throws: Never.self) { _ = try search.trace() }
      }
      running = try RunningCommand(BuiltCommand.path, resumption, in: search.fixture.folder)
    }
    let end = try running.end()
    #expect(end.status == 0, "\(end.errors)")
    #expect(try search.found() == RandomSearch.whole.get().found)
    #expect(try search.result() == RandomSearch.whole.get().result)
    #expect(checkpoints.steps == [])
    let names = try FileManager.default.contentsOfDirectory(
      atPath: search.fixture.folder.file("run/trials").path)
    #expect(names.count == 10 && names.allSatisfy { $0.hasSuffix(".json") }, "\(names)")
  }

  @Test("--dry-run says what budget times training takes, and leaves nothing")
  func dryRun() throws {
    let search = try RandomSearch()
    let command = try search.search(["--dry-run", "--json"])
    let plan = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    #expect(plan["trainings"] as? Int == 9 && plan["steps"] as? Int == 6)
    #expect(plan["drop_schedule"] == nil && plan["usual_activation"] as? String == "relu")
    let text = try search.search(["--dry-run"])
    #expect(text.output.contains("9 candidates of 1 function, 6 steps each\n"))
    #expect(!FileManager.default.fileExists(atPath: search.fixture.folder.file("run").path))
  }

  @Test("--seeds gives each seed a run of its own")
  func seeds() throws {
    let search = try RandomSearch()
    let command = try search.search(["--seeds", "2", "--jobs", "2", "--set", "budget=3"])
    #expect(command.status == 0, "\(command.errors)")
    #expect(command.output.contains("with ReLU on the same budget"))
    #expect(try search.found("run/seed-0") == Array(RandomSearch.whole.get().found[..<3]))
    #expect(try search.found("run/seed-1") != search.found("run/seed-0"))
  }

  @Test("inspect shows it in every form, and says what it lacks")
  func inspect() throws {
    let search = try RandomSearch()
    #expect(try search.search(["--threads", "1"]).status == 0)
    func inspect(_ arguments: String...) throws -> BuiltCommand {
      try BuiltCommand(["inspect", "run"] + arguments, in: search.fixture.folder)
    }
    let text = try inspect()
    #expect(text.output.contains("random · 9 of 9 candidates · "))
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try inspect("--csv", "candidates").output.split(separator: "\n").count == 10)
    let json = try JSONSerialization.jsonObject(with: Data(inspect("--json").output.utf8))
    #expect(((json as? [String: Any])?["candidates"] as? [Any])?.count == 9)
    #expect(try inspect("--report", "a.html", "--plot", "a.svg").status == 0)
    #expect(try inspect("--plot", "b.svg", "--plot-of", "candidates").status == 0)
    let missing = try inspect("--csv", "alpha")
    #expect(missing.status == 1 && missing.output == "")
    #expect(
      missing.errors
        == "Error: run/trace.h5: a search by proposals has no table 'alpha'; give --csv "
        + "with candidates, curve, configuration\n")
    let follow = try inspect("--follow")
    #expect(follow.status == 0 && follow.output.contains("\ncandidate 8  validation accuracy "))
    #expect(follow.output.split(separator: "\n").last?.hasPrefix("finished: ") == true)
  }

  @Test("a damaged file of a training is named before the training is done again")
  func damagedTrial() throws {
    let search = try RandomSearch()
    #expect(try search.search(["--threads", "1", "--no-compare"]).status == 0)
    let found = try search.found()
    let trials = search.fixture.folder.file("run/trials")
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: trials.path).sorted().last)
    let file = trials.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("\"diverged\" : false", with: "\"diverged\" : true").utf8)
      .write(to: file)
    // Without result and checkpoints the search begins anew, with the trainings that are there.
    try FileManager.default.removeItem(at: search.fixture.folder.file("run/result.json"))
    let again = try BuiltCommand(
      ["search", "--resume", "run", "--data-dir", SearchFixture.data, "--quiet", "--no-compare"],
      in: search.fixture.folder)
    #expect(again.status == 0)
    #expect(
      again.errors.contains("run/trials/\(name): is damaged; its training is done again\n"))
    #expect(again.errors.split(separator: "\n").count == 2, "\(again.errors)")
    #expect(try search.found() == found)
  }

  @Test("evaluate and export take what it found")
  func functions() throws {
    let search = try RandomSearch()
    #expect(try search.search(["--threads", "1", "--no-compare"]).status == 0)
    let code = try BuiltCommand(["export", "run", "--to", "text"], in: search.fixture.folder)
    #expect(code.status == 0, "\(code.errors)")
  }

  @Test(
    "what a method does not have is refused in one line",
    arguments: [
      BadInput("--method randm", "--method: there is no method 'randm'; did you mean 'random'?"),
      BadInput("--method random --exact", "--exact: 'exact' is only for method drnas"),
      BadInput(
        "--method random --architecture-learning-rate 1",
        "--architecture-learning-rate: 'architecture-learning-rate' is only for method drnas"),
      BadInput(
        "--method random --set shrinking=off", "--set: 'shrinking' is only for method drnas"),
      BadInput("--set budget=3", "--set: 'budget' is only for method random; leave it out"),
      BadInput("--method random --set budget=0", "--set: 'budget' is 0, but must be from 1 to"),
      BadInput("--method darts --set sampling=mean", "'sampling' is only for method drnas"),
    ])
  func refusals(input: BadInput) throws {
    let command = try SearchFixture().search(input.arguments)
    #expect(command.status != 0 && command.output == "" && command.errorLines.count == 2)
    for text in input.expected { #expect(command.errors.contains(text), "\(command.errors)") }
  }
}
