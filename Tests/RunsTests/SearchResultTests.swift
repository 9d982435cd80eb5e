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
    result.metric = .accuracy
    result.validationLoss = 0.5
    result.usualActivation = "relu"
    result.usualValidationAccuracy = 0.75
    result.usualValidationLoss = 0.625
    result.usualElapsedSeconds = 61.4
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
        "metric", "validation_loss", "usual_activation", "usual_validation_accuracy",
        "usual_validation_loss", "epochs", "elapsed_seconds", "status",
        "best_validation_accuracy", "usual_elapsed_seconds", "checksum",
      ])
    #expect(object["expression"] as? String == "sigmoid(gelu(x)) / gelu(x)")
    #expect(
      object["formula"] as? String
        == "sigmoid(gelu(x)) / gelu(x) within 10 slopes 20")
    #expect(object["limits"] as? String == "within 10 slopes 20")
    #expect(object["seed"] as? UInt64 == .max)
    #expect(object["validation_accuracy"] as? Double == 0.8125)
    #expect(object["best_validation_accuracy"] as? Double == 0.875)
    #expect(object["usual_validation_accuracy"] as? Double == 0.75)
    #expect(object["usual_activation"] as? String == "relu")
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
      Set(object.keys) == [
        "status", "network", "dataset", "seed", "epochs", "elapsed_seconds", "checksum",
      ])
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

  @Test("the summary where the usual activation, or the search, has diverged")
  func divergedSummary() {
    var result = Self.finished
    result.usualValidationAccuracy = nil
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

  @Test("the summary without a comparison, of proposals, and by the loss")
  func otherSummaries() {
    func lines(_ result: SearchResult) -> [Substring] {
      result.summary(folder: RunFolder(path: "/runs/first")).split(separator: "\n")
    }
    var result = Self.finished
    result.usualActivation = nil
    result.usualElapsedSeconds = nil
    #expect(
      lines(result)[3...4] == ["validation accuracy  81.25 %", "time                 search 4:06"])
    result = Self.finished
    result.candidates = 20
    #expect(lines(result)[4] == "candidates           20")
    result.usualActivation = "gelu"
    result.metric = .loss
    // exp(0.5) and exp(0.625).
    #expect(
      lines(result)[3] == "validation perplexity  1.65, with GELU on the same budget 1.87")
  }

  @Test("the comparison of version 0.1.0 is read, also where ReLU diverged")
  func version010() throws {
    let text = """
      {"status": "finished", "expression": "x", "network": "a", "dataset": "b", "seed": 1,
       "epochs": 2, "elapsed_seconds": 3, "validation_accuracy": 0.5, "relu_elapsed_seconds": 4,
       "relu_validation_accuracy": 0.25}
      """
    let result = try SearchResult(json: Data(text.utf8))
    #expect(result.usualActivation == "relu" && result.usualElapsedSeconds == 4)
    #expect(result.usualValidationAccuracy == 0.25)
    #expect(result.comparisonText == "with ReLU on the same budget 25.00 %")
    let diverged = text.replacing(/,\s*"relu_validation_accuracy": 0.25/, with: "")
    let other = try SearchResult(json: Data(diverged.utf8))
    #expect(other.comparisonText == "with ReLU on the same budget diverged")
    let alone = diverged.replacing(/, "relu_elapsed_seconds": 4/, with: "")
    #expect(try SearchResult(json: Data(alone.utf8)).comparisonText == nil)
    // Written anew, it has the keys of today.
    #expect(try SearchResult(json: result.json()) == result)
    #expect(!String(decoding: try result.json(), as: UTF8.self).contains("relu_"))
  }
}
