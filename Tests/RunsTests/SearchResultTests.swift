import Activations
import Foundation
import Runs
import Testing

@Suite("Search results")
struct SearchResultTests {
  private static var finished: SearchResult {
    var result = SearchResult(
      status: "finished", network: "resnet20", dataset: "mnist", seed: .max, epochs: 6,
      elapsedSeconds: 245.5)
    result.expression = "sigmoid(gelu(x)) / gelu(x)"
    result.limits = Limits(outputs: .output(10), slopes: 20)
    result.formula = try? PlacedFunction(parsing: "sigmoid(gelu(x)) / gelu(x) within 10 slopes 20")
    result.genotype = "u0=gelu u1=relu b0=left u2=sigmoid u3=gelu b1=multiply"
    result.validationAccuracy = 0.8125
    result.bestValidationAccuracy = 0.875
    result.reluValidationAccuracy = 0.75
    result.reluElapsedSeconds = 61.4
    return result
  }

  @Test("the keys that others read")
  func keys() throws {
    let data = try Self.finished.json()
    let object = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "expression", "formula", "limits", "genotype", "network", "dataset", "seed",
        "validation_accuracy",
        "relu_validation_accuracy", "epochs", "elapsed_seconds", "status",
        "best_validation_accuracy", "relu_elapsed_seconds",
      ])
    #expect(object["expression"] as? String == "sigmoid(gelu(x)) / gelu(x)")
    #expect(
      object["formula"] as? String == "divide(sigmoid(gelu(x)), gelu(x)) within 10 slopes 20")
    #expect(object["limits"] as? String == "within 10 slopes 20")
    #expect(object["seed"] as? UInt64 == .max)
    #expect(object["validation_accuracy"] as? Double == 0.8125)
    #expect(object["best_validation_accuracy"] as? Double == 0.875)
    #expect(object["relu_validation_accuracy"] as? Double == 0.75)
    #expect(object["epochs"] as? Int == 6)
    #expect(object["elapsed_seconds"] as? Double == 245.5)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.hasSuffix("}\n"))
    #expect(text.contains("sigmoid(gelu(x)) / gelu(x)"), "a slash is not escaped")
  }

  @Test("is read back as it was written")
  func roundTrip() throws {
    var result = Self.finished
    #expect(try SearchResult(json: result.json()) == result)
    result.functions = [.init(cell: "stage0", expression: "x", genotype: "u0=identity")]
    #expect(try SearchResult(json: result.json()) == result)
  }

  @Test("a diverged search has no function and no accuracy")
  func divergedKeys() throws {
    let result = SearchResult(
      status: "diverged", network: "resnet20", dataset: "mnist", seed: 1, epochs: 6,
      elapsedSeconds: 2)
    let object = try #require(
      try JSONSerialization.jsonObject(with: result.json()) as? [String: Any])
    #expect(
      Set(object.keys) == ["status", "network", "dataset", "seed", "epochs", "elapsed_seconds"])
  }

  @Test("the summary of a finished search")
  func summary() {
    #expect(
      Self.finished.summary(folder: RunFolder(path: "/runs/first")) == """
        outcome              finished
        function             sigmoid(gelu(x)) / gelu(x)
        genotype             u0=gelu u1=relu b0=left u2=sigmoid u3=gelu b1=multiply
        validation accuracy  81.25 %, with ReLU on the same budget 75.00 %
        time                 search 4:06, ReLU 1:01
        trace                /runs/first/trace.h5

        """)
  }

  @Test("the summary where ReLU, or the search, has diverged")
  func divergedSummary() {
    var result = Self.finished
    result.reluValidationAccuracy = nil
    let lines = result.summary(folder: RunFolder(path: "/runs/first")).split(separator: "\n")
    #expect(lines[3] == "validation accuracy  81.25 %, with ReLU on the same budget diverged")
    let diverged = SearchResult(
      status: "diverged", network: "resnet20", dataset: "mnist", seed: 1, epochs: 6,
      elapsedSeconds: 2)
    #expect(
      diverged.summary(folder: RunFolder(path: "/runs/first")) == """
        outcome  diverged
        time     search 0:02
        trace    /runs/first/trace.h5

        """)
  }
}
