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
        "gemm", "conv_1x1",
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
    let unknown = try BuiltCommand(["bench", "--networks", "lenet5,lenet6"])
    #expect(unknown.status != 0)
    #expect(
      unknown.errors == "Error: --networks: 'lenet6' is no network; give some of those that "
        + "search --help lists\n")
  }

  @Test("a network's training step is measured in a process of its own")
  func network() throws {
    let run = try BuiltCommand(
      ["bench", "--only", "training", "--network", "lenet5", "--rounds", "1", "--threads", "1"])
    #expect(run.status == 0 && run.output.contains("seconds"))
  }

  /// Both ways to multiply end with about the same loss; anything else is refused.
  @Test("the environment says what multiplies", arguments: ["own", "openblas", "cublas"])
  func products(wish: String) throws {
    let fixture = try SearchFixture()
    let run = try BuiltCommand(
      shell: "GRAFS_PRODUCTS=\(wish) exec \"$0\" evaluate relu --network lenet5 --baselines none "
        + "--seeds 1 --epochs 1 --train-images 64 --batch-size 8 --json --quiet --data-dir "
        + SearchFixture.data, in: fixture.folder)
    guard wish != "cublas" else {
      #expect(run.status != 0)
      return #expect(
        run.errors == "Error: GRAFS_PRODUCTS is 'cublas'; give own or openblas, or unset it\n")
    }
    #expect(run.status == 0, "\(run.errors)")
  }
}
