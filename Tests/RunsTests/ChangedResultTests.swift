import Activations
import Files
import Foundation
import Runs
import TestSupport
import Testing

@Suite("Results that were changed")
struct ChangedResultTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/version-0.1.0")

  /// A run of version 0.1.0 in a folder of its own, in its result one text replaced.
  private func changed(_ run: String, _ text: String, to other: String) throws -> TemporaryFolder {
    let place = try TemporaryFolder()
    for name in ["config.yaml", "trace.h5"] {
      try FileManager.default.copyItem(
        at: Self.fixtures.appendingPathComponent("\(run)/\(name)"), to: place.file(name))
    }
    let result = try String(
      contentsOf: Self.fixtures.appendingPathComponent("\(run)/result.json"), encoding: .utf8)
    try #require(result.contains(text))
    try place.write(
      Array(result.replacing(text, with: other, maxReplacements: 1).utf8),
      to: "result.json")
    return place
  }

  @Test("of today: whichever letter it was, every reader names the file in one line")
  func today() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(path: place.path)
    var result = SearchResult(
      status: "finished", network: "lenet5", dataset: "kmnist", seed: 4, epochs: 2,
      elapsedSeconds: 3.5)
    result.expression = "cosh(x)"
    result.validationAccuracy = 0.5
    try folder.write(Data("seed: 4\n".utf8), to: folder.configuration)
    try folder.write(result.json(), to: folder.result)
    #expect(try folder.storedResult() == result)
    let text = String(decoding: try result.json(), as: UTF8.self)
    for (old, new) in [
      ("cosh", "sinh"), ("0.5", "0.6"), ("finished", "finishee"), ("epochs", "epoch"),
    ] {
      try folder.write(Data(text.replacing(old, with: new).utf8), to: folder.result)
      let line =
        "\(place.path)/result.json: it was changed after it was written, its checksum differs; get "
        + "it back from a copy, or remove it and search again with grafs-swift search --resume "
        + place.path
      for read in [
        { _ = try folder.storedResult() }, { _ = try folder.prepareResumption() },
        { _ = try RequestedFunction(place.path) },
      ] as [() throws -> Void] {
        let error = #expect(throws: RunError.self) { try read() }
        #expect(error?.description == line)
      }
    }
  }

  @Test(
    "of version 0.1.0, which had no checksums: what it says twice",
    arguments: [
      ("finished", "x + 1.57481 +", "x + 1.67481 +"),
      ("finished", "1.2405951298614504 * x\"", "1.2405951398614504 * x\""),
      ("finished", "u0=x_plus_beta", "u0=x_plus_beth"),
      ("finished", "beta_times_x(1.24", "beta_times_x(1.34"),
      ("finished", "\"validation_accuracy\" : 0", "\"validation_accuracy\" : 1"),
      ("finished", "\"finished\"", "\"finishes\""),
      ("finished-stages", "u0=elu", "u0=selu"),
      ("finished-stages", "\"expression\" : \"relu(x)", "\"expression\" : \"gelu(x)"),
      ("finished-stages", "0.5625", "0.5626"),
      ("finished-stages", "stage0: relu(x) * exp", "stage0: relu(x) * erf"),
      ("finished", "\"epochs\" : 3", "\"epochs\" : 4"),
      ("finished", "\"elapsed_seconds\" : 0.16", "\"elapsed_seconds\" : 0.06"),
      ("finished", "\"elapsed_seconds\" : 0.16", "\"elapsed_seconds\" : 9000.16"),
      ("finished-stages", "\"best_validation_accuracy\" : 1", "\"best_validation_accuracy\" : 0.7"),
    ])
  func earlier(run: String, text: String, other: String) throws {
    let place = try changed(run, text, to: other)
    let error = #expect(throws: RunError.self) {
      // What cannot be read as an operation is found where the function is made.
      let found = try RunFolder(path: place.path).storedResult()
      _ = try found?.function(in: RunFolder(path: place.path))
      throw RunError("not noticed", cure: "")
    }
    #expect(error?.problem != "not noticed")
  }

  @Test(
    "runs of version 0.1.0 that nobody changed still open",
    arguments: ["finished", "finished-stages"])
  func untouched(run: String) throws {
    let folder = RunFolder(path: Self.fixtures.appendingPathComponent(run).path)
    #expect(try folder.storedResult()?.status == "finished")
  }
}
