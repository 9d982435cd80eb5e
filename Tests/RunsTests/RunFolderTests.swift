import Files
import Foundation
import Runs
import TestSupport
import Testing

@Suite("Run folders")
struct RunFolderTests {
  private let parent: TemporaryFolder
  private let folder: RunFolder
  private static let files = ["config.yaml", "result.json", "trace.h5"]

  init() throws {
    parent = try TemporaryFolder()
    folder = RunFolder(path: parent.file("run").path)
  }

  private var path: String { folder.url.path }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// What both `check` and `prepare` say, without the folder that it begins with.
  private func complaint(_ folder: RunFolder, replacing: Bool) throws -> String {
    var lines: [String] = []
    do { try folder.check(replacing: replacing) } catch { lines.append(error.description) }
    do { try folder.prepare(replacing: replacing) } catch { lines.append(error.description) }
    let line = try #require(lines.last, "the folder was taken")
    #expect(lines.allSatisfy { $0 == line })
    #expect(!line.contains("\n"))
    let start = "\(folder.url.relativePath): "
    try #require(line.hasPrefix(start), "\(line)")
    return String(line.dropFirst(start.count))
  }

  @Test("its files")
  func contents() {
    #expect(folder.trace.path == path + "/trace.h5")
    #expect(folder.result.path == path + "/result.json")
    #expect(folder.configuration.path == path + "/config.yaml")
  }

  @Test("checking makes nothing, preparing makes the folder and those above it")
  func fresh() throws {
    let deep = RunFolder(path: path + "/a/b")
    try deep.check(replacing: false)
    #expect(try parent.names == [])
    try deep.prepare(replacing: false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: deep.url.path) == [])
    // An empty folder may be filled.
    try deep.prepare(replacing: false)
  }

  @Test("an earlier run is not overwritten", arguments: files)
  func earlierRun(file: String) throws {
    try parent.write([1, 2, 3], to: "run/\(file)")
    #expect(
      try complaint(folder, replacing: false)
        == "holds an earlier run; give --force to replace it, or another --output")
    #expect(try Data(contentsOf: parent.file("run/\(file)")) == Data([1, 2, 3]))
  }

  @Test("force removes a run's files, what a killed one left included, and no others")
  func force() throws {
    for file in Self.files { try parent.write([1], to: "run/\(file)") }
    try parent.write([1], to: "run/.trace.h5.4711-2.partial")
    try parent.write([1], to: "run/checkpoint-12.grafs")
    try parent.write([1], to: "run/.checkpoint-13.grafs.4711-3.partial")
    try parent.write([1, 2], to: "run/notes.txt")
    try parent.write([3], to: "run/figures/trace.h5")
    try folder.check(replacing: true)
    #expect(try names().count == 8)
    try folder.prepare(replacing: true)
    #expect(try names() == ["figures", "notes.txt"])
    #expect(try Data(contentsOf: parent.file("run/notes.txt")) == Data([1, 2]))
    #expect(try Data(contentsOf: parent.file("run/figures/trace.h5")) == Data([3]))
  }

  @Test("what was only half written when its process was killed is no run")
  func leftovers() throws {
    try parent.write([1], to: "run/.config.yaml.4711-1.partial")
    try folder.check(replacing: false)
    try folder.prepare(replacing: false)
    #expect(try names() == [])
  }

  @Test("a folder that holds no run cannot be resumed, one with a result is over")
  func resumption() throws {
    func complaint() -> String? {
      do throws(RunError) {
        _ = try folder.prepareResumption()
        return nil
      } catch {
        return error.description
      }
    }
    #expect(complaint()?.contains("holds no run, there is no config.yaml") == true)
    for name in [".trace.h5.1-1.partial", ".checkpoint-3.grafs.1-2.partial", "checkpoint-2.grafs"] {
      try parent.write([1], to: "run/\(name)")
    }
    try parent.write([1], to: "run/config.yaml")
    #expect(try folder.prepareResumption().result == nil)
    #expect(try names() == ["checkpoint-2.grafs", "config.yaml"])
    try parent.write([1], to: "run/result.json")
    #expect(complaint()?.contains("result.json: is no result of a search") == true)
    let result = SearchResult(
      status: "finished", network: "a", dataset: "b", seed: .max, epochs: 2, elapsedSeconds: 1.5)
    try folder.write(result.json(), to: folder.result)
    #expect(try folder.prepareResumption().result == result)
    #expect(try names() == ["config.yaml", "result.json"])
  }

  @Test("a folder that is locked can be neither emptied nor resumed")
  func lock() throws {
    try parent.write([1], to: "run/config.yaml")
    let lock = try folder.lock()
    let other = RunFolder(path: path)
    #expect(throws: RunError.self) { _ = try other.lock() }
    #expect(throws: RunError.self) { try other.prepare(replacing: true) }
    #expect(throws: RunError.self) { _ = try other.prepareResumption() }
    #expect(try names() == ["config.yaml"])
    withExtendedLifetime(lock) {}
  }

  @Test("what was found holds for as long as its lock: nobody else begins in between")
  func keptLock() throws {
    func isFree() -> Bool { RunFolder(path: path).isLocked == false }
    func prepared() throws {
      let lock = try folder.prepare(replacing: false)
      #expect(!isFree())
      #expect(throws: RunError.self) { try RunFolder(path: path).prepare(replacing: true) }
      withExtendedLifetime(lock) {}
    }
    try prepared()
    #expect(isFree())
    try parent.write([1], to: "run/config.yaml")
    func resumed() throws {
      let resumption = try folder.prepareResumption()
      #expect(!isFree())
      #expect(throws: RunError.self) { _ = try RunFolder(path: path).prepareResumption() }
      withExtendedLifetime(resumption) {}
    }
    try resumed()
    #expect(isFree())
  }

  @Test("a folder of other things is refused, forced or not", arguments: [false, true])
  func foreignFolder(replacing: Bool) throws {
    try parent.write([1], to: "run/thesis.tex")
    #expect(
      try complaint(folder, replacing: replacing)
        == "holds other files than a run's; give another folder with --output")
    #expect(try names() == ["thesis.tex"])
  }

  @Test("a file in its place stays", arguments: [false, true])
  func fileInItsPlace(replacing: Bool) throws {
    try parent.write([7], to: "run")
    #expect(
      try complaint(folder, replacing: replacing)
        == "is a file; give another folder with --output")
    #expect(try Data(contentsOf: parent.file("run")) == Data([7]))
  }

  @Test("a folder that cannot be made")
  func impossibleFolder() throws {
    try parent.write([7], to: "file")
    #expect(
      try complaint(RunFolder(path: parent.file("file/run").path), replacing: false)
        == "cannot be made or emptied (Not a directory); give a writable folder with --output")
    // Nobody, the superuser included, makes folders there.
    if FileManager.default.fileExists(atPath: "/proc/self") {
      #expect(
        try complaint(RunFolder(path: "/proc/grafs/run"), replacing: false)
          == "cannot be made or emptied (No such file or directory); "
          + "give a writable folder with --output")
    }
  }

  @Test("a file that cannot be written")
  func unwritableFile() throws {
    do {
      try folder.write(Data([1]), to: folder.result)
      Issue.record("a file was written without a folder")
    } catch {
      #expect(
        error.description == "\(path)/result.json: cannot be written (No such file or directory); "
          + "make room or give another folder with --output")
    }
    try folder.prepare(replacing: false)
    try folder.write(Data([1, 2]), to: folder.result)
    #expect(try Data(contentsOf: folder.result) == Data([1, 2]))
    #expect(try names() == ["result.json"])
  }

  @Test("the default folder names network, data set and time")
  func defaultPath() throws {
    let path = RunFolder.defaultPath(
      network: "resnet20", dataset: "mnist", date: Date(timeIntervalSince1970: 1_700_000_000))
    // The time is local: day and minutes differ from zone to zone.
    #expect(path.hasPrefix("runs/resnet20-mnist-202311"))
    #expect(path.hasSuffix("20"))
    #expect(path.count == "runs/resnet20-mnist-20231114-221320".count)
  }

  @Test("a new search removes the report about the earlier one's function, but no trainings")
  func staleEvaluation() throws {
    for name in ["result.json", "evaluation/evaluation.json", "evaluation/jobs/a.json"] {
      try parent.write([], to: "run/\(name)")
    }
    try folder.prepare(replacing: true)
    #expect(try names() == ["evaluation"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/evaluation") == ["jobs"])
  }

  @Test("what killed processes have left goes with the next command; what others write stays")
  func abandoned() throws {
    let parent = try TemporaryFolder()
    let folder = RunFolder(path: parent.file("run").path)
    // Larger than any number of a process, and the first process, which lives.
    let dead = ".page.html.2147483647-3.partial"
    for name in ["config.yaml", dead, ".page.html.1-3.partial", ".trace.h5.2147483647-0.partial"] {
      try parent.write([1], to: "run/\(name)")
    }
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }
    do {
      let lock = try folder.lock()
      folder.removeLeftoversIfIdle()
      #expect(try names().count == 4)
      withExtendedLifetime(lock) {}
    }
    folder.removeLeftoversIfIdle()
    #expect(try names() == [".page.html.1-3.partial", "config.yaml"])
    try parent.write([1], to: "run/\(dead)")
    _ = try folder.prepareResumption()
    #expect(try names() == [".page.html.1-3.partial", "config.yaml"])
  }
}
