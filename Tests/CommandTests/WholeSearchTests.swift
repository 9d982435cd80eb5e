import Foundation
import TestSupport
import Testing
import Traces

@Suite("A whole search")
struct WholeSearchTests {
  private static let options = ["--epochs", "3", "--train-images", "64", "--set", "race=off"]

  /// 18 steps that end with the shrinking of the third epoch.
  private static let whole = Result {
    let fixture = try SearchFixture()
    let command = try BuiltCommand(
      ["search", "resnet20", "--data-dir", SearchFixture.data, "--batch-size", "8"]
        + ["--threads", "1", "--seed", "1", "--output", "runs/first"] + options, in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    return Whole(
      output: command.output, errors: command.errors,
      names: try FileManager.default.contentsOfDirectory(
        atPath: fixture.folder.file("runs/first").path
      ).sorted(),
      dump: try Dump.text(
        ["-a", "/status", "-d", "/steps/step"], of: fixture.folder.file("runs/first/trace.h5")),
      saved: try SavedRun(fixture.folder.file("runs/first")))
  }

  private struct Whole: Sendable {
    let output: String
    let errors: String
    let names: [String]
    let dump: String?
    let saved: SavedRun
  }

  @Test("prints a summary of what result.json holds")
  func summary() throws {
    let run = try Self.whole.get()
    let result = try run.saved.resultWithoutTimes
    let expression = try #require(result["expression"] as? String)
    let genotype = try #require(result["genotype"] as? String)
    let accuracy = try #require(result["validation_accuracy"] as? Double)
    let relu = try #require(result["usual_validation_accuracy"] as? Double)
    func percent(_ part: Double) -> String { String(format: "%.2f %%", 100 * part) }
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 6, "\(run.output)")
    #expect(lines[0] == "outcome              finished")
    #expect(lines[1] == "function             \(expression)")
    #expect(lines[2] == "genotype             \(genotype)")
    #expect(
      lines[3] == "validation accuracy  \(percent(accuracy)), "
        + "with ReLU on the same budget \(percent(relu))")
    #expect(lines[4].wholeMatch(of: /time                 search \d:\d\d, ReLU \d:\d\d/) != nil)
    #expect(lines[5] == "trace                runs/first/trace.h5")
  }

  @Test("leaves three files and the comparison behind")
  func files() throws {
    #expect(try Self.whole.get().names == ["config.yaml", "result.json", "trace.h5", "trials"])
  }

  @Test("result.json agrees with the trace")
  func result() throws {
    let run = try Self.whole.get()
    let result = try run.saved.resultWithoutTimes
    let trajectory = run.saved.relaxed
    #expect(result["status"] as? String == "finished")
    #expect(result["metric"] as? String == "accuracy")
    #expect(result["usual_activation"] as? String == "relu")
    #expect(result["network"] as? String == "resnet20")
    #expect(result["dataset"] as? String == "fashion-mnist")
    #expect(result["seed"] as? Int == 1)
    #expect(result["epochs"] as? Int == 3)
    let last = try #require(trajectory.genotypes.last)
    #expect(result["expression"] as? String == last.expression)
    let operations = zip(trajectory.slots, last.operations).map { "\($0.name)=\($1)" }
    // Learnable operations carry their scalar: `b0=mix(-0.05)`.
    let genotype = try #require(result["genotype"] as? String).replacing(/\([^)]*\)/, with: "")
    #expect(genotype == operations.joined(separator: " "))
    // Accuracies are multiples of 1/16, so nothing is lost between float32 and JSON.
    let accuracies = trajectory.epochs.map { Double($0.validationAccuracy) }
    #expect(result["validation_accuracy"] as? Double == accuracies.last)
    #expect(result["best_validation_accuracy"] as? Double == accuracies.max())
    // Stripes across and upright are learnt in 18 steps; guessing gives one half.
    #expect(try #require(result["usual_validation_accuracy"] as? Double) >= 0.75)
    let times = try #require(
      try JSONSerialization.jsonObject(with: run.saved.result) as? [String: Any])
    let seconds = try #require(times["elapsed_seconds"] as? Double)
    #expect(seconds >= (try #require(trajectory.epochs.last)).elapsedSeconds && seconds < 300)
    #expect(try #require(times["usual_elapsed_seconds"] as? Double) > 0)
  }

  @Test("the trace says who ran what, and holds config.yaml")
  func header() throws {
    let run = try Self.whole.get().saved
    let header = run.trace.header
    #expect(run.trace.configuration == run.configuration)
    #expect(header.status == .finished)
    #expect(header.seed == 1)
    #expect(header.network == "resnet20")
    #expect(header.dataset == "fashion-mnist")
    #expect(header.usualActivation == "relu")
    #expect(header.commandLine.contains("search resnet20 --data-dir sets"))
    #expect(header.machine.hasSuffix(", 1 thread"))
    #expect(!header.blas.isEmpty)
    let version = try BuiltCommand(["--version"])
    #expect(version.output == header.programVersion + "\n")
    let started = try #require(ISO8601DateFormatter().date(from: header.started))
    #expect(abs(started.timeIntervalSinceNow) < 3600)
  }

  @Test("the trace holds every step, epoch and drop")
  func trajectory() throws {
    let trajectory = try Self.whole.get().saved.relaxed
    #expect(trajectory.slots.map(\.name) == ["u0", "u1", "b0", "u2", "u3", "b1"])
    #expect(trajectory.steps.map(\.step) == Array(0..<18))
    #expect(trajectory.steps.map(\.epoch) == (0..<18).map { $0 / 6 })
    #expect(
      trajectory.steps.map(\.phase)
        == [.warmStart, .search, .discrete].flatMap { [Trajectory.Phase](repeating: $0, count: 6) })
    #expect(trajectory.steps.map(\.operationsAlive) == (0..<18).map { $0 < 12 ? 110 : 6 })
    #expect(trajectory.drops.count == 104)
    #expect(trajectory.drops.allSatisfy { $0.step == 12 && $0.epoch == 2 })
    #expect(trajectory.epochs.map(\.epoch) == [0, 1, 2])
    #expect(trajectory.genotypes.map(\.epoch) == [0, 1, 2])
    let times = trajectory.steps.map(\.elapsedSeconds)
    #expect(times == times.sorted() && times[0] > 0)
    #expect(trajectory.steps.allSatisfy { $0.trainLoss.isFinite })
  }

  @Test("h5dump reads the trace")
  func dump() throws {
    guard let dump = try Self.whole.get().dump else { return }
    #expect(dump.contains("\"finished\""))
    #expect(dump.contains("14, 15, 16, 17"))
  }

  @Test("progress is a line for each epoch where nobody looks on")
  func progress() throws {
    let errors = try Self.whole.get().errors
    let lines = errors.split(separator: "\n").map(String.init)
    #expect(
      lines.first == "resnet20 (269434 parameters) on fashion-mnist (sets/fashion-mnist): 48 "
        + "images train the weights, 16 the architecture; 1 thread")
    let epochs = lines.filter { $0.hasPrefix("epoch ") }
    try #require(epochs.count == 3, "\(lines)")
    for (number, line) in epochs.enumerated() {
      #expect(line.hasPrefix("epoch \(number)  train loss "))
      #expect(line.contains("operations \(number < 2 ? 110 : 6)  "))
      #expect(line.contains(" images/s  "))
      #expect(line.contains(" left  "))
    }
    #expect(!errors.contains("\u{1B}"))
    #expect(!errors.contains("\r"))
  }

  @Test("two threads, or the configuration given back, give the same bits")
  func repetition() throws {
    let first = try Self.whole.get().saved
    let fixture = try SearchFixture()
    try fixture.folder.write(Array(first.configuration.utf8), to: "first.yaml")
    // The preset, of which the file must leave nothing, is another one.
    let command = try BuiltCommand(
      ["search", "--config", "first.yaml", "--preset", "paper", "--threads", "2", "--quiet"]
        + ["--data-dir", SearchFixture.data, "--output", "again"], in: fixture.folder)
    try #require(command.status == 0, "\(command.errors)")
    let again = try SavedRun(fixture.folder.file("again"))
    #expect(again.trace.header.machine.hasSuffix(", 2 threads"))
    #expect(again.configuration == first.configuration)
    #expect(try again.resultWithoutTimes == first.resultWithoutTimes)
    let isSame = again.trajectory == first.trajectory
    #expect(isSame, "another trajectory with 2 threads")
  }
}
