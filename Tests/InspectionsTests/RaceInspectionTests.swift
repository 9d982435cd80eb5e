import Foundation
import Inspections
import Runs
import TestSupport
import Testing
import Traces

/// A race of three functions in two rungs, whose verdict has two seeds and two epochs.
@Suite("What a race leaves to be looked at")
struct RaceInspectionTests {
  private static let functions = ["left(sin(x), x) within 10", "relu(x)", "gelu(x)"]

  private static var history: RaceHistory {
    var race = RaceHistory(metric: "accuracy")
    let origins: [RaceHistory.Origin] = [.search, .usual, .usual]
    for (number, function) in functions.enumerated() {
      race.append(.init(number: number, function: function, origin: origins[number]))
    }
    // Rung, function, loss: the third diverges in the first rung.
    let rungs: [(Int, Int, Double?)] = [
      (0, 0, 1.5), (0, 1, 2), (0, 2, nil), (1, 0, 1), (1, 1, 1.25),
    ]
    for (rung, arm, loss) in rungs {
      var training = RaceHistory.Training(
        rung: rung, arm: arm, seed: 0, images: 100, epochs: rung + 1, part: .validation,
        digest: "00")
      (training.loss, training.value) = (loss, loss.map { 1 - $0 / 4 })
      race.append(training)
    }
    for (seed, losses) in [(1, [0.5, 1.0]), (2, [0.75, 1.5])] {
      for arm in 0..<2 {
        var training = RaceHistory.Training(
          rung: 2, arm: arm, seed: UInt64(seed), images: 100, epochs: 2, part: .judging,
          digest: "00")
        (training.loss, training.value) = (losses[arm], 0.5)
        race.append(training)
      }
    }
    return race
  }

  /// The means are 1.25 and 0.625 of the first function, 2 and 1.25 of ReLU: 1.25 is the level.
  private static let evidence = """
    {"arms": [
      {"number": 0, "function": "left(sin(x), x) within 10", "expression": "sin(x)",
       "origin": "search", "place": 1, "rung": 2, "loss": 1},
      {"number": 1, "function": "relu(x)", "expression": "relu(x)", "origin": "usual", "place": 2,
       "rung": 2, "loss": 1.25},
      {"number": 2, "function": "gelu(x)", "expression": "gelu(x)", "origin": "usual", "rung": 1}],
     "rungs": [{"arms": 3, "images": 100, "epochs": 1}, {"arms": 2, "images": 100, "epochs": 2}],
     "verdict_seeds": 2, "verdict_images": 200, "search_arm": 0, "diverged": 1,
     "elapsed_seconds": 30,
     "verdict": {"winner": 0, "comparisons": [
       {"arm": 1, "is_models_own": true, "pairs": 2, "winner_diverged": 0, "other_diverged": 0,
        "difference": -0.625, "low": -2.2, "high": 0.95, "p": 0.126, "adjusted_p": 0.126,
        "accuracy_difference": 0, "verdict": "not distinguishable", "seeds_that_would_tell": 4}]},
     "courses": [
       {"arm": 0, "seeds": 2, "losses": [[1, 0.5], [1.5, 0.75]],
        "accuracies": [[0.25, 0.5], [0.375, 0.5]],
        "epochs_to_level": {"level": 1.25, "epochs": 1, "count": 2}},
       {"arm": 1, "seeds": 2, "losses": [[1.75, 1], [2.25, 1.5]],
        "accuracies": [[0.125, 0.5], [0.25, 0.5]],
        "epochs_to_level": {"level": 1.25, "epochs": 2, "count": 2}}],
     "costs": [
       {"function": "left(sin(x), x) within 10", "forward_nanoseconds": 1.25,
        "training_nanoseconds": 2.5},
       {"function": "relu(x)", "forward_nanoseconds": 0.125, "training_nanoseconds": 0.375}]}
    """

  private static let result = """
    {"status": "finished", "expression": "sin(x)", "formula": "left(sin(x), x) within 10",
     "limits": "within 10", "winner": "left(sin(x), x) within 10",
     "search_function": "relu(x) within 10", "genotype": "u0=relu b0=mul",
     "network": "resnet20", "dataset": "fashion-mnist", "seed": 7, "metric": "accuracy",
     "validation_accuracy": 0.375, "best_validation_accuracy": 0.375, "epochs": 2,
     "elapsed_seconds": 60, "evidence": \(evidence)}
    """

  private static func inspection(
    _ change: (String) -> String = { $0 }
  ) throws -> Inspection {
    var trace = SmallTrace.trace()
    trace.race = history
    return Inspection(
      trace, path: "run/trace.h5", standing: .finished,
      result: try SearchResult(json: Data(change(result).utf8)))
  }

  @Test("the page has rungs, learning curves with their spread and a legend, and a table")
  func page() throws {
    let html = ReportPage(try Self.inspection(), generator: "grafs-swift test").html
    for part in [
      "<section id=\"race\">", "Learning curves of the verdict",
      "from the least to the greatest of them", "Loss on the judging images",
      "Accuracy on the judging images", "sin(x), its 2 seeds", ">ReLU</text>",
      "epochs to a loss of 1.25", "<td class=\"number\">1 of 2</td>",
      "<td class=\"number\">2 of 2</td>", "<td class=\"number\">1.25</td>", "diverged",
      "beside ReLU: loss −0.6250 nats", "race 0:30 (33 %)",
    ] {
      #expect(html.contains(part), "\(part) is missing")
    }
    #expect(html.matches(of: /<path class="band c[01]"/).count == 4)
    // One that was recorded before there were curves has the rungs alone.
    let earlier = try Self.inspection {
      $0.replacing(/,\s*"courses"[\s\S]*$/, with: "}}")
    }
    let page = ReportPage(earlier, generator: "test").html
    #expect(page.contains("<section id=\"race\">") && !page.contains("Learning curves"))
    #expect(throws: Error.self) { try PaperPlot.learning.svg(earlier, generator: "test") }
    #expect(throws: Error.self) { try InspectionTable.verdict.text(earlier) }
  }

  @Test("plots: a line for each function, the means of the seeds within their band")
  func plots() throws {
    let inspection = try Self.inspection()
    let race = try PaperPlot.race.svg(inspection, generator: "test")
    #expect(race.matches(of: /<path class="series\b/).count == 2, "the third has no loss")
    let ticks = race.matches(of: /text-anchor="middle">([\d.]+)</).map { String($0.1) }
    #expect(ticks == ["1", "2"], "rungs are whole")
    let learning = try PaperPlot.learning.svg(inspection, generator: "test")
    #expect(learning.matches(of: /<path class="series\b/).count == 4)
    let lines = learning.matches(of: /<path class="series c0" data-name="sin\(x\)" d="([^"]*)"/)
    let bands = learning.matches(of: /<path class="band c0" [^>]*d="([^"]*)"/)
    try #require(lines.count == 2 && bands.count == 2)
    func points(_ text: Substring) -> [[Double]] {
      text.matches(of: /([\d.]+) ([\d.]+)/).compactMap {
        guard let x = Double($0.1), let y = Double($0.2) else { return nil }
        return [x, y]
      }
    }
    let (line, band) = (points(lines[0].1), points(bands[0].1))
    try #require(line.count == 2 && band.count == 4)
    // Of two seeds the mean is in the middle; pixels have two decimals. The loss falls: y grows.
    for (mean, ends) in zip(line, [(0, 3), (1, 2)]) {
      #expect(abs(mean[1] - (band[ends.0][1] + band[ends.1][1]) / 2) < 0.011)
      #expect(mean[0] == band[ends.0][0] && band[ends.0][1] > band[ends.1][1] + 1)
    }
    #expect(line[1][1] > line[0][1])
  }

  @Test(
    "tables, counted by hand",
    arguments: [
      (InspectionTable.race, 9, "2,0,2,0,100,1,validation,00,,,0.0"),
      (.learning, 4, "0,left(sin(x), x) within 10,1,2,1.25,1.0,1.5,0.3125,0.25,0.375"),
      (.learning, 4, "1,relu(x),2,2,1.25,1.0,1.5,0.5,0.5,0.5"),
      (.verdict, 2, "0,left(sin(x), x) within 10,2,2,0.625,1.25,1.0,1.25,2.5"),
      (.verdict, 2, "1,relu(x),2,2,1.25,1.25,2.0,0.125,0.375"),
    ])
  func tables(table: InspectionTable, rows: Int, row: String) throws {
    let text = try table.text(Self.inspection()).replacing("\"", with: "")
    #expect(text.split(separator: "\n").count == rows + 1)
    #expect(text.split(separator: "\n").contains(row[...]), "\(text)")
  }

  @Test("a level that was not reached is never, and inf")
  func never() throws {
    let inspection = try Self.inspection {
      $0.replacing(
        "{\"level\": 1.25, \"epochs\": 1, \"count\": 2}",
        with: "{\"level\": 1.25, \"epochs\": null, \"count\": 2}")
    }
    #expect(try InspectionTable.verdict.text(inspection).contains(",0.625,1.25,inf,1.25,2.5\n"))
    let text = InspectionText(inspection, hasColor: false).text
    #expect(text.contains("never in 2") && text.contains("epochs to 1.25"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("JSON says what is the search's and what is the winner's own")
  func json() throws {
    let object = try JSONSerialization.jsonObject(with: Self.inspection().json())
    let json = try #require(object as? [String: Any])
    for key in ["genotype", "validation_accuracy", "best_validation_accuracy"] {
      #expect(json[key] == nil, "\(key) beside a winner")
    }
    #expect(json["search_genotype"] as? String == "u0=relu b0=mul")
    #expect(json["search_validation_accuracy"] as? Double == 0.375)
    #expect(json["search_function"] as? String == "relu(x) within 10")
    #expect(json["function"] as? String == Self.functions[0])
    let winner = try #require(json["winner"] as? [String: Any])
    #expect(winner["function"] as? String == Self.functions[0])
    #expect(winner["validation_loss"] as? Double == 1 && winner["judging_loss"] as? Double == 0.625)
    #expect(winner["judging_accuracy"] as? Double == 0.5 && winner["origin"] as? String == "search")
    let race = try #require(json["race"] as? [String: Any])
    #expect((race["courses"] as? [Any])?.count == 2 && (race["costs"] as? [Any])?.count == 2)
    // Without a race they are what they were.
    let plain = Inspection(SmallTrace.trace(), path: "t", standing: .finished)
    let other = try JSONSerialization.jsonObject(with: plain.json()) as? [String: Any]
    #expect(other?["genotype"] != nil && other?["validation_accuracy"] as? Double == 0.375)
    #expect(other?["search_genotype"] == nil && other?["winner"] == nil)
  }

  @Test("courses of functions that did not start, or of other lengths, are a damaged result")
  func inconsistent() throws {
    let folder = try TemporaryFolder()
    var trace = SmallTrace.trace()
    trace.race = Self.history
    for (found, put) in [
      ("{\"arm\": 1, \"seeds\"", "{\"arm\": 3, \"seeds\""), ("[[1, 0.5], [", "[[1], ["),
    ] {
      try SmallTrace.write(
        trace, to: folder, result: Self.result.replacing(found, with: put))
      let inspection = try InspectedRun(folder.file("run").path).read()
      #expect(inspection.result == nil && inspection.remarks.count == 1, "\(inspection.remarks)")
    }
  }

  @Test(
    "in a browser: the pointer names rungs and epochs",
    .enabled(if: Browser.path != nil, "no Chromium (Debian: apt install chromium)"))
  func pointer() throws {
    let html = ReportPage(try Self.inspection(), generator: "test").html
    let look = try Browser.look(
      at: html,
      hovers: [
        .init(section: "race", plot: 0, step: 2), .init(section: "race", plot: 1, step: 1),
      ])
    #expect(look.errors == [] && look.tips.count == 2)
    #expect(look.tips.first?.hasPrefix("rung 2\n") == true, "\(look.tips)")
    #expect(look.tips.last?.hasPrefix("epoch 1\n") == true, "\(look.tips)")
  }
}
