import Datasets
import Settings
import Training

extension RacePlan {
  /// No training of a race has fewer steps: what the initial weights are would decide.
  public static let fewestSteps = 4

  /// So many images pass in them; the largest number where a batch is too large to count that.
  static func fewestImages(_ recipe: TrainingRecipe) -> Int {
    let step = recipe.batchSize.multipliedReportingOverflow(by: recipe.accumulation)
    let all = step.partialValue.multipliedReportingOverflow(by: fewestSteps)
    return step.overflow || all.overflow ? .max : all.partialValue
  }

  /// Checks that no training is so short that it says nothing; lengths that are given are checked
  /// where they are set.
  ///
  /// - Parameters:
  ///   - race: The settings of which this is the plan.
  ///   - recipe: How models are trained.
  ///   - split: The examples of each part.
  ///   - searchCost: What the search costs, in images that pass forward and backward.
  /// - Throws: `ImpossibleValue`, naming the setting that makes it so, and the cure.
  public func checkLength(
    _ race: RaceConfiguration, recipe: TrainingRecipe, split: TrainingSplit, searchCost: Double
  ) throws(ImpossibleValue) {
    let step = recipe.batchSize * recipe.accumulation
    func steps(_ plan: RacePlan) -> Int {
      // The verdict's are shorter than the first ones where it has many seeds.
      let verdict = race.verdictImages == nil ? plan.verdict.length : .max
      return min(plan.rungs.first?.length ?? 0, verdict) / step
    }
    let first = steps(self)
    guard race.rungs == nil, first < Self.fewestSteps else { return }
    var longer = race
    // What is enough is at most a twentieth more than needed.
    longer.budget = max(longer.budget, 1e-3)
    while longer.budget < RaceConfiguration.greatestBudget, steps(plan(longer)) < Self.fewestSteps {
      longer.budget *= 1.05
    }
    func plan(_ race: RaceConfiguration) -> RacePlan {
      RacePlan(race, recipe: recipe, split: split, searchCost: searchCost)
    }
    let need = "the shortest trainings of the race have \(Self.fewestSteps) steps, not \(first)"
    throw ImpossibleValue(
      setting: "race-budget",
      complaint: "is \(race.budget), but must be "
        + (longer.budget < RaceConfiguration.greatestBudget
          ? "\(longer.budget.roundedUp) or more, so that \(need); or have race=off"
          : "so much that \(need), more than there may be: have race=off"))
  }
}

extension Double {
  /// A number of two digits that is not smaller.
  fileprivate var roundedUp: String {
    var unit = 0.01
    while self / unit >= 100 { unit *= 10 }
    let rounded = (self / unit).rounded(.up) * unit
    return rounded >= 10 ? "\(Int(rounded))" : "\((rounded * 100).rounded() / 100)"
  }
}
