import ArgumentParser
import Datasets
import Files
import Foundation
import Reports
import Runs
import Search
import Settings
import Suggestions
import Traces
import Trials

/// Searches an activation function.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Searches the activation function that suits a network and a data set.",
    discussion: """
      Options come from --preset, then --config, then --set, then the others.
      The run's folder gets trace.h5, the whole trajectory, which may be opened at
      any time, config.yaml and result.json; and checkpoints while it lasts. At the
      end a race of trainings chooses among the function found, its neighbors and
      the usual functions, and says how sure that is (--set race=off: without).
      A search that was stopped or killed goes on with --resume and its folder.

      EXAMPLES
        grafs-swift search resnet20
        grafs-swift search resnet32 --data cifar10 --preset standard --seed 3
        grafs-swift search --config runs/first/config.yaml --output runs/again
        grafs-swift search --method darts --set shrinking=off --dry-run
        grafs-swift search --method random --set budget=20 --jobs 2
        grafs-swift search --resume runs/first
      """)

  @Argument(
    help: """
      The network: \(Offered.catalog.trials.models.names.joined(separator: ", ")). \
      (default: resnet20)
      """)
  var network: String?

  @Option(
    help: """
      Where the options start: quick (minutes), standard (half an hour), paper. (default: quick)
      """)
  var preset: SearchPreset?

  @OptionGroup var recipe: RecipeOptions

  @Option(
    help: """
      How a function is searched: \(Self.methods.joined(separator: ", ")). (default: drnas)
      """)
  var method: String?

  @OptionGroup var dataOptions: DataOptions

  @Option(
    parsing: .unconditional,
    help: "Search with so many seeds, from --seed on, each in a folder of its own.")
  var seeds = 1

  @Option(
    parsing: .unconditional,
    help: "Searches, with --seeds, or trainings of candidates and of the race side by side.")
  var jobs = 1

  @Option(
    parsing: .unconditional,
    help: "The part of the training images that judges functions, from 0 to 1.")
  var validationFraction: Double?

  @Option(parsing: .unconditional, help: "Learning rate of the architecture parameters.")
  var architectureLearningRate: Double?

  @Option(help: "The run's folder. (default: runs/<network>-<data>-<time>)")
  var output: String?

  @Option(help: "Go on with the stopped search in this folder; other options must agree with it.")
  var resume: String?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Run the race once the search has ended; with race=off, train the network with its usual \
      activation. (default: --compare; with --resume as the search began)
      """)
  var compare: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Evaluate cells for every element instead of interpolating: slow, the reference.")
  var exact: Bool?

  @Flag(help: "Print the resolved configuration, the drops, and estimates of time and memory.")
  var dryRun = false

  @Flag(help: "Replace an earlier run in the folder.")
  var force = false

  @Flag(help: "Print result.json's contents, or the plan, as JSON.")
  var json = false

  @Option(
    parsing: .unconditional,
    help: "How long search and race may take together, such as 30m: sets race-budget.")
  var budget: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A function that starts in the race besides: a formula, or the run that found it; may be "
        + "given several times.", valueName: "function"))
  var raceWith: [String] = []

  @OptionGroup var machine: MachineOptions

  func run() throws {
    try OutputFolder.checkName(resume, option: "--resume")
    try OutputFolder.checkName(output, option: "--output")
    if let resume { return try resumeRun(in: resume) }
    var (configuration, named) = try resolved()
    let counts = [
      ("seeds", seeds, CommandBounds.seeds), ("jobs", jobs, CommandBounds.jobs),
    ]
    for (option, count, possible) in counts {
      let (least, most) = (possible.lowerBound, possible.upperBound)
      try ImpossibleValue.check(count >= least, option, count, mustBe: "at least \(least)")
      try ImpossibleValue.check(count <= most, option, count, mustBe: "at most \(most)")
    }
    let left = UInt64.max - configuration.search.task.seed
    try ImpossibleValue.check(
      UInt64(seeds - 1) <= left, "seeds", seeds,
      mustBe: "at most \(left &+ 1), as many as there are from --seed on")
    if jobs > 1, seeds == 1, !configuration.search.trainsCandidates {
      throw RunError(
        "--jobs needs --seeds, which says how many searches there are, a race, or a method that "
          + "trains candidates", cure: "leave it out")
    }
    if seeds > 1, dryRun {
      throw RunError(
        "--dry-run plans one search",
        cure: "leave out --seeds")
    }
    configuration = try budgeted(configuration, inFile: named)
    if seeds > 1 { return try searchSeeds(configuration, inFile: named) }
    let folder = RunFolder(
      path: output
        ?? RunFolder.defaultPath(
          network: configuration.network, dataset: configuration.dataset, date: Date()))
    // A plan that cannot be carried out is none: --dry-run refuses the same folders.
    try folder.check(replacing: force)
    try search(configuration, in: folder, inFile: named)
  }

  /// The names of all methods.
  private static var methods: [String] {
    RelaxedMethod.names + Offered.catalog.proposers.map(\.name)
  }

  /// Searches, and prints what was found; or prints the plan.
  ///
  /// - Parameters:
  ///   - configuration: What is to be done.
  ///   - folder: The run's folder.
  ///   - resumed: The lock of a folder whose run goes on; nil for a run that begins.
  ///   - named: The settings that `--config` gives.
  /// - Throws: One-line errors if something cannot be read or written, or the search has diverged;
  ///   the status of an interruption.
  func search(
    _ configuration: RunConfiguration, in folder: RunFolder, resuming resumed: FolderLock? = nil,
    inFile named: Set<String> = []
  ) throws {
    let problem = try problem(configuration, inFile: named)
    if dryRun {
      let plan = try SearchPlan(problem, device: machine.device())
      return json
        ? try StandardOutput.write(plan.json()) : try StandardOutput.show(plan.description)
    }
    let run = try run(of: problem, in: folder)
    let lock = try resumed ?? folder.prepare(replacing: force)
    let result: SearchResult
    do {
      result = try run.search(
        resuming: resumed != nil, compares: compare, holding: lock)
    } catch let interruption as Interruption {
      throw stopped(by: interruption, folder: folder)
    }
    try show(result, in: folder)
    if result.status != Trace.Status.finished.rawValue {
      let isClipped = configuration.search.task.recipe.gradientClip != nil
      throw RunError(
        "the search has diverged, a loss was not finite",
        cure: "try a smaller --learning-rate" + (isClipped ? "" : ", or --set gradient-clip=5"))
    }
  }

  /// Model and data of a configuration, with a race that can tell functions apart, if any.
  func problem(
    _ configuration: RunConfiguration, inFile named: Set<String> = [], checksRace: Bool = true
  ) throws -> RunProblem {
    do {
      let problem = try RunProblem(
        configuration, from: Offered.catalog, locations: dataOptions.locations)
      if checksRace { try problem.checkRace() }
      return problem
    } catch let error as ImpossibleValue {
      throw recipe.located(error, others: ownSettings, inFile: named)
    }
  }

  /// A run that has not begun; its candidates are trained by workers, if --jobs says so.
  func run(of problem: RunProblem, in folder: RunFolder) throws -> SearchRun {
    var run = SearchRun(
      problem, folder: folder,
      origin: RunOrigin(
        programVersion: ProgramVersion.current,
        commandLine: CommandLine.arguments.joined(separator: " ")),
      progress: ProgressReport(isQuiet: machine.quiet), device: try machine.device())
    if jobs > 1 {
      var arguments = ["--threads", String(max(1, try machine.threadCount() / jobs))]
      if let folder = dataOptions.dataDir { arguments += ["--data-dir", folder] }
      run.workers = TrialsInWorkers(
        executable: ProgramVersion.executable, width: jobs
      ) { [arguments] store in ["trial-worker", "--output", store.url.path] + arguments }
    }
    return run
  }

  /// Prints what was found.
  func show(_ result: SearchResult, in folder: RunFolder) throws {
    if json {
      try StandardOutput.write(result.json())
    } else {
      try StandardOutput.show(result.summary(folder: folder))
    }
  }

  /// Preset, then file, then options; and the names of the settings that the file gives.
  func resolved() throws -> (configuration: RunConfiguration, namedInFile: Set<String>) {
    var configuration = RunConfiguration(
      network: "resnet20", dataset: DatasetCatalog.defaultName,
      search: (preset ?? .quick).configuration)
    var named: Set<String> = []
    var isRecord = false
    if let config = recipe.config {
      // Once: it may be a pipe.
      let values = try ConfigurationFile.values(in: config)
      isRecord = RecordedConfiguration.isRecord(values)
      if isRecord { configuration = .beforeAnySetting }
      try ConfigurationFile.assign(
        values, from: config, to: &configuration, Offered.catalog.settings)
      named = Set(values.map(\.name))
    }
    let resolved = try options(over: configuration, inFile: named)
    // The record of a run names every setting, also what nobody asked for.
    try refuseLateShrinking(resolved, inFile: isRecord ? [] : named)
    return (resolved, named)
  }

  /// A configuration with the options in place of its values.
  func options(
    over base: RunConfiguration, inFile named: Set<String> = []
  ) throws -> RunConfiguration {
    var configuration = base
    let table = Offered.catalog.settings
    if let method, !Self.methods.contains(method) {
      throw RunError(
        "--method: there is no method '\(method)'",
        cure: namesInstead(of: method, known: Self.methods))
    }
    // With the method, which decides what other settings there are; of two the last one holds.
    var assignments = method.map { ["method=\($0)"] } ?? []
    if let functions = try functionsForRace() { assignments.append("race-with=\(functions)") }
    try recipe.apply(
      to: &configuration, table, assignments: assignments, others: ownSettings, inFile: named)
    if !raceWith.isEmpty, !configuration.search.task.race.isOn {
      throw RunError("--race-with is of a search with a race", cure: "leave it out, or set race=on")
    }
    return configuration
  }

  /// The command's own options that are settings.
  private var ownSettings: [RecipeOptions.OptionalSetting] {
    [
      ("network", network), ("data", dataOptions.data), ("validation-fraction", validationFraction),
      ("architecture-learning-rate", architectureLearningRate), ("exact", exact),
    ]
  }
}

extension SearchPreset: ExpressibleByArgument {}
