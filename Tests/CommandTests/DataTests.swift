import Foundation
import TestSupport
import Testing

@Suite("Data")
struct DataTests {
  private struct Entry: Decodable {
    struct File: Decodable {
      let name: String
      let path: String?
      let bytes: Int?
      let md5: String?
      let check: String
    }

    let name: String
    let title: String
    let classes: [String]
    let trainingImages: Int
    let testImages: Int
    let height: Int
    let channels: Int
    let get: String
    let state: String
    let error: String?
    let foundTrainingImages: Int?
    let folder: String?
    let files: [File]
  }

  private func entries(_ run: BuiltCommand) throws -> [Entry] {
    try JSONDecoder().decode([Entry].self, from: Data(run.output.utf8))
  }

  /// A folder with a small MNIST.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try StripedImages().write(to: folder, as: "mnist")
    return folder
  }

  @Test("lists every data set: where it is, or how to get it; exit status 0")
  func list() throws {
    let folder = try folder()
    let run = try BuiltCommand(["data", "--data-dir", folder.path])
    #expect(run.status == 0 && run.errors == "")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("name") == true)
    for name in ["cifar10 ", "cifar100 ", "svhn ", "kmnist ", "emnist-letters "] {
      #expect(lines.contains { $0.hasPrefix(name) && $0.hasSuffix("not found") }, "\(name)")
    }
    #expect(
      lines.contains { $0.hasPrefix("mnist ") && $0.hasSuffix("found: \(folder.path)/mnist") })
    #expect(lines.contains { $0.hasPrefix("to get cifar100, cifar100-coarse: `") })
    #expect(!run.output.contains("to get mnist:"))
  }

  @Test("JSON has the same, and with --verify what was read")
  func json() throws {
    let folder = try folder()
    let listed = try entries(BuiltCommand(["data", "--json", "--data-dir", folder.path]))
    let mnist = try #require(listed.first { $0.name == "mnist" })
    #expect(mnist.state == "found" && mnist.folder == folder.path + "/mnist")
    #expect(mnist.trainingImages == 60_000 && mnist.testImages == 10_000 && mnist.height == 28)
    #expect(mnist.foundTrainingImages == nil && mnist.files.allSatisfy { $0.md5 == nil })
    let svhn = try #require(listed.first { $0.name == "svhn" })
    #expect(svhn.state == "absent" && svhn.channels == 3 && svhn.get.contains("train"))
    let run = try BuiltCommand(["data", "--verify", "--json", "--data-dir", folder.path])
    // Data sets that are not there are no failure when none was named.
    #expect(run.status == 0)
    let verified = try #require(try entries(run).first { $0.name == "mnist" })
    #expect(verified.state == "part" && verified.foundTrainingImages == 128)
    #expect(verified.files.allSatisfy { $0.md5?.count == 32 && $0.check == "other-size" })
  }

  @Test("a named data set is checked: a part is told, and is no failure")
  func part() throws {
    let folder = try folder()
    let run = try BuiltCommand(["data", "mnist"], environment: ["GRAFS_DATA": folder.path])
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output.contains("a part, 128 + 40 examples: \(folder.path)/mnist"))
    #expect(run.output.contains("not of the published length"))
    #expect(!run.output.contains("cifar"))
  }

  @Test("a damaged one is one line on standard error, exit status 1, and still in the table")
  func damaged() throws {
    let folder = try folder()
    let name = "mnist/t10k-labels-idx1-ubyte"
    try folder.write([0, 0, 8, 1, 0, 0, 0, 40, 1], to: name)
    for arguments in [["data", "mnist"], ["data", "--verify"], ["data", "mnist", "--json"]] {
      let run = try BuiltCommand(arguments + ["--data-dir", folder.path])
      #expect(run.status == 1)
      #expect(run.errorLines.count == 2 && run.errorLines[1] == "")
      #expect(run.errorLines[0].contains("\(folder.path)/\(name): truncated, expected 48 bytes"))
      #expect(run.output.contains("damaged"))
    }
  }

  @Test("a named one that is not there is a failure, an unknown one gets the nearest")
  func absent() throws {
    let folder = try folder()
    var run = try BuiltCommand(["data", "mnist", "svhn", "--data-dir", folder.path])
    #expect(run.status == 1)
    #expect(
      run.errorLines[0].contains("SVHN Core was not found; searched: \(folder.path), data "))
    #expect(run.errorLines[0].contains("; get it: `"))
    run = try BuiltCommand(["data", "cifr10"])
    #expect(run.status == 1 && run.output == "")
    #expect(
      run.errorLines == ["Error: there is no data set 'cifr10'; did you mean 'cifar10'?", ""])
    run = try BuiltCommand(["data", "--data-dir", folder.path + "/none"])
    #expect(run.status == 1)
    #expect(run.errorLines[0].contains("no such folder"))
  }
}
