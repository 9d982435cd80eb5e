import Activations
import Datasets
import Evaluation
import Files
import Foundation
import Runs
import Settings
import Trials

/// What the options of `evaluate` ask for, once everything named in them has been found.
struct EvaluationRequest {
  /// What to do.
  let plan: EvaluationPlan
  /// Where the results go.
  let folder: EvaluationFolder
  /// Lines about what was passed over.
  let warnings: [String]
  /// The folders of the runs whose functions are evaluated.
  let runFolders: [String]
  /// A line about the run that nobody named; nil if functions were named.
  let notice: String?
  /// A line for each data set that is left out, with the way to get it.
  let missing: [String]
  /// A line for each data set with the folder in which it was found.
  let dataPlaces: [String]
  /// Whether one of them was named in the options.
  let lacksDemandedData: Bool

  /// A network on a data set, by their names.
  private struct Pair: Hashable {
    let network: String
    let dataset: String
  }

  /// Where a function is tried that was found elsewhere (GRAFS, section 4).
  private static let paperTransfer = [
    Pair(network: "resnet32", dataset: "cifar10"), Pair(network: "resnet56", dataset: "cifar10"),
    Pair(network: "resnet20", dataset: "cifar100"), Pair(network: "resnet20", dataset: "svhn"),
  ]

  /// Reads the options, the functions and the data sets.
  ///
  /// - Throws: One-line errors that name the option or file, and the cure.
  init(_ command: EvaluateCommand) throws {
    try Self.check(command)
    let newest =
      command.transfer && command.functions.isEmpty && command.functionsOption == nil
      ? try NewestRun(below: "runs") : nil
    let requested =
      try newest.map { [$0.function] } ?? command.functions.map { try RequestedFunction($0) }
    let given = requested.map {
      Contender($0, limits: command.bound?.limits, scalars: command.scalars)
    }
    let baselines = try Self.baselines(command, hasFunctions: !given.isEmpty)
    try Self.checkScalars(command, requested, baselines)
    let runs = requested.compactMap(\.run)
    runFolders = runs.map(\.folder)
    // Where all runs are of one network, or of one data set, that is meant.
    let home = runs.count == 1 ? runs[0] : nil
    let networks = Set(runs.map(\.result.network))
    let datasets = Set(runs.map(\.result.dataset))
    let resolved = try command.resolved(
      network: networks.count == 1 ? networks.first ?? "resnet20" : "resnet20",
      dataset: datasets.count == 1
        ? datasets.first ?? DatasetCatalog.defaultName : DatasetCatalog.defaultName)
    let configuration = resolved.configuration
    if configuration.learningRates.isChoice { try Self.checkFiles(command, withRates: true) }
    let own = Pair(network: configuration.network, dataset: configuration.dataset)
    let pairs = try Self.pairs(
      own, isNamed: !resolved.named.isDisjoint(with: ["network", "data"]), command)
    let demanded =
      Self.words(command.datasets ?? "")
      + (resolved.named.contains("data") ? [configuration.dataset] : [])
    let found: Found
    do {
      found = try Self.places(
        pairs, configuration, demanded: demanded, locations: command.dataOptions.locations)
    } catch let error as ImpossibleValue {
      throw command.recipe.located(
        error, others: command.ownSettings, inFile: resolved.namedInFile)
    }
    let usual =
      command.baselines == nil
      ? try found.places.map(\.usualActivation).uniqued.map { try Contender(baseline: $0) } : []
    let contenders = Contender.merged(given: given, baselines: usual + baselines)
    for place in found.places { try place.check(contenders) }
    warnings =
      (newest?.passedOver ?? []) + ([resolved.warning] + requested.map(\.warning)).compactMap { $0 }
    notice = newest?.notice
    dataPlaces = found.folders
    missing = found.absent.map { "left out: \($0.error)" }
    lacksDemandedData = found.absent.contains { demanded.contains($0.name) }
    plan = EvaluationPlan(
      contenders, at: found.places.map(\.place), seeds: configuration.allSeeds,
      recipe: configuration.recipe, multiples: configuration.learningRates,
      scoresEveryEpoch: command.testEveryEpoch,
      savesWeights: command.saveWeights)
    folder = EvaluationFolder(
      path: command.output ?? home.map { EvaluationFolder.path(inRun: $0.folder) }
        ?? RunFolder.defaultPath(
          kind: "evaluation", network: own.network, dataset: own.dataset, date: Date()))
  }

  private typealias Absent = (name: String, error: DatasetError)
  private typealias Found = (places: [EvaluationPlace], folders: [String], absent: [Absent])

  /// Looks for the data, one set after another, and makes sure that the networks take them.
  private static func places(
    _ pairs: [Pair], _ configuration: EvaluationConfiguration, demanded: [String],
    locations: DataLocations
  ) throws -> Found {
    let catalog = Offered.catalog.trials
    let entries = try pairs.map { try catalog.model(named: $0.network) }
    var places: [Pair: EvaluationPlace] = [:]
    var folders: [String] = []
    var absent: [Absent] = []
    for name in pairs.map(\.dataset).uniqued {
      let dataset: any Dataset
      do throws(DatasetError) {
        dataset = try catalog.datasets.load(name, from: locations)
      } catch {
        switch error.problem {
        case .notFound: break
        // Only a part of it is there, and nobody asked for it.
        case .missingFile where !demanded.contains(name): break
        default: throw error
        }
        absent.append((name, error))
        continue
      }
      if let folder = (dataset as? ImageDataset)?.folder {
        folders.append("data: \(name) (\(folder))")
      }
      for (pair, entry) in zip(pairs, entries) where pair.dataset == name {
        places[pair] = try EvaluationPlace(
          entry, on: dataset, trainImages: configuration.trainImages,
          recipe: configuration.recipe, choosesRates: configuration.learningRates.isChoice)
      }
    }
    if places.isEmpty, let first = absent.first { throw first.error }
    return (pairs.compactMap { places[$0] }, folders, absent)
  }

  private static func baselines(
    _ command: EvaluateCommand, hasFunctions: Bool
  ) throws -> [Contender] {
    let names =
      switch command.baselines {
      case nil: Baselines.grafs.map(\.name)
      case "none": [String]()
      case let text?: words(text).flatMap(Self.names)
      }
    guard hasFunctions || !names.isEmpty else {
      throw RunError(
        "there is nothing to evaluate",
        cure: "give a run, an operation's name or a formula, or leave out --baselines none")
    }
    guard hasFunctions || command.bound == nil else {
      throw RunError("--bound needs a function", cure: "baselines stay as they are")
    }
    return try names.map { try Contender(baseline: $0) { command.scalars?.applied(to: $0) ?? $0 } }
  }

  /// Whether there is something that the placement of scalars is for.
  private static func checkScalars(
    _ command: EvaluateCommand, _ requested: [RequestedFunction], _ baselines: [Contender]
  ) throws(RunError) {
    guard let scalars = command.scalars else { return }
    let isTrained =
      requested.contains { $0.function.isTrained }
      || baselines.contains { $0.function.isTrained || $0.name.hasSuffix(" scalars fixed") }
    guard isTrained else {
      throw RunError(
        "--scalars \(scalars.rawValue) is for functions whose scalars are trained",
        cure: "give one, such as 'swish' or 'β * tanh(x)', or leave it out")
    }
  }

  /// What a word of `--baselines` stands for: a function, or several.
  private static func names(_ word: String) -> [String] {
    switch word {
    case "all": Baselines.all.map(\.name)
    case "published": Baselines.published.map(\.name)
    default: [word]
    }
  }

  /// The networks and data sets: the own pair, or the matrix of `--transfer`, in which the own pair
  /// comes first where it is asked for.
  private static func pairs(
    _ own: Pair, isNamed: Bool, _ command: EvaluateCommand
  ) throws -> [Pair] {
    guard command.transfer else { return [own] }
    var pairs = paperTransfer
    let isMatrix = command.networks != nil || command.datasets != nil
    if isMatrix {
      let networks = command.networks.map(words) ?? [own.network]
      let datasets = command.datasets.map(words) ?? [own.dataset]
      pairs =
        datasets.flatMap { dataset in
          networks.map { Pair(network: $0, dataset: dataset) }
        }.uniqued
    }
    // What was named is wanted, unless it only completes the matrix.
    guard isNamed && !isMatrix || pairs.contains(own) else { return pairs }
    return [own] + pairs.filter { $0 != own }
  }

  static func words(_ text: String) -> [String] {
    var (words, depth) = ([""], 0)
    for character in text {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if character == ",", depth <= 0 {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

extension Array where Element: Hashable {
  /// Every element once, where it stands first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
