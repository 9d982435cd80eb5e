import Files
import Foundation
import Inspections
import TestSupport
import Testing
import Traces

@Suite("What a trace of proposals says")
struct CandidateInspectionTests {
  private let inspection = Inspection(
    SmallTrace.proposals(), path: "run/trace.h5", standing: .finished)

  @Test("which was the best when; ties go to the first")
  func leaders() throws {
    let candidates = try #require(inspection.candidates)
    #expect(candidates.leaders.map(\.number) == [0, 3])
    #expect(candidates.best?.number == 3)
    #expect(candidates.ranking.map(\.number) == [3, 4, 0, 2, 1])
    #expect(candidates.bestValues == [0.5, 0.5, 0.5, 0.75, 0.75])
    #expect(inspection.expression == "sin(x) * x" && inspection.genotype == "u0=3 b0=left")
    #expect(inspection.function?.text == "sin(x) * x within 10")
    #expect(inspection.elapsedSeconds == 100 && inspection.budget == 8)
    #expect(inspection.slots.isEmpty && inspection.trajectory.steps.isEmpty)
    let running = Inspection(SmallTrace.proposals(), path: "", standing: .running)
    #expect(running.secondsLeft == 60)
  }

  @Test("the curves of those that were the best, on the points of other searches")
  func curves() {
    #expect(inspection.functions.map(\.cells) == [["y"]])
    #expect(inspection.functions[0].epochs == [0, 3])
    #expect(inspection.functions[0].expressions == ["relu(x)", "sin(x) * x"])
    // x = −8, and clipped outputs at 10: none here.
    #expect(inspection.functions[0].points.count == 257)
    #expect(inspection.functions[0].values[1][0] == Float(sin(-8.0) * -8))
    let stages = Inspection(SmallTrace.proposals(functions: 2), path: "", standing: .finished)
    #expect(stages.functions.map(\.cells) == [["stage0"], ["stage1"]])
  }

  @Test("text: the best, its value, a table, a line over the candidates")
  func text() {
    let text = InspectionText(inspection, hasColor: false).text
    for part in [
      "random · 5 of 8 candidates · 1:40", "best        sin(x) * x\n", "limits      within 10\n",
      "accuracy    75.00 % on validation examples, candidate 3\n", "over 5 candidates",
      "  best accuracy       50.00 %  ▁", "    75.00 %\n",
      "candidate  accuracy      loss     time  function\n",
      "        3     75.00 %   1.000     0:20  sin(x) * x\n",
      "        1    diverged       –     0:20  exp(x)\n", "after candidate 3: sin(x) * x\n",
    ] {
      #expect(text.contains(part), "\(part) is missing in\n\(text)")
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("JSON has the candidates")
  func json() throws {
    let object = try JSONSerialization.jsonObject(with: inspection.json()) as? [String: Any]
    let json = try #require(object)
    #expect(json["search"] as? String == "proposed" && json["metric"] as? String == "accuracy")
    let candidates = try #require(json["candidates"] as? [[String: Any]])
    #expect(candidates.map { $0["value"] as? Double } == [0.5, nil, 0.25, 0.75, 0.75])
    #expect(candidates[3]["function"] as? String == "sin(x) * x within 10")
    #expect(json["candidates_planned"] as? Int == 8)
    #expect(json["validation_accuracy"] as? Double == 0.75)
    let relaxed =
      try JSONSerialization.jsonObject(
        with: Inspection(SmallTrace.trace(), path: "", standing: .finished).json())
      as? [String: Any]
    #expect(relaxed?["search"] as? String == "relaxed" && relaxed?["candidates"] == nil)
  }

  @Test("tables and plots that a kind lacks are one clear line")
  func missing() throws {
    #expect(
      try InspectionTable.candidates.text(inspection).split(separator: "\n").count == 6)
    #expect(
      try InspectionTable.curve.text(inspection).hasPrefix("candidate,function,x,y\n0,y,-8.0,0.0"))
    let possible: [InspectionTable] = [.candidates, .curve, .configuration]
    for table in InspectionTable.allCases where !possible.contains(table) {
      let error = #expect(throws: RunError.self) { try table.text(inspection) }
      #expect(
        error?.description
          == "run/trace.h5: a search by proposals has no table '\(table.rawValue)'; "
          + "give --csv with candidates, curve, configuration")
    }
    for plot in [PaperPlot.curve, .candidates] {
      let svg = try plot.svg(inspection, generator: "test")
      #expect(svg.hasPrefix("<?xml"))
    }
    for plot in PaperPlot.allCases where ![.curve, .candidates].contains(plot) {
      let error = #expect(throws: RunError.self) {
        try plot.svg(inspection, generator: "test")
      }
      #expect(error?.cure == "give --plot-of with curve, candidates")
    }
    let relaxed = Inspection(SmallTrace.trace(), path: "t", standing: .finished)
    let error = #expect(throws: RunError.self) { try InspectionTable.candidates.text(relaxed) }
    #expect(error?.description.hasPrefix("t: a relaxed search has no table 'candidates'; ") == true)
    #expect(throws: RunError.self) { try PaperPlot.candidates.svg(relaxed, generator: "test") }
  }

  @Test("the page has a plot and a table of the candidates, and none of what there was not")
  func page() {
    let html = ReportPage(inspection, generator: "grafs-swift test").html
    for part in [
      "<section id=\"candidates\">", "best so far", "<td class=\"number\">diverged</td>",
      "<code>sin(x) * x</code>", "<section id=\"function\">", "5 of 8", "1 diverged",
    ] {
      #expect(html.contains(part), "\(part) is missing")
    }
    for part in ["id=\"slots\"", "id=\"drops\"", "id=\"training\"", "id=\"epochs\""] {
      #expect(!html.contains(part), "\(part)")
    }
  }

  @Test("a search without a candidate yet can be shown")
  func empty() throws {
    let trace = Trace(
      header: .init(seed: 1), configuration: "",
      record: .proposed(CandidateHistory(metric: "accuracy")))
    let inspection = Inspection(trace, path: "t.h5", standing: .running)
    #expect(InspectionText(inspection, hasColor: false).text.contains("running"))
    #expect(try inspection.json().count > 100)
    #expect(ReportPage(inspection, generator: "test").html.contains("no function yet"))
    #expect(throws: RunError.self) { try PaperPlot.candidates.svg(inspection, generator: "test") }
    #expect(throws: RunError.self) { try PaperPlot.curve.svg(inspection, generator: "test") }
  }

  @Test(
    "runs of version 0.1.0 open",
    arguments: ["finished", "finished-stages", "stopped", "stopped-in-relu"])
  func earlier(name: String) throws {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/version-0.1.0")
    let read = try InspectedRun(fixtures.appendingPathComponent(name).path).read()
    #expect(read.remarks == [] && read.candidates == nil && !read.slots.isEmpty)
    #expect(read.usual?.title == "ReLU")
    // Version 0.1.0 wrote the result only after the training with ReLU.
    #expect(read.standing == (name.hasPrefix("stopped") ? .interrupted : .finished))
    #expect(ReportPage(read, generator: "test").html.contains("ReLU"))
    if name.hasPrefix("finished") {
      #expect(read.result?.comparisonText?.hasPrefix("with ReLU on the same budget ") == true)
      // Exactly, with the limits that the result of then did not say.
      #expect(read.function?.limits.slopes == 20)
    }
  }
}
