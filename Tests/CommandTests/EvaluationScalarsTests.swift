import Foundation
import TestSupport
import Testing

@Suite("Trained scalars of an evaluation")
struct EvaluationScalarsTests {
  private let fixture: EvaluationFixture

  init() throws { fixture = try EvaluationFixture() }

  @Test("each placement trains another network; fixed ones are the formula with their starts")
  func placements() throws {
    var losses: [String: Double] = [:]
    for scalars in ["site", "network", "channel", "fixed"] {
      let report = try fixture.report(["β1 * swish(x, β2 = 1.5)", "--scalars", scalars])
      let name = "β1 * swish(x, β2 = 1.5)" + (scalars == "site" ? "" : " scalars \(scalars)")
      #expect(report.values("function") == [name])
      let loss: [Double?] = report.values("test_loss")
      losses[scalars] = try #require(loss[0])
    }
    #expect(Set(losses.values).count == 4)
    let fixed: [Double?] = try fixture.report(["1 * swish(x, 1.5)"]).values("test_loss")
    #expect(fixed[0] == losses["fixed"])
    let unsaid: [Double?] = try fixture.report(["β1 * swish(x, β2 = 1.5)"]).values("test_loss")
    #expect(unsaid[0] == losses["site"])
    let channel: [Double?] = try fixture.report(["β1 * swish(x, β2 = 1.5) scalars channel"])
      .values("test_loss")
    #expect(channel[0] == losses["channel"])
  }

  @Test("baselines' scalars, too; what has none stays as it is")
  func baselines() throws {
    let losses = try ["site", "fixed"].map { scalars in
      let report = try fixture.report(
        ["tanh", "--baselines", "prelu,relu", "--scalars", scalars])
      let prelu = scalars == "site" ? "prelu" : "prelu scalars fixed"
      #expect(report.values("function") == ["tanh", prelu, "relu"])
      return report.values("test_loss") as [Double?]
    }
    #expect(losses[0][0] == losses[1][0] && losses[0][2] == losses[1][2])
    #expect(losses[0][1] != losses[1][1])
  }

  @Test("a finished training is found again, whatever the function's text")
  func again() throws {
    let functions = ["mix(x, x, β)", "swish scalars channel within 10", "β1 = 0.5 * tanh(x + β2)"]
    _ = try fixture.evaluate(functions)
    let files = try fixture.jobs().map { try Data(contentsOf: $0) }
    let command = try fixture.evaluate(functions)
    #expect(try fixture.jobs().map { try Data(contentsOf: $0) } == files)
    #expect(!command.errors.contains("damaged"), "\(command.errors)")
    let both = try fixture.report(["swish scalars channel", "--scalars", "network"])
    #expect(both.values("function") == ["swish scalars network"])
  }

  @Test("faults are one line")
  func faults() throws {
    for (arguments, part) in [
      (["swish", "--scalars", "unit"], "'network', 'site' or 'channel'"),
      (["swish scalars unit"], "shared by network, site or channel"),
      (["β * x + β"], "'β' stands for two numbers"),
      (["relu", "--scalars", "channel"], "--scalars channel is for functions whose scalars are"),
    ] {
      let command = try fixture.command(arguments)
      #expect(command.status != 0 && command.errors.contains(part), "\(command.errors)")
    }
  }
}
