import Files
import Foundation
import Runs
import TestSupport
import Testing

@Suite("The newest run")
struct NewestRunTests {
  private let parent: TemporaryFolder
  private var root: String { parent.path + "/runs" }

  init() throws { parent = try TemporaryFolder() }

  /// Leaves a search behind whose files were written so many minutes after another.
  private func make(_ name: String, expression: String?, minute: Double, hasEnded: Bool = true)
    throws
  {
    let folder = RunFolder(path: "\(root)/\(name)")
    try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
    try folder.write(Data("seed: 3\n".utf8), to: folder.configuration)
    if hasEnded {
      var result = SearchResult(
        status: expression == nil ? "diverged" : "finished", network: "resnet20",
        dataset: "cifar10", seed: 3, epochs: 2, elapsedSeconds: 1)
      result.expression = expression
      try folder.write(result.json(), to: folder.result)
    }
    for file in [folder.configuration, folder.result]
    where FileManager.default.fileExists(atPath: file.path) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1e9 + 60 * minute)],
        ofItemAtPath: file.path)
    }
  }

  @Test("is the one whose result was written last, whatever the names")
  func newest() throws {
    try make("c", expression: "relu(x)", minute: 1)
    try make("a", expression: "tanh(x)", minute: 3)
    try make("b", expression: "elu(x)", minute: 2)
    let newest = try NewestRun(below: root)
    #expect(newest.function.run?.folder == "\(root)/a" && newest.passedOver.isEmpty)
    #expect(newest.notice == "\(root)/a: the newest finished search; it found tanh(x)")
  }

  @Test("is looked for in runs of several seeds; folders without a search are none")
  func seeds() throws {
    try make("a", expression: "tanh(x)", minute: 3)
    try make("several/seed-0", expression: "elu(x)", minute: 4)
    try make("several/seed-1", expression: "gelu(x)", minute: 5)
    let several = RunFolder(path: "\(root)/several")
    try several.write(Data("seed: 0\n".utf8), to: several.configuration)
    try FileManager.default.createDirectory(
      atPath: "\(root)/evaluation-resnet20", withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: "\(root)/notes.txt"))
    let newest = try NewestRun(below: root)
    #expect(newest.function.run?.folder == "\(root)/several/seed-1")
    #expect(newest.passedOver.isEmpty)
  }

  @Test("is not one that has not ended, is damaged or found nothing; those are named")
  func passedOver() throws {
    try make("good", expression: "tanh(x)", minute: 3)
    try make("older", expression: nil, minute: 1, hasEnded: false)
    try make("going", expression: nil, minute: 9, hasEnded: false)
    try make("diverged", expression: nil, minute: 8)
    try make("damaged", expression: "elu(x)", minute: 7)
    let damaged = RunFolder(path: "\(root)/damaged")
    try Data("{".utf8).write(to: damaged.result)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1e9 + 60 * 7)],
      ofItemAtPath: damaged.result.path)
    let newest = try NewestRun(below: root)
    #expect(newest.function.run?.folder == "\(root)/good")
    let lines = newest.passedOver
    try #require(lines.count == 3, "\(lines)")
    #expect(lines[0] == "passed over: \(root)/going, whose search has not ended")
    #expect(lines[1].hasPrefix("passed over: \(root)/diverged: its search has diverged"))
    #expect(lines[2].hasPrefix("passed over: \(damaged.result.relativePath): is no result"))
  }

  @Test("is missed in one line with the cure")
  func none() throws {
    func line() -> String? {
      let error = #expect(throws: RunError.self) { try NewestRun(below: root) }
      return error?.description
    }
    let cure = "search first, name a run or a function, or give --functions none"
    #expect(line() == "there is no finished search below \(root); \(cure)")
    try make("going", expression: nil, minute: 9, hasEnded: false)
    #expect(
      line() == "there is no finished search below \(root) (passed over: \(root)/going, "
        + "whose search has not ended); \(cure)")
  }
}
