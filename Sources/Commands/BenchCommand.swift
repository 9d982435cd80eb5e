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

  @Option(
    help: ArgumentHelp(
      "Networks whose training is measured too, a row each, such as 'resnet56,lenet5'.",
      valueName: "names"))
  var networks: String?

  @Option(help: .hidden)
  var only: StepCost.Workload?

  @Option(help: .hidden)
  var network: String?

  @OptionGroup var machine: MachineOptions

  func run() throws {
    guard rounds >= 1 else {
      throw ImpossibleValue(
        setting: "rounds", complaint: "is \(rounds), but must be at least 1")
    }
    let threads = try machine.threadCount()
    try MatrixProduct.prepare(on: Device(threads: threads))
    guard network == nil || only == .training else {
      throw ImpossibleValue(
        setting: "network", complaint: "is for --only training; give --networks for rows of it")
    }
    if let only {
      let cost =
        try network.map { try StepCost(training: $0, steps: rounds, threads: threads) }
        ?? StepCost(of: only, steps: rounds, threads: threads)
      return try StandardOutput.write(SortedJSON.data(cost, keys: .asNamed, isPretty: false))
    }
    let networks = try networkNames
    let progress = ProgressReport(isQuiet: machine.quiet)
    var report = try Benchmark(
      threads: threads, machine: Machine.description(threads: threads)
    ).run(
      rounds: rounds, cost: { try measuredElsewhere($0, threads: threads) },
      report: { progress.line($0) })
    for name in networks {
      progress.line(name)
      report.add(
        try measuredElsewhere(.training, threads: threads, network: name), training: name)
    }
    let text = json ? String(decoding: try report.json(), as: UTF8.self) : report.text
    try StandardOutput.write(text)
  }

  /// The networks asked for, checked before anything is measured.
  private var networkNames: [String] {
    get throws {
      let names = (networks ?? "").split(separator: ",")
        .map { $0.trimmingCharacters(in: .whitespaces) }
      for name in names { try StepCost.check(network: name) }
      return names
    }
  }

  /// Runs this command in a process of its own, for a peak of memory that nothing else has raised.
  private func measuredElsewhere(
    _ workload: StepCost.Workload, threads: Int, network: String? = nil
  ) throws -> StepCost {
    let process = try ChildProcess(
      ProgramVersion.executable,
      ["bench", "--only", workload.rawValue, "--rounds", network == nil ? "2" : "3"]
        + ["--threads", String(threads)] + (network.map { ["--network", $0] } ?? []),
      output: .pipe)
    let output = process.readToEnd()
    _ = process.wait()
    guard let cost = try? SortedJSON.value(StepCost.self, from: output, keys: .asNamed) else {
      throw RunError(
        "the measurement of \(network ?? "memory") ended without a figure",
        cure: "give the command again")
    }
    return cost
  }
}

extension StepCost.Workload: ExpressibleByArgument {}
