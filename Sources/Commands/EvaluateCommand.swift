import Activations
import ArgumentParser
import Datasets
import Evaluation
import Files
import Foundation
import Reports
import Runs
import Trials

/// Trains networks with given functions and with baselines, and compares their test accuracies.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Trains networks with activation functions and baselines, and compares them.",
    discussion: """
      Every function is trained with the same recipe, seeds and order of images,
      and scored once on the test images. Differences to the baselines are tested,
      seed by seed, and corrected for their number: 'better' and 'worse' are said
      at a level of 5 % for a whole table, and only of two seeds or more.

      prelu and swish by name have a scalar of their own, which is trained; in a
      formula scalars are numbers, swish(x, 2), or trained: β1 * swish(x, β2 = 1.5).
      --scalars says whose own they are: each site's, if nothing else is said.

      A function stands at all activation sites; 'stage0: relu(x); stage1: silu(x);
      stage2: x' gives each stage its own, and site0, site1, … each site.

      A run's function is trained exactly as it was found: every operation, all
      digits, operations bounded as in the search. --bound gives it, and all others
      but the baselines, another bound or none; a formula may say its own, such as
      'x^2 within 10'.

      Each training has a file in the output folder: give the command again with the
      same --output, and those that are finished are not repeated.

      Options come from --preset, then --config, then --set, then the others. The
      configuration of a search may be given: settings that only a search has are
      passed over.

      EXAMPLES
        grafs-swift evaluate runs/first --jobs 2
        grafs-swift evaluate runs/first --preset paper --transfer
        grafs-swift evaluate 'sigmoid(gelu(x)) * gelu(x)' --data cifar10 --seeds 5
        grafs-swift evaluate relu silu --baselines none --seeds 1 --epochs 3
      """)

  @Argument(
    help: """
      Runs of search, operations by name, such as relu, or formulas, such as \
      'sigmoid(x) * gelu(x)'. (default: the baselines alone; with --transfer the newest finished \
      search below runs)
      """)
  var functions: [String] = []

  @Option(
    name: .customLong("functions"),
    help: ArgumentHelp("With --transfer: the baselines alone.", valueName: "none"))
  var functionsOption: String?

  @Option(
    help: """
      The network: \(Offered.catalog.trials.models.names.joined(separator: ", ")). \
      (default: the run's, or resnet20)
      """)
  var network: String?

  @OptionGroup var dataOptions: DataOptions

  @Option(
    help: """
      The functions to compare with, joined by commas; none; all: \
      \(Baselines.all.map(\.name).joined(separator: ", ")); or published, what searches have \
      found: \(Baselines.published.map(\.name).joined(separator: ", ")). (default: \
      the network's usual one, and \(Baselines.grafs.map(\.name).joined(separator: ",")))
      """)
  var baselines: String?

  @Flag(
    help: """
      Evaluate on larger networks and other data: ResNet-32 and -56 on CIFAR-10, ResNet-20 on \
      CIFAR-100 and SVHN, or what --networks and --datasets say.
      """)
  var transfer = false

  @Option(help: "With --transfer: networks, joined by commas, each on all --datasets.")
  var networks: String?

  @Option(help: "With --transfer: data sets, joined by commas.")
  var datasets: String?

  @Option(
    help: """
      How long to train: quick (minutes), standard (hours), paper (200 epochs). (default: quick)
      """)
  var preset: EvaluationPreset?

  @OptionGroup var recipe: RecipeOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Multiples of the learning rate, joined by commas, such as 0.5,1,2: the report also has each \
      function at the one that suits it, chosen on a part of the training images.
      """, valueName: "multiples"))
  var learningRates: String?

  @Option(parsing: .unconditional, help: BoundOption.help)
  var bound: BoundOption?

  @Option(
    help: """
      Where trained scalars of the functions and baselines are learned: one for the network, for \
      each site, for each channel; or fixed, where they start. (default: site)
      """)
  var scalars: ScalarsOption?

  @Option(
    parsing: .unconditional,
    help: "How many seeds each function is trained with. (default: 3, or 5 of other presets)")
  var seeds: Int?

  @Option(parsing: .unconditional, help: "Trainings that run side by side.")
  var jobs = 1

  @Flag(help: "Score the test images after every epoch as well.")
  var testEveryEpoch = false

  @Flag(
    help: """
      Keep the trained weights, one file of the format safetensors for each training, in the \
      folder of results.
      """)
  var saveWeights = false

  @Option(
    help: """
      The folder of results. (default: <run>/evaluation, or \
      runs/evaluation-<network>-<data>-<time>)
      """)
  var output: String?

  @Flag(help: "Discard trainings in the folder that were done otherwise.")
  var force = false

  @Flag(help: "List the trainings, which of them are done, and an estimate of time.")
  var dryRun = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Write the summary as CSV to this file, and the trainings to <name>-runs.csv.")
  var csv: String?

  @Option(help: "Write trainings and summary as HDF5 to this file.")
  var hdf5: String?

  @OptionGroup var machine: MachineOptions

  func run() throws {
    let request = try EvaluationRequest(self)
    let progress = ProgressReport(isQuiet: machine.quiet)
    for line in request.warnings + request.missing { progress.warning(line) }
    if let notice = request.notice { progress.line(notice) }
    _ = try machine.threadCount()
    if dryRun { return try printPlan(request) }
    let lock = try request.folder.lock()
    defer { withExtendedLifetime(lock) {} }
    for folder in request.runFolders { RunFolder(path: folder).removeLeftoversIfIdle() }
    let standing = try standing(of: request)
    for line in request.dataPlaces { progress.line(line) }
    for file in standing.damaged {
      progress.warning("\(file.relativePath): is damaged; what it was for is done again")
    }
    try request.folder.remove(standing.foreign + standing.damaged)
    if force { request.folder.store.removeCheckpoints(except: request.plan.trials) }
    let report: EvaluationReport
    do {
      report = try evaluate(request, finished: standing.results)
    } catch let interruption as Interruption {
      throw interruption.exit(goOnIn: output == nil ? request.folder.url.relativePath : nil)
    }
    try show(report, of: request)
  }

  private func evaluate(
    _ request: EvaluationRequest, finished: [Trial: TrialResult]
  ) throws -> EvaluationReport {
    try EvaluationRun(
      request.plan, in: request.folder, lacksData: request.lacksDemandedData,
      isQuiet: machine.quiet
    ).run(
      by: runner(savesWeights: saveWeights), deciding: runner(savesWeights: false),
      finished: finished)
  }

  private func runner(savesWeights: Bool) throws -> any TrialRunner {
    if jobs == 1 {
      return TrialsInProcess(
        catalog: Offered.catalog.trials, locations: dataOptions.locations,
        device: try machine.device(), savesWeights: savesWeights,
        progress: ProgressReport(isQuiet: machine.quiet))
    }
    var shared = ["--threads", "\(try machine.threadShare(of: jobs))"]
    if savesWeights { shared.append("--save-weights") }
    if let dataDir = dataOptions.dataDir { shared += ["--data-dir", dataDir] }
    return TrialsInWorkers(executable: ProgramVersion.executable, width: jobs) { [shared] store in
      ["trial-worker", "--output", store.url.path] + shared
    }
  }

  private func show(_ report: EvaluationReport, of request: EvaluationRequest) throws {
    // A table that goes to standard output stands there alone.
    let isTaken = [csv, hdf5].contains { $0.map(StandardOutput.isMeant(by:)) == true }
    if json {
      try StandardOutput.write(try report.json())
    } else if !isTaken {
      let missing = request.missing.map { "\n\($0)\n" }.joined()
      try StandardOutput.showLine(
        report.text + missing + "\nresults: \(request.folder.report.relativePath)")
    }
    if let csv { try report.writeCSV(to: csv) }
    if let hdf5 { try report.writeHDF5(to: hdf5) }
    if !report.diverged.isEmpty {
      throw RunError(
        "training with \(report.diverged.joined(separator: ", ")) has diverged, "
          + "a loss was not finite", cure: "try a smaller --learning-rate")
    }
    if request.lacksDemandedData {
      throw RunError(
        "not all data sets that were asked for are there", cure: "see above how to get them")
    }
  }

  private func printPlan(_ request: EvaluationRequest) throws {
    let agenda = try EvaluationAgenda(
      request.plan, standing: try standing(of: request), catalog: Offered.catalog.trials,
      locations: dataOptions.locations, device: machine.device())
    for line in request.dataPlaces { ProgressReport(isQuiet: machine.quiet).line(line) }
    if json {
      try StandardOutput.write(agenda.json())
    } else {
      try StandardOutput.show(agenda.text)
    }
  }

  /// What is done already, unless it was done otherwise.
  private func standing(of request: EvaluationRequest) throws -> EvaluationFolder.Standing {
    let standing = try request.folder.standing(of: request.plan)
    let count = standing.foreign.count
    guard count == 0 || force else {
      throw RunError(
        "\(request.folder.url.relativePath): holds \(count) training\(count == 1 ? "" : "s") with "
          + standing.differences.joined(separator: ", "),
        cure: "give the same options as then, another --output, or --force to discard them")
    }
    return standing
  }
}

extension EvaluationPreset: ExpressibleByArgument {}
