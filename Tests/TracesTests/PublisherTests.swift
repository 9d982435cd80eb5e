import Files
import Foundation
import TestSupport
import Testing
import Traces

@Suite struct PublisherTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func trace(_ steps: Int) -> Trace { .random(seed: 4, steps: steps, epochs: 1) }

  /// Waits until `condition` holds, at most 10 seconds.
  private func eventually(_ condition: () throws -> Bool) throws -> Bool {
    for _ in 0..<1000 {
      if try condition() { return true }
      usleep(10_000)
    }
    return false
  }

  @Test func theFirstSnapshotIsPublishedAtOnce() throws {
    let publisher = TracePublisher(file: folder.file(), intervalSeconds: 1000)
    #expect(publisher.isReady)
    try publisher.submit(trace(1))
    #expect(
      try eventually { FileManager.default.fileExists(atPath: folder.file().path) })
    #expect(try TraceFile.read(folder.file()) == trace(1))
    #expect(!publisher.isReady)
  }

  @Test func theNewestSnapshotWins() throws {
    let publisher = TracePublisher(file: folder.file(), intervalSeconds: 0.3)
    for steps in 1...50 { try publisher.submit(trace(steps)) }
    // The first one may or may not have been begun; the one after it is the last.
    #expect(try eventually { (try? TraceFile.read(folder.file())) == trace(50) })
    #expect(try folder.names == ["trace.h5"])
  }

  @Test func publicationsKeepTheirDistance() throws {
    let publisher = TracePublisher(file: folder.file(), intervalSeconds: 0.25)
    var inodes: Set<UInt64> = []
    var last = 0
    var status = stat()
    let start = ContinuousClock.now
    // One that took long, on a busy machine, is followed by none for nineteen times as long.
    while ContinuousClock.now - start < .seconds(inodes.count < 2 ? 60 : 1.1) {
      last += 1
      try publisher.submit(trace(last % 40))
      usleep(2000)
      if stat(folder.file().path, &status) == 0 {
        inodes.insert(
          UInt64(status.st_mtim.tv_sec) * 1_000_000_000 + UInt64(status.st_mtim.tv_nsec))
      }
    }
    // At 0, 0.25, 0.5, 0.75, 1.0 s, or as much later as the second one came.
    let most = Int((ContinuousClock.now - start) / .seconds(0.25)) + 1
    #expect(inodes.count >= 2 && inodes.count <= most, "\(inodes.count) publications")
  }

  @Test func anUrgentSnapshotIsPublishedWhateverTheInterval() throws {
    let publisher = TracePublisher(file: folder.file(), intervalSeconds: 1000)
    try publisher.submit(trace(1))
    #expect(try eventually { (try? TraceFile.read(folder.file())) == trace(1) })
    try publisher.submit(trace(2))
    usleep(50_000)
    #expect(try TraceFile.read(folder.file()) == trace(1))
    try publisher.submit(trace(3), isUrgent: true)
    #expect(try eventually { (try? TraceFile.read(folder.file())) == trace(3) })
  }

  @Test func finishPublishesTheLastSnapshotWhateverTheInterval() throws {
    let publisher = TracePublisher(file: folder.file(), intervalSeconds: 1000)
    try publisher.submit(trace(1))
    try publisher.submit(trace(2))
    try publisher.finish(trace(3))
    #expect(try TraceFile.read(folder.file()) == trace(3))
  }

  @Test func aFailureInTheBackgroundIsThrownOnceByALaterSubmit() throws {
    let file = folder.url.appendingPathComponent("missing/trace.h5")
    let expected = UnwritableFile(file: file.path, reason: "No such file or directory")
    let publisher = TracePublisher(file: file, intervalSeconds: 0)
    var errors: [UnwritableFile] = []
    #expect(
      try eventually {
        do throws(UnwritableFile) { try publisher.submit(trace(1)) } catch { errors.append(error) }
        return !errors.isEmpty
      })
    #expect(errors == [expected])
    // The next attempts succeed, so nothing more is thrown than what failed before.
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? publisher.finish(trace(2))
    try publisher.finish(trace(3))
    #expect(try TraceFile.read(file) == trace(3))
  }

  @Test func aFailureInTheBackgroundIsThrownByFinish() throws {
    let file = folder.url.appendingPathComponent("missing/trace.h5")
    let publisher = TracePublisher(file: file, intervalSeconds: 0)
    try publisher.submit(trace(1))
    #expect(throws: UnwritableFile(file: file.path, reason: "No such file or directory")) {
      try publisher.finish(trace(2))
    }
  }

  @Test func manyThreadsPublishAndReadAtOnce() async throws {
    let traces = (1...4).map { trace($0 * 20) }
    let file = folder.file()
    try TraceFile.publish(traces[0], to: file)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for trace in traces {
        group.addTask { for _ in 0..<10 { try TraceFile.publish(trace, to: file) } }
        group.addTask {
          for _ in 0..<10 {
            let read = try TraceFile.read(file)
            #expect(traces.contains(read))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try folder.names == ["trace.h5"])
  }
}
