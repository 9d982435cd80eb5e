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
      #expect(report.values("function") == ["tanh", "prelu", "relu"])
      return report.values("test_loss") as [Double?]
    }
    #expect(losses[0][0] == losses[1][0] && losses[0][2] == losses[1][2])
    #expect(losses[0][1] != losses[1][1])
  }

  @Test("faults are one line")
  func faults() throws {
    for (arguments, part) in [
      (["swish", "--scalars", "unit"], "fixed, network, site, channel"),
      (["swish scalars unit"], "shared by network, site or channel"),
      (["β * x + β"], "'β' stands for two numbers"),
    ] {
      let command = try fixture.command(arguments)
      #expect(command.status != 0 && command.errors.contains(part), "\(command.errors)")
    }
  }
}
