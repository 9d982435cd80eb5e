import Foundation
import TestSupport
import Testing

/// `evaluate --jobs` hands trainings to workers.
@Suite(
  "Workers of an evaluation",
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/ps"), "there is no ps"))
struct EvaluationWorkersTests {
  private let fixture: EvaluationFixture

  init() throws { fixture = try EvaluationFixture() }

  /// The processes that work for this fixture.
  private func workers() throws -> Set<Int32> {
    let list = try BuiltCommand(shell: "ps -ww -eo pid,stat,args", in: fixture.folder).output
    let own = list.split(separator: "\n").filter {
      $0.contains("trial-worker") && $0.contains(fixture.folder.path)
    }
    return Set(
      own.compactMap { line in
        let words = line.split(separator: " ")
        // One that has ended and waits for its parent to notice does no more work.
        return words[1].hasPrefix("Z") ? nil : Int32(words[0])
      })
  }

  /// Begins an evaluation with two workers, and waits until both are there.
  private func start(_ arguments: [String]) throws -> RunningCommand {
    let running = try RunningCommand(
      BuiltCommand.path, EvaluationFixture.arguments(arguments + ["--jobs", "2"]),
      in: fixture.folder)
    let end = ContinuousClock.now + .seconds(20)
    while running.isRunning, try workers().count < 2, ContinuousClock.now < end { usleep(5000) }
    return running
  }

  @Test("live for many trainings, and come to what one process comes to")
  func lives() throws {
    let arguments = ["relu", "elu", "prelu", "--seeds", "5", "--quiet"]
    let running = try start(arguments)
    var seen = try workers()
    while running.isRunning {
      seen.formUnion(try workers())
      usleep(10_000)
    }
    let command = try running.end()
    #expect(command.status == 0, "\(command.errors)")
    #expect(seen.count == 2, "15 trainings")
    let alone = try fixture.report(arguments + ["--output", "alone"])
    #expect(try fixture.saved().outcomes == alone.outcomes && alone.runs.count == 15)
    // Their standard input has ended with the command.
    #expect(try workers().isEmpty)
  }

  @Test("end with the process that began them, however it ends")
  func orphans() throws {
    let running = try start(["relu", "elu", "--seeds", "2", "--epochs", "400"])
    #expect(try workers().count == 2)
    running.kill()
    let end = ContinuousClock.now + .seconds(60)
    while try !workers().isEmpty, ContinuousClock.now < end { usleep(50_000) }
    #expect(try workers().isEmpty)
    #expect(fixture.jobs().isEmpty)
  }

  @Test("that are killed fail one training, which the same command repeats")
  func killed() throws {
    let arguments = ["relu", "elu", "--seeds", "3", "--epochs", "12", "--quiet"]
    let running = try start(arguments)
    let victim = try #require(try workers().first)
    #expect(kill(victim, SIGKILL) == 0)
    let command = try running.end()
    #expect(command.status == 1 && !command.wasKilled)
    #expect(
      command.errors.firstMatch(
        of:
          /^Error: 1 of 6 trainings failed, such as (relu|elu) on resnet20, fashion-mnist, seed \d/
      ) != nil, "\(command.errors)")
    #expect(command.errors.hasSuffix("; give the same command again to repeat them\n"))
    #expect(fixture.jobs().count == 5)
    #expect(try fixture.saved().runs.count == 5)
    let whole = try fixture.report(arguments + ["--output", "whole"])
    #expect(try fixture.report(arguments + ["--jobs", "2"]).outcomes == whole.outcomes)
  }

  @Test("leave a checkpoint when they are told to stop, and their trainings are not done")
  func stopped() throws {
    let running = try start(["relu", "prelu", "--epochs", "400", "--quiet"])
    usleep(700_000)
    for worker in try workers() { #expect(kill(worker, SIGINT) == 0) }
    let command = try running.end()
    #expect(command.status == 1, "\(command.errors)")
    let unfinished = fixture.jobs().filter { $0.pathExtension == "unfinished" }
    #expect(unfinished.count == 2)
  }

  /// A worker may begin only when the process that wanted it has ended already.
  @Test("train for their parent alone", arguments: [true, false])
  func parent(isParent: Bool) throws {
    _ = try fixture.evaluate(["relu", "--quiet"])
    let file = try #require(fixture.jobs().first)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let trial = try JSONSerialization.data(withJSONObject: #require(json?["trial"]))
    try fixture.folder.write(Array(trial), to: "trial.json")
    let process = isParent ? "$$" : "1"
    let command = try BuiltCommand(
      shell:
        "mkdir -p again/jobs; echo '{\"process\":'\(process)',\"trial\":'$(cat trial.json)'}' "
        + "| \"$0\" trial-worker --output again/jobs --threads 1 --data-dir \(SearchFixture.data)",
      in: fixture.folder)
    #expect(command.status == 0 && command.errors == "", "\(command.errors)")
    #expect(command.output == (isParent ? "done\n" : ""))
    #expect(
      fixture.jobs(in: "again").map(\.lastPathComponent)
        == (isParent ? [file.lastPathComponent] : []))
  }

  @Test("answer a line for each, also to one that is no training")
  func answers() throws {
    let command = try BuiltCommand(
      shell: "printf '{}\\n[\\n' | \"$0\" trial-worker --output out --threads 1",
      in: fixture.folder)
    #expect(command.status == 0 && command.errors == "")
    let lines = command.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.count == 3 && lines[2] == "" && lines.prefix(2).allSatisfy { $0.hasPrefix("failed ") })
  }
}
