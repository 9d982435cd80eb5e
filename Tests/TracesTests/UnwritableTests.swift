import Files
import Foundation
import TestSupport
import Testing
import Traces

/// What cannot be written leaves the old file as it was, and nothing else.
@Suite struct UnwritableTests {
  private let folder: TemporaryFolder
  private let trace = Trace.random(seed: 2, steps: 5)

  init() throws { folder = try TemporaryFolder() }

  private func publishError(_ trace: Trace, to file: URL) -> UnwritableFile? {
    do throws(UnwritableFile) {
      try TraceFile.publish(trace, to: file)
      return nil
    } catch {
      return error
    }
  }

  @Test func aMissingFolder() throws {
    let file = folder.url.appendingPathComponent("missing/trace.h5")
    #expect(
      publishError(trace, to: file)
        == UnwritableFile(file: file.path, reason: "No such file or directory"))
  }

  @Test func aFileInThePlaceOfTheFolder() throws {
    try Data().write(to: folder.file("run"))
    let file = folder.url.appendingPathComponent("run/trace.h5")
    #expect(
      publishError(trace, to: file) == UnwritableFile(file: file.path, reason: "Not a directory"))
    #expect(try folder.names == ["run"])
  }

  @Test func aFolderInThePlaceOfTheFile() throws {
    let file = folder.file()
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    #expect(
      publishError(trace, to: file) == UnwritableFile(file: file.path, reason: "Is a directory"))
    #expect(try folder.names == ["trace.h5"])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aFolderThatMayNotBeWritten() throws {
    #expect(chmod(folder.url.path, 0o500) == 0)
    defer { chmod(folder.url.path, 0o700) }
    let file = folder.file()
    #expect(
      publishError(trace, to: file) == UnwritableFile(file: file.path, reason: "Permission denied"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self"), "there is no /proc"))
  func aFileSystemThatTakesNoFiles() {
    let file = URL(fileURLWithPath: "/proc/trace.h5")
    guard publishError(trace, to: file)?.file == file.path else {
      Issue.record("publishing to \(file.path) did not fail")
      return
    }
  }

  @Test func aDiskThatIsFull() async {
    // A limit on the size of files stands for the full disk: it ends `write` in the same place.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let old = Trace.random(seed: 2, steps: 5)
      try TraceFile.publish(old, to: folder.file())
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      let long = Trace.random(seed: 2, steps: 3_000)
      for _ in 0..<3 {
        #expect(throws: UnwritableFile(file: folder.file().path, reason: "File too large")) {
          try TraceFile.publish(long, to: folder.file())
        }
      }
      #expect(try folder.names == ["trace.h5"])
      #expect(try TraceFile.read(folder.file()) == old)
    }
  }

  @Test func aTextThatDoesNotFit() throws {
    var long = trace
    long.configuration = String(repeating: "x", count: TraceFile.longestText + 1)
    let error = publishError(long, to: folder.file())
    #expect(
      error
        == UnwritableFile(
          file: folder.file().path,
          reason: "/configuration: a text of 60001 bytes; at most 60000 fit"))
    long.configuration = String(repeating: "x", count: TraceFile.longestText)
    long.header.commandLine = long.configuration
    #expect(publishError(long, to: folder.file()) == nil)
    #expect(try TraceFile.read(folder.file()) == long)
  }

  @Test func aTextWithAZeroCharacter() throws {
    var odd = trace
    odd.header.commandLine = "a\0b"
    #expect(
      publishError(odd, to: folder.file())
        == UnwritableFile(
          file: folder.file().path, reason: "/@command_line: a text with a zero character"))
    #expect(try folder.names == [])
  }

  @Test func leftoversOfKilledProcessesAreRemoved() throws {
    try TraceFile.publish(trace, to: folder.file())
    for name in [".trace.h5.123-1.partial", ".other.h5.123-1.partial", "trace.h5.partial"] {
      try Data().write(to: folder.file(name))
    }
    TraceFile.removeLeftovers(of: folder.file())
    #expect(try folder.names == [".other.h5.123-1.partial", "trace.h5", "trace.h5.partial"])
  }
}
