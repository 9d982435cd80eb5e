import Foundation
import Inspections
import TestSupport
import Testing
import Traces

@Suite("Text for a terminal")
struct InspectionTextTests {
  private static let long = String(repeating: "softplus(x) * ", count: 40) + "x"

  private func text(_ trace: Trace, hasColor: Bool = false) throws -> String {
    let folder = try TemporaryFolder()
    try SmallTrace.write(trace, to: folder, evaluation: SmallTrace.evaluation)
    let inspection = try InspectedRun(folder.file("run").path).read()
    return InspectionText(inspection, hasColor: hasColor).text
  }

  @Test(
    "no line is wider than 80 columns, and none commands the terminal",
    arguments: [
      SmallTrace.trace(), SmallTrace.trace(expression: long, command: long),
      SmallTrace.trace(command: String(repeating: "x", count: 300)),
      SmallTrace.trace(expression: "relu(x)\u{1B}[2J\u{7}\u{202E}", command: "a\u{9B}b\nc"),
      SmallTrace.trace(functions: ["stage0", "stage1", "stage2"]),
      SmallTrace.trace(functions: (0..<19).map { "site\($0)" }, expression: long),
    ])
  func width(trace: Trace) throws {
    let text = try text(trace)
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let isHarmless = text.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.properties.generalCategory != .control
    }
    #expect(isHarmless)
  }

  @Test("says what happened")
  func contents() throws {
    let text = try text(SmallTrace.trace())
    for part in [
      "resnet20 on fashion-mnist, seed 7", " finished\n", "function    relu(x)\n",
      "37.50 % on validation images after epoch 1, best 37.50 %", "budget 50.00 %",
      "91.25 ± 0.25 %, 5 seeds, resnet20 on cifar10", "relu                  – %, 5 seeds",
      "beside relu: +0.40 points (−0.10 … +0.90), adjusted p\n", " 0.06, not distinguishable\n",
      "train loss     3.000  █", "▁    0.500\n", "  operations         5  █", "▁        2\n",
      "  u0   relu         0.250 ", " 1.000     3  sin, tanh\n", " 1.000     0  left\n",
      "dropped: 3 operations\n  epoch 1   u0: tanh sin · b0: left\n",
      "after epoch 1: relu(x)\n",
      "    1   1.500    2.000    50.00     37.50      2     1:00  relu(x)\n",
      "cell u0(x)\n  b0(u0, x)\n", "2026-01-31T12:34:56Z",
    ] {
      #expect(text.contains(part), "\(part) is missing in\n\(text)")
    }
  }

  @Test("says how many seeds diverged, what was not paired, and leaves out what was not measured")
  func evaluation() throws {
    let folder = try TemporaryFolder()
    try SmallTrace.write(to: folder, evaluation: Self.uneven)
    let inspection = try InspectedRun(folder.file("run").path).read()
    let text = InspectionText(inspection, hasColor: false).text
    for part in [
      "91.00 ± 1.00 %, 5 seeds, 2 of 5 diverged, resnet20 on\n",
      "beside relu: +0.40 points (−0.10 … +0.90), unpaired,\n",
      "beside gelu: +0.00 points, not distinguishable\n",
      "relu                  92.00 %, 1 seed, resnet20 on cifar10\n",
      "gelu                  – %, 1 seed, 1 of 1 diverged, resnet20 on cifar10\n",
    ] {
      #expect(text.contains(part), "\(part) is missing in\n\(text)")
    }
    let html = ReportPage(inspection, generator: "grafs-swift test").html
    #expect(html.contains(">3, unpaired</td>"))
    #expect(html.matches(of: /unpaired/).count == 1)
  }

  @Test("shows functions at chosen learning rates beside those of the same recipe")
  func rates() throws {
    let folder = try TemporaryFolder()
    try SmallTrace.write(to: folder, evaluation: Self.chosen)
    let inspection = try InspectedRun(folder.file("run").path).read()
    let text = InspectionText(inspection, hasColor: false).text
    for part in [
      "found                 91.00 %, 5 seeds", "found × 0.5           95.00 %, 5 seeds",
      "relu × 1              94.00 %, 5 seeds", "beside relu × 1: +1.00 points",
    ] {
      #expect(text.contains(part), "\(part) is missing in\n\(text)")
    }
    let html = ReportPage(inspection, generator: "grafs-swift test").html
    #expect(html.contains("found × 0.5 beside relu × 1"))
    let json = String(decoding: try inspection.json(), as: UTF8.self)
    #expect(json.contains("summary_at_chosen_rates") && json.contains("found × 0.5"))
  }

  private static let chosen = """
    {"runs": [], "is_complete": true, "summary": [
      {"function": "found", "network": "resnet20", "dataset": "cifar10", "seeds": 5, "diverged": 0,
       "mean": 0.91, "standard_deviation": null, "median": 0.91, "comparisons": []}],
     "learning_rates": {"runs": [], "choices": [
       {"function": "found", "network": "resnet20", "dataset": "cifar10", "multiple": 0.5,
        "tried": []},
       {"function": "relu", "network": "resnet20", "dataset": "cifar10", "multiple": 1,
        "tried": []}],
      "summary": [
      {"function": "found", "network": "resnet20", "dataset": "cifar10", "seeds": 5, "diverged": 0,
       "mean": 0.95, "standard_deviation": null, "median": 0.95, "comparisons": [
        {"baseline": "relu", "seeds": 5, "paired": true, "difference": 0.01, "interval": null,
         "p": null, "p_adjusted": null, "verdict": "not distinguishable"}]},
      {"function": "relu", "network": "resnet20", "dataset": "cifar10", "seeds": 5, "diverged": 0,
       "mean": 0.94, "standard_deviation": null, "median": 0.94, "comparisons": []}]}}
    """

  private static let uneven = """
    {"runs": [], "is_complete": true, "summary": [
      {"function": "found", "network": "resnet20", "dataset": "cifar10", "seeds": 5, "diverged": 2,
       "mean": 0.91, "standard_deviation": 0.01, "median": 0.91, "comparisons": [
        {"baseline": "relu", "seeds": 3, "paired": false, "difference": 0.004,
         "interval": [-0.001, 0.009], "p": 0.03, "p_adjusted": 0.06,
         "verdict": "not distinguishable"},
        {"baseline": "gelu", "seeds": 1, "paired": true, "difference": 0, "interval": null,
         "p": null, "p_adjusted": null, "verdict": "not distinguishable"}]},
      {"function": "relu", "network": "resnet20", "dataset": "cifar10", "seeds": 1, "diverged": 0,
       "mean": 0.92, "standard_deviation": null, "median": 0.92, "comparisons": []},
      {"function": "gelu", "network": "resnet20", "dataset": "cifar10", "seeds": 1, "diverged": 1,
       "mean": null, "standard_deviation": null, "median": null, "comparisons": []}]}
    """

  @Test("color adds escape sequences and nothing else")
  func color() throws {
    let (plain, colored) = try (text(SmallTrace.trace()), text(SmallTrace.trace(), hasColor: true))
    #expect(colored.contains("\u{1B}[32mfinished\u{1B}[0m"))
    // The paths of two temporary folders differ.
    let bare = colored.replacing(/\u{1B}\[\d*m/, with: "").prefix { $0 != "/" }
    #expect(plain.hasPrefix(bare) && bare.count > 1000)
  }

  @Test("fits a terminal of few lines, the head first", arguments: [5, 12, 24, 40])
  func height(lines: Int) throws {
    let inspection = Inspection(SmallTrace.trace(), path: "t", standing: .running)
    let text = InspectionText(inspection, hasColor: false).text(ofAtMost: lines)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= lines)
    #expect(text.hasPrefix("resnet20 on fashion-mnist, seed 7"))
  }
}
