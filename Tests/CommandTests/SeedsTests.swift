import Foundation
import TestSupport
import Testing

@Suite("Searches with several seeds")
struct SeedsTests {
  @Test("each seed has a run of its own, the same as alone; finished ones are not repeated")
  func seeds() throws {
    let fixture = try SearchFixture()
    let arguments = ["--seeds", "2", "--seed", "4", "--json"]
    let command = try fixture.search(arguments + ["--jobs", "2"])
    #expect(command.status == 0, "\(command.errors)")
    let alone = try fixture.saved(["--seed", "5"], as: "alone")
    let run = try SavedRun(fixture.folder.file("run/seed-5"))
    #expect(run.trajectory == alone.trajectory)
    #expect(try run.resultWithoutTimes == alone.resultWithoutTimes)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    let functions = try #require(summary["functions"] as? [[String: Any]])
    #expect(functions.compactMap { $0["seeds"] as? [Int] }.flatMap { $0 }.sorted() == [4, 5])

    let file = fixture.folder.file("run/seed-4/result.json").path
    let before = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    let again = try fixture.search(arguments)
    #expect(again.status == 0 && again.output == command.output)
    let after = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    #expect(before == after)

    // One that was stopped goes on from its last checkpoint; here from none, so from the start.
    try FileManager.default.removeItem(at: fixture.folder.file("run/seed-5/result.json"))
    let resumed = try fixture.search(arguments)
    #expect(resumed.status == 0 && resumed.output == command.output, "\(resumed.errors)")
    #expect(try SavedRun(fixture.folder.file("run/seed-5")).trajectory == run.trajectory)

    let other = try fixture.search(arguments + ["--set", "bound=5"])
    #expect(other.status != 0)
    #expect(other.errors.contains("holds runs of another configuration; give --force"))
  }

  @Test("impossible numbers are refused", arguments: ["--seeds", "--jobs"])
  func impossible(option: String) throws {
    let command = try SearchFixture().search([option, "0"])
    #expect(command.status != 0)
    #expect(command.errors == "Error: \(option) is 0, but must be at least 1\n")
  }
}
