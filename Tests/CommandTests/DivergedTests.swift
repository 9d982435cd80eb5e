import Foundation
import TestSupport
import Testing
import Traces

@Suite("Training that diverges")
struct DivergedTests {
  @Test("is recorded, and said in one line", arguments: ["1e30", "1e39"])
  func search(learningRate: String) throws {
    let fixture = try SearchFixture()
    let command = try fixture.search(["--learning-rate", learningRate])
    #expect(command.status != 0 && !command.wasKilled)
    #expect(
      command.errors == "Error: the search has diverged, a loss was not finite; "
        + "try a smaller --learning-rate\n")
    #expect(command.output.hasPrefix("outcome  diverged\n"))
    let run = try SavedRun(fixture.folder.file("run"))
    #expect(run.trace.header.status == .diverged)
    #expect(run.relaxed.steps.last?.trainLoss.isFinite == false)
    let result = try run.resultWithoutTimes
    #expect(result["status"] as? String == "diverged")
    #expect(result["expression"] == nil && result["validation_accuracy"] == nil)
  }

  @Test("the line names clipping where gradients were not clipped")
  func unclipped() throws {
    let fixture = try SearchFixture()
    let command = try fixture.search(
      ["--learning-rate", "1e39", "--set", "gradient-clip=off"])
    #expect(command.status != 0)
    #expect(
      command.errors == "Error: the search has diverged, a loss was not finite; "
        + "try a smaller --learning-rate, or --set gradient-clip=5\n")
  }

  /// Nothing is learnt any more after the first step, but every step is made.
  @Test("is no end with the setting divergence: skip")
  func skip() throws {
    let fixture = try SearchFixture()
    try fixture.folder.write(Array("divergence: skip\n".utf8), to: "c.yaml")
    let steps = try [[], ["--config", "c.yaml"]].enumerated().map { number, arguments in
      let command = try fixture.search(
        ["--learning-rate", "1e39", "--output", "run\(number)"] + arguments)
      #expect(command.status != 0 && command.output.hasPrefix("outcome  diverged\n"))
      return try SavedRun(fixture.folder.file("run\(number)")).relaxed.steps.count
    }
    #expect(steps == [2, 3])
  }

  @Test("has no curve to plot where every candidate diverged, and says so")
  func plot() throws {
    let fixture = try SearchFixture()
    let command = try fixture.search(
      ["--method", "random", "--set", "budget=2", "--learning-rate", "1e39"])
    #expect(command.status != 0)
    for plot in ["curve", "candidates"] {
      let refused = try BuiltCommand(
        ["inspect", "run", "--plot", "p.svg", "--plot-of", plot], in: fixture.folder)
      #expect(refused.status != 0 && refused.output == "")
      #expect(
        refused.errors
          == "Error: run/trace.h5: the search has diverged, and found nothing for a plot of "
          + "\(plot); search again with a smaller --learning-rate\n")
    }
    #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("p.svg").path))
  }

  @Test("is a line of evaluate's table, and an error")
  func evaluate() throws {
    let fixture = try EvaluationFixture()
    let command = try fixture.command(["relu", "--learning-rate", "1e30", "--quiet"])
    #expect(command.status != 0 && !command.wasKilled)
    #expect(command.output.contains("relu      1, 1 diverged  diverged  "))
    let run = try #require(try fixture.saved().runs.first)
    #expect(run["diverged"] as? Bool == true)
    for key in ["test_accuracy", "test_loss", "train_accuracy"] { #expect(run[key] is NSNull) }
    #expect(
      command.errors == "Error: training with relu has diverged, a loss was not finite; "
        + "try a smaller --learning-rate\n")
  }
}
