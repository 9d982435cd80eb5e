import Activations
import Files
import Foundation
import Inspections
import Runs
import TestSupport
import Testing
import Traces

@Suite("What a trace says")
struct InspectionTests {
  private let inspection = Inspection(SmallTrace.trace(), path: "trace.h5", standing: .finished)

  @Test("each operation's first and last weight, and when it was dropped")
  func operations() {
    let slot = inspection.slots[0]
    #expect(slot.operations.map(\.name) == ["relu", "tanh", "sin"])
    #expect(slot.operations.map(\.firstWeight) == [0.25, 0.5, 0.25])
    // tanh lives for the rows 0 to 2, sin for 0 to 4.
    #expect(slot.operations.map(\.rowsAlive) == [6, 3, 5])
    #expect(slot.operations.map(\.lastWeight) == [1, 0.125, 0.5])
    #expect(slot.operations.map(\.lastAlpha) == [5, 0.5, -4])
    #expect(slot.operations.map(\.droppedAtStep) == [nil, 3, 5])
    #expect(slot.chosen == "relu")
    #expect(inspection.slots[1].ranking.map(\.name) == ["mul", "left"])
  }

  @Test("the function with its limits, where trace or result say it")
  func function() throws {
    #expect(inspection.function?.text == "relu(x)")
    let exact = "left(relu(x), x) + 0.123456789 within inputs 10 slopes 20"
    var result = try SearchResult(json: Data(SmallTrace.result.utf8))
    result.formula = try PlacedFunction(parsing: exact)
    result.limits = result.formula?.limits
    let found = Inspection(
      SmallTrace.trace(), path: "trace.h5", standing: .finished, result: result)
    #expect(found.function?.text == exact)
    let json = try JSONSerialization.jsonObject(with: found.json()) as? [String: Any]
    #expect(json?["function"] as? String == exact)
  }

  @Test("who was in the lead, and how often that changed")
  func leads() {
    let slot = inspection.slots[0]
    // Step 1 is a tie, which goes to the first in order; so is step 4.
    #expect(slot.leads.map(\.operation) == ["tanh", "relu", "sin", "relu"])
    #expect(slot.leads.map(\.step) == [0, 1, 3, 4])
    #expect(slot.leadChanges == 3)
    #expect(slot.ranking.map(\.name) == ["relu", "sin", "tanh"])
    #expect(inspection.slots[1].leadChanges == 0)
  }

  @Test("the configuration, the length and the phases")
  func facts() {
    #expect(inspection.setting("cell") == "u0(x) b0(u0, x)")
    #expect(inspection.plannedEpochs == 4)
    #expect(inspection.elapsedSeconds == 60)
    #expect(inspection.secondsLeft == nil)
    #expect(inspection.phaseChanges.map(\.step) == [1])
    #expect(inspection.phaseChanges.map(\.phase) == [.search])
    #expect(inspection.genotype == "u0=relu b0=mul")
    let running = Inspection(SmallTrace.trace(), path: "trace.h5", standing: .running)
    // 6 of 12 steps took 60 seconds.
    #expect(running.secondsLeft == 60)
  }

  @Test("more epochs than anybody can search are no accident", arguments: [4_000_000, Int.max])
  func manyEpochs(epochs: Int) throws {
    let small = SmallTrace.trace()
    let trace = Trace(
      header: small.header, configuration: "epochs: \(epochs)\n", record: small.record)
    let running = Inspection(trace, path: "trace.h5", standing: .running)
    let left = try #require(running.secondsLeft)
    // 30 seconds an epoch, two of which are over.
    #expect(running.plannedEpochs == epochs && abs(left / Double(epochs) - 30) < 1e-4)
    #expect(throws: Never.self) { _ = try running.json() }
    #expect(InspectionText(running, hasColor: false).text(ofAtMost: 24).contains("–"))
  }

  @Test("curves and slopes; equal functions of several cells are one")
  func functions() {
    #expect(inspection.functions.count == 1)
    #expect(inspection.functions[0].title == "")
    #expect(inspection.functions[0].expressions == ["tanh(x) * x", "relu(x)"])
    #expect(inspection.functions[0].slope(1).map(\.y) == [0, 0, 1, 1])
    #expect(inspection.functions[0].slope(1).map(\.x) == [-3, -1, 1, 3])
    let stages = Inspection(
      SmallTrace.trace(functions: ["stage0", "stage1"]), path: "", standing: .finished)
    #expect(stages.functions.map(\.cells) == [["stage0", "stage1"]])
    #expect(stages.functions[0].expressions == ["tanh(x) * x", "relu(x)"])
    #expect(stages.functions[0].title == "stage0, stage1")
  }

  @Test(
    "how a run stands",
    arguments: [
      (Trace.Status.running, true, RunStanding.running), (.running, false, .killed),
      (.running, nil, .unknown), (.finished, true, .finished), (.finished, false, .finished),
      (.finished, nil, .finished), (.interrupted, false, .interrupted),
      (.interrupted, true, .running), (.diverged, false, .diverged), (.failed, false, .failed),
    ] as [(Trace.Status, Bool?, RunStanding)])
  func standing(status: Trace.Status, isLocked: Bool?, expected: RunStanding) {
    #expect(RunStanding(status, isLocked: isLocked) == expected)
  }

  @Test(
    "a search whose trace is whole but whose result is missing goes on, or has to",
    arguments: [Trace.Status.finished, .diverged])
  func withoutResult(status: Trace.Status) {
    #expect(RunStanding(status, isLocked: true, hasResult: false) == .running)
    #expect(RunStanding(status, isLocked: false, hasResult: false) == .interrupted)
    #expect(RunStanding(status, isLocked: nil, hasResult: false) == .interrupted)
    #expect(RunStanding(status, isLocked: true, hasResult: true).rawValue == status.rawValue)
  }

  @Test("a plot that cannot be made says what to do by how the search stands")
  func noPlot() throws {
    let trace = Trace(
      header: .init(seed: 1), configuration: "",
      record: .proposed(CandidateHistory(metric: "loss")))
    for (standing, words) in [
      (.diverged, "the search has diverged, and found nothing for a plot of curve; search again"),
      (
        .interrupted,
        "before a plot of curve could be made; go on with grafs-swift search --resume a"
      ),
      (.killed, "before a plot of curve could be made; go on with grafs-swift search --resume a"),
      (.running, "for a plot of curve; wait for the end of its first candidate"),
    ] as [(RunStanding, String)] {
      let inspection = Inspection(trace, path: "a/trace.h5", standing: standing)
      let error = #expect(throws: RunError.self) {
        try PaperPlot.curve.svg(inspection, generator: "test")
      }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }

  @Test("a run's folder with all that lies in it")
  func folder() throws {
    let folder = try TemporaryFolder()
    try SmallTrace.write(to: folder, evaluation: SmallTrace.evaluation)
    for name in ["run", "run/trace.h5", "run/result.json", "run/config.yaml"] {
      let read = try InspectedRun(folder.file(name).path).read()
      #expect(read.standing == .finished && read.remarks == [])
      #expect(read.result?.usualValidationAccuracy == 0.5 && read.usual?.title == "ReLU")
      #expect(read.evaluation?.summary.count == 2)
      #expect(read.evaluation?.summary[0].comparisons[0].verdict == .notDistinguishable)
      let isSame = read.trace == SmallTrace.trace()
      #expect(isSame)
    }
    // A copy of the trace alone is not about what lies beside it.
    try TraceFile.publish(SmallTrace.trace(status: .running), to: folder.file("run/copy.h5"))
    let copy = try InspectedRun(folder.file("run/copy.h5").path).read()
    #expect(copy.standing == .unknown && copy.result == nil && copy.evaluation == nil)
  }

  @Test("what is damaged beside the trace is said, and the trace shown")
  func damagedCompany() throws {
    let folder = try TemporaryFolder()
    try SmallTrace.write(to: folder, result: "{", evaluation: "[]")
    let read = try InspectedRun(folder.file("run").path).read()
    #expect(read.remarks.count == 2)
    #expect(read.remarks[0].contains("result.json: is no result of a search, and is left out"))
    #expect(
      read.remarks[1].contains("evaluation.json: is no report; what is shown is made anew from"))
    #expect(read.expression == "relu(x)")
  }

  @Test("a search without a single step can be shown")
  func empty() throws {
    let trace = Trace(
      header: .init(seed: 1), configuration: "",
      record: .relaxed(Trajectory(slots: SmallTrace.slots, curvePoints: [])))
    let inspection = Inspection(trace, path: "t.h5", standing: .running)
    #expect(inspection.slots[0].ranking.map(\.rowsAlive) == [0, 0, 0])
    #expect(inspection.slots[0].operations[0].firstWeight.isNaN)
    #expect(InspectionText(inspection, hasColor: false).text.contains("running"))
    #expect(try inspection.json().count > 100)
    #expect(ReportPage(inspection, generator: "test").html.contains("no function yet"))
    for table in InspectionTable.allCases
    where ![.candidates, .race, .learning, .verdict, .plugged].contains(table) {
      #expect(try table.text(inspection).hasSuffix("\n"))
    }
    for plot in PaperPlot.allCases {
      #expect(throws: RunError.self) { try plot.svg(inspection, generator: "test") }
    }
  }
}
