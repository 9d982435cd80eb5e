import Files
import Foundation
import TestSupport
import Testing
import Traces

@Suite("Candidates in traces")
struct CandidateTests {
  /// Candidates of which some diverged; NaN and infinity are no results.
  static func history(metric: String = "accuracy", count: Int = 5) -> CandidateHistory {
    var history = CandidateHistory(metric: metric)
    for number in 0..<count {
      let isDiverged = number % 3 == 1
      history.append(
        .init(
          number: number, function: "left(gelu(x), x * \(number)) within 10",
          genotypes: ["u0=gelu b0=left", "u0=beta(0.\(number)) b0=add"],
          digest: "00112233aabbccd\(number)", value: isDiverged ? nil : 0.5 + Double(number) / 16,
          loss: isDiverged ? nil : 1.25, elapsedSeconds: Double(number)))
    }
    return history
  }

  static func trace(_ history: CandidateHistory) -> Trace {
    var header = Trace.Header(seed: 3)
    header.usualActivation = "gelu"
    return Trace(header: header, configuration: "method: random\n", record: .proposed(history))
  }

  @Test("are read as they were written", arguments: ["accuracy", "loss"], [0, 1, 5])
  func roundTrip(metric: String, count: Int) throws {
    let folder = try TemporaryFolder()
    let trace = Self.trace(Self.history(metric: metric, count: count))
    try TraceFile.publish(trace, to: folder.file())
    let read = try TraceFile.read(folder.file())
    #expect(read == trace)
    #expect(read.trajectory == nil && read.candidates?.metric == metric)
    if count == 5 {
      let rows = try #require(read.candidates?.rows)
      #expect(rows.map(\.value) == [0.5, nil, 0.625, 0.6875, nil])
      #expect(rows[1].loss == nil && rows[3].loss == 1.25)
      #expect(rows[2].genotypes == ["u0=gelu b0=left", "u0=beta(0.2) b0=add"])
    }
  }

  @Test("a checkpoint gives them back whole")
  func checkpoint() throws {
    let original = Self.history()
    var (copy, coder) = (original, StateCoder())
    copy.code(&coder)
    var back = CandidateHistory(metric: "accuracy")
    var reader = StateCoder(restoring: try Checkpoint(bytes: try coder.finish().bytes))
    back.code(&reader)
    _ = try reader.finish()
    #expect(back == original)
  }

  @Test("tables have the columns of the file")
  func table() {
    let table = Self.history().table
    #expect(
      table.columns.map(\.name) == [
        "candidate", "function", "genotype", "digest", "value", "loss", "elapsed_seconds",
      ])
    #expect(table.csv.split(separator: "\n")[2].hasSuffix(",00112233aabbccd1,,,1.0"))
  }
}
