import Activations
import Files
import Foundation
import Runs
import TestSupport
import Testing

@Suite struct RequestedFunctionTests {
  @Test(
    "A formula is read as it is",
    arguments: ["relu", "x * sigmoid(x)", "x / (1 + abs(x))", "1/x", "x/2"])
  func formula(text: String) throws {
    let function = try RequestedFunction(text)
    #expect(try function.function == PlacedFunction(parsing: text) && function.run == nil)
  }

  @Test("A run's folder, and any of its files, mean the function its search found")
  func run() throws {
    let parent = try TemporaryFolder()
    let folder = RunFolder(path: parent.path)
    var result = SearchResult(
      status: "finished", network: "resnet20", dataset: "cifar10", seed: 3, epochs: 2,
      elapsedSeconds: 1)
    result.expression = "sigmoid(gelu(x)) * gelu(x)"
    try folder.write(result.json(), to: folder.result)
    try folder.write(Data(), to: folder.trace)
    #expect(try RequestedFunction("relu").run == nil)
    for argument in [parent.path, parent.path + "/trace.h5", parent.path + "/result.json"] {
      let function = try RequestedFunction(argument)
      #expect(function.function.formula == result.expression)
      #expect(function.run?.result == result)
    }
    result.formula = try PlacedFunction(parsing: "left(x + 0.12345678901234567, x) within 10")
    result.limits = result.formula?.limits
    try folder.write(result.json(), to: folder.result)
    #expect(try RequestedFunction(parent.path).function == result.formula)
  }

  @Test("A folder without a function is named in one line, with the cure")
  func failures() throws {
    let parent = try TemporaryFolder()
    let folder = RunFolder(path: parent.path)
    expect(parent.path, says: "holds no search")
    try folder.write(Data("seed: 3\n".utf8), to: folder.configuration)
    expect(parent.path, says: "search --resume \(parent.path)")
    try folder.write(Data("{".utf8), to: folder.result)
    expect(parent.path, says: "is no result of a search")
    let diverged = SearchResult(
      status: "diverged", network: "resnet20", dataset: "cifar10", seed: 3, epochs: 2,
      elapsedSeconds: 1)
    try folder.write(diverged.json(), to: folder.result)
    expect(parent.path, says: "found no function")
    expect("runs/nowhere", says: "there is no such folder")
  }

  private func expect(_ argument: String, says part: String) {
    let error = #expect(throws: RunError.self) { try RequestedFunction(argument) }
    #expect(error?.description.contains(part) == true)
    #expect(error?.description.contains("\n") == false)
  }
}
