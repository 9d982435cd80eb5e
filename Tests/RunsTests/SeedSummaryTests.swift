import Activations
import Foundation
import Runs
import Testing

@Suite("Summary of several seeds")
struct SeedSummaryTests {
  private func result(_ seed: UInt64, _ expression: String?, _ accuracy: Double?) -> SearchResult {
    var result = SearchResult(
      status: expression == nil ? "diverged" : "finished", network: "resnet20", dataset: "mnist",
      seed: seed, epochs: 6, elapsedSeconds: 1)
    result.expression = expression
    result.formula = try? expression.map { try PlacedFunction(parsing: $0) }
    result.validationAccuracy = accuracy
    result.usualActivation = "relu"
    result.usualValidationAccuracy = 0.9
    return result
  }

  @Test("within limits, only functions that differ in nothing but idle operations count together")
  func limits() throws {
    let texts = [
      "max(gelu(x), relu(x)) within 10", "max(relu(x), gelu(x)) within 10",
      "left(max(gelu(x), relu(x)), silu(x)) within 10", "max(gelu(x), relu(x)) within 5",
    ]
    let results = try texts.enumerated().map { seed, text in
      var result = result(UInt64(seed), "max(gelu(x), relu(x))", 0.5)
      result.formula = try PlacedFunction(parsing: text)
      return result
    }
    #expect(SeedSummary(results).functions.map(\.seeds) == [[0, 2], [1], [3]])
  }

  @Test("counts equivalent functions together, the most frequent first")
  func counts() throws {
    let results = [
      result(3, "relu(x)", 0.5), result(4, "tanh(x) + gelu(x)", 0.25), result(5, nil, nil),
      result(6, "gelu(x) + tanh(x)", 0.75),
      result(7, "max(tanh(x) + gelu(x), tanh(x) + gelu(x))", 0.75),
    ]
    let summary = SeedSummary(results)
    #expect(summary.functions.map(\.expression) == ["tanh(x) + gelu(x)", "relu(x)"])
    #expect(summary.functions.map(\.seeds) == [[4, 6, 7], [3]])
    #expect(summary.functions[0].validationAccuracies == [0.25, 0.75, 0.75])
    #expect(summary.diverged == [5])
    // Mean and standard deviation of 0.25, 0.75, 0.75 and of these with 0.5.
    #expect(
      summary.text == """
        found  validation accuracy  seeds  function
        3×     58.33 ± 28.87 %      4 6 7  tanh(x) + gelu(x)
        1×     50.00 %              3      relu(x)
        1×     diverged             5      \("")
        all: 56.25 ± 23.94 %; with ReLU on the same budget 90.00 ± 0.00 %

        """)
    let object = try JSONSerialization.jsonObject(with: summary.json()) as? [String: Any]
    #expect((object?["functions"] as? [[String: Any]])?.count == 2)
  }
}
