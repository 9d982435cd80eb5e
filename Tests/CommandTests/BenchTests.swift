import Foundation
import TestSupport
import Testing
import Traces

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
    let search = try BuiltCommand(["bench", "--only", "search", "--network", "lenet5"])
    #expect(search.status != 0 && search.errors.contains("--network is for --only training"))
  }

  /// Both ways to multiply begin a search with about the same loss; anything else is refused.
  @Test("the environment says what multiplies")
  func products() throws {
    let fixture = try SearchFixture()
    func run(_ wish: String, _ words: [String]) throws -> BuiltCommand {
      try BuiltCommand(
        shell: "GRAFS_PRODUCTS=\(wish) exec \"$0\" " + words.joined(separator: " "),
        in: fixture.folder)
    }
    var losses: [Float] = []
    for (wish, engine) in [("own", "kernels of grafs-swift"), ("openblas", "OpenBLAS")] {
      let search = try run(wish, ["search", "--output", wish] + SearchFixture.tiny)
      #expect(search.status == 0, "\(search.errors)")
      let trace = try TraceFile.read(fixture.folder.file("\(wish)/trace.h5"))
      #expect(trace.header.blas.hasPrefix(engine), "\(trace.header.blas)")
      losses.append(try #require(trace.trajectory?.steps.first?.trainLoss))
    }
    #expect(abs(losses[0] - losses[1]) <= 1e-4 * losses[0])
    for words in [["bench", "--rounds", "1"], ["search"] + SearchFixture.tiny] {
      let refused = try run("cublas", words)
      #expect(refused.status != 0)
      #expect(
        refused.errors.contains(
          "Error: GRAFS_PRODUCTS is 'cublas'; give own or openblas, or unset it\n"))
    }
  }
}
