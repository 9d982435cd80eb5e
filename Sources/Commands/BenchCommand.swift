import ArgumentParser
import Benchmarks
import Files
import Foundation
import Processes
import Reports
import Runs
import Settings
import Tensors

/// Measures this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures training and search on this machine.",
    usage: "grafs-swift bench [<options>]",
    discussion: """
      ResNet-20 on 32×32 color images of noise, batch 128; medians of rounds in
      which everything is measured in turn. References: the highest rate of
      multiply-adds in registers, the training step with ReLU, one thread.

      EXAMPLES
        grafs-swift bench
        grafs-swift bench --threads 4 --json
      """)

  @Option(help: "Measurements of each step.")
  var rounds = 15

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: .hidden)
  var only: StepCost.Workload?

  @OptionGroup var machine: MachineOptions

  func run() throws {
    guard rounds >= 1 else {
      throw ImpossibleValue(
        setting: "rounds", complaint: "is \(rounds), but must be at least 1")
    }
    let threads = try machine.threadCount()
    if let only {
      let cost = try StepCost(of: only, steps: rounds, threads: threads)
      return try StandardOutput.write(SortedJSON.data(cost, keys: .asNamed, isPretty: false))
    }
    let progress = ProgressReport(isQuiet: machine.quiet)
    let report = try Benchmark(
      threads: threads, machine: Machine.description(threads: threads)
    ).run(
      rounds: rounds, cost: { try measuredElsewhere($0, threads: threads) },
      report: { progress.line($0) })
    let text = json ? String(decoding: try report.json(), as: UTF8.self) : report.text
    try StandardOutput.write(text)
  }

  /// Runs this command in a process of its own, for a peak of memory that nothing else has raised.
  private func measuredElsewhere(
    _ workload: StepCost.Workload, threads: Int
  ) throws -> StepCost {
    let process = try ChildProcess(
      ProgramVersion.executable,
      ["bench", "--only", workload.rawValue, "--rounds", "2", "--threads", String(threads)],
      output: .pipe)
    let output = process.readToEnd()
    _ = process.wait()
    guard let cost = try? SortedJSON.value(StepCost.self, from: output, keys: .asNamed) else {
      throw RunError(
        "the measurement of memory ended without a figure",
        cure: "give the command again")
    }
    return cost
  }
}

extension StepCost.Workload: ExpressibleByArgument {}
