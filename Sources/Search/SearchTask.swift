import Activations
import Datasets
import Foundation
import Networks
import Settings
import Training

/// What every search is given, whatever its method: the space, the data, how models are trained.
public struct SearchTask: Sendable, Hashable {
  /// Where the random numbers of all purposes come from.
  public var seed: UInt64 = 0
  /// How the weights are trained: over the length of a relaxed search, or of each training of a
  /// candidate.
  public var recipe: TrainingRecipe
  /// The first so many of the training examples are used; nil for all.
  public var trainImages: Int?
  /// The part of these examples, from the end, that judges functions.
  public var validationFraction = TrainingSplit.defaultFraction

  /// How the slots of a cell are connected, as `CellGraph(parsing:)` reads it.
  public var cell = "two-core-units"
  /// The operations of the slots, as `SearchSpace(graph:operations:)` reads them.
  public var operations = "grafs"
  /// Which parts of the network share a cell.
  public var scope = ActivationScope.network
  /// Which rule keeps operations from growing.
  public var boundingRule = BoundingRule.output
  /// ℓ of that rule.
  public var bound = 10.0
  /// How the search ends.
  public var race = RaceConfiguration()

  /// The task of the paper's search on ResNet-20 (Strack et al., 2024, appendix).
  public init() {
    recipe = TrainingRecipe(epochs: 50, batchSize: 64)
    recipe.accumulation = 2
  }

  /// The rule with its ℓ.
  public var bounding: Bounding {
    switch boundingRule {
    case .output: .output(bound)
    case .input: .input(bound)
    case .off: .off
    }
  }

  /// What the search chooses from.
  ///
  /// - Returns: The space of `cell` and `operations`.
  /// - Throws: `ImpossibleValue` if they do not make one.
  public func space() throws(ImpossibleValue) -> SearchSpace {
    do {
      return try SearchSpace(graph: cell, operations: operations)
    } catch .graph(let error) {
      throw ImpossibleValue(setting: "cell", complaint: "is '\(cell)', but \(error)")
    } catch {
      throw ImpossibleValue(
        setting: "operations", complaint: "is '\(operations)', but \(error)")
    }
  }

  /// What is wrong with one of the two texts of the space.
  fileprivate func fault(of setting: String) -> String? {
    do throws(ImpossibleValue) {
      _ = try space()
      return nil
    } catch {
      return error.setting == setting ? error.complaint : nil
    }
  }

  /// Checks the values that depend on how many examples there are.
  ///
  /// - Parameter dataset: Where they come from.
  /// - Throws: `ImpossibleValue`, naming the first setting that such a search cannot have.
  public func validate(on dataset: any Dataset) throws(ImpossibleValue) {
    let available = dataset.trainCount
    let count = trainImages ?? available
    try ImpossibleValue.check(
      count >= 2 && count <= available, "train-images", count,
      mustBe: "from 2 to \(available), the training images of \(dataset.name), or all")
    let split: TrainingSplit
    do {
      split = try self.split(of: dataset)
    } catch {
      if race.isOn, (try? withoutRace.split(of: dataset)) != nil {
        throw ImpossibleValue(
          setting: "judging-fraction",
          complaint:
            "is \(race.judgingFraction), but of \(count) images too few validate to choose "
            + "and to judge: give more train-images, or race=off")
      }
      let least = String(format: "%.2g", 0.5 / Double(count) * 1.01)
      throw ImpossibleValue(
        setting: "validation-fraction",
        complaint: "is \(validationFraction), but must be from \(least) to 1 − \(least), so that "
          + "some of \(count) images train the weights and some judge functions")
    }
    if race.isOn, split.validation.count < min(2, recipe.batchSize) {
      throw ImpossibleValue(
        setting: "judging-fraction",
        complaint: "is \(race.judgingFraction), and leaves \(split.validation.count) of "
          + "\(split.validation.count + split.judging.count) validation images to choose by: give "
          + "less, or race=off")
    }
    let parts = [split.training.count, split.validation.count]
    try recipe.validate(examples: parts[0], atMost: min(parts[0], parts[1]))
  }

  /// The same search without a race.
  private var withoutRace: SearchTask {
    var task = self
    task.race.isOn = false
    return task
  }

  /// Which training examples train the weights, and which judge functions.
  ///
  /// - Parameter dataset: Where they come from.
  /// - Returns: Both parts.
  /// - Throws: `DatasetError` if there are not so many.
  public func split(of dataset: any Dataset) throws(DatasetError) -> TrainingSplit {
    try TrainingSplit(
      of: dataset.trainCount, limit: trainImages, validationFraction: validationFraction,
      judgingFraction: race.isOn ? race.judgingFraction : 0)
  }
}

/// Which rule keeps operations from growing; see `Bounding`.
public enum BoundingRule: String, CaseIterable, Sendable {
  /// Outputs are clipped to ±ℓ (Strack et al., 2024).
  case output
  /// Arguments are clamped so that outputs stay within ±ℓ, as in the paper's released program.
  case input
  /// Nothing is clipped.
  case off
}

extension SearchTask {
  /// The settings of a task.
  public static let settings: [Setting<SearchTask>] =
    dataSettings + TrainingRecipe.settings.map { $0.inside(\.recipe) } + spaceSettings
    + RaceConfiguration.settings.map { $0.inside(\.race) }

  private static let dataSettings: [Setting<SearchTask>] = [
    Setting(
      "seed", \.seed, "a whole number, not negative",
      help: "Where the random numbers come from."),
    Setting(
      "train-images", \.trainImages, "a whole number", none: "all",
      help: "Use the first so many training examples."
    ).must("be at least 1") { $0.trainImages ?? 1 >= 1 },
    Setting(
      "validation-fraction", \.validationFraction, "a number",
      help: "The part of them that judges functions, from 0 to 1."
    ).must("be between 0 and 1, such as 0.25") {
      $0.validationFraction > 0 && $0.validationFraction < 1
    },
  ]

  private static let spaceSettings: [Setting<SearchTask>] = [
    Setting(
      "cell", \.cell, "a cell, such as two-core-units", help: "How the slots are connected."
    ).list(joinedBy: " ").refusing { $0.fault(of: "cell") },
    Setting(
      "operations", \.operations, "names of operations or sets, such as grafs",
      help: "What the slots choose from."
    ).list(joinedBy: " ").refusing { $0.fault(of: "operations") },
    Setting("scope", \.scope, help: "Which parts of the network share a function."),
    Setting("bounding", \.boundingRule, help: "Which rule keeps operations from growing."),
    Setting("bound", \.bound, "a number", help: "ℓ of that rule.")
      .must("be a positive number, such as 10") { $0.bound > 0 && $0.bound.isFinite },
  ]
}
