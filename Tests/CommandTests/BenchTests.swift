import Foundation
import Testing

@Suite("Bench")
struct BenchTests {
  /// No figure is checked here but that there is one: speed is a matter of `make bench`.
  @Test("--json holds the machine and a row for each measurement")
  func json() throws {
    let run = try BuiltCommand(
      ["bench", "--rounds", "1", "--threads", "2", "--quiet", "--json"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect((report["machine"] as? String)?.contains("2 threads") == true)
    let rows = try #require(report["rows"] as? [[String: Any]])
    #expect(
      rows.compactMap { $0["name"] as? String } == [
        "fma_peak", "train.resnet20", "search.weight_step", "search.architecture_step",
        "search.memory", "feeding.wait", "feeding.core", "threads.train", "threads.search",
      ])
    for row in rows {
      let value = try #require(row["value"] as? Double)
      #expect(value.isFinite && value >= 0)
      #expect(row["unit"] is String)
      #expect(row.keys.sorted() == ["goal", "name", "ratio", "reference", "unit", "value"])
      guard let reference = row["reference"] as? Double else { continue }
      let ratio = try #require(row["ratio"] as? Double)
      #expect(abs(ratio * reference - value) <= 1e-9 * max(1, value))
    }
  }

  @Test("impossible options are refused in one line")
  func impossible() throws {
    let run = try BuiltCommand(["bench", "--rounds", "0"])
    #expect(run.status != 0)
    #expect(run.errors == "Error: --rounds is 0, but must be at least 1\n")
  }
}
