import Networks
import Search
import Settings

extension RunProblem {
  /// How many functions start in the race that follows the search.
  var raceArms: Int { arms(of: configuration.search.task.race) }

  /// How many functions start in a race with these settings.
  private func arms(of race: RaceConfiguration) -> Int {
    let least = race.usual.functions.count + (race.with?.functions.count ?? 0) + 2
    return RacePlan.arms(
      race, least: least, recipe: configuration.search.task.recipe, split: split,
      searchCost: searchCost)
  }

  /// The race that follows the search, in numbers.
  ///
  /// - Parameter arms: How many functions start; nil for as many as there is room for.
  /// - Returns: Rungs and verdict.
  func racePlan(arms: Int? = nil) -> RacePlan {
    let search = configuration.search
    var race = search.task.race
    race.arms = arms ?? raceArms
    return RacePlan(race, recipe: search.task.recipe, split: split, searchCost: searchCost)
  }

  /// Checks that the race that follows can tell functions apart, if there is one.
  ///
  /// - Parameter budget: What the race may cost, if it is not what the configuration says.
  /// - Throws: `ImpossibleValue`, naming the setting that leaves it too little.
  public func checkRace(budget: Double? = nil) throws(ImpossibleValue) {
    let task = configuration.search.task
    guard task.race.isOn else { return }
    for function in task.race.with?.functions ?? [] {
      do throws(MisplacedFunction) {
        _ = try function.activation(at: model.activationSites)
      } catch {
        throw ImpossibleValue(setting: "race-with", complaint: "has \(error)")
      }
    }
    var race = task.race
    race.budget = budget ?? race.budget
    race.arms = arms(of: race)
    try RacePlan(race, recipe: task.recipe, split: split, searchCost: searchCost).checkLength(
      race, recipe: task.recipe, split: split, searchCost: searchCost)
  }

  /// What the search costs, in images that pass forward and backward.
  var searchCost: Double {
    let search = configuration.search
    let passes: Double =
      switch search.method {
      // A step of the architecture and one of the weights.
      case .relaxed: 2
      case .proposed(let proposals): Double(proposals.budget)
      }
    let probed = min(search.method.relaxed?.probeImages ?? 0, split.validation.count)
    return passes * Double(search.task.recipe.epochs) * Double(split.training.count)
      + RacePlan.scoringCost * Double(probes * probed)
  }

  /// How often the examples that try changes pass through the network in the search.
  var probes: Int {
    let search = configuration.search
    guard let relaxed = search.method.relaxed, let space = try? search.task.space() else {
      return 0
    }
    let cells = search.task.scope.cells(of: model.activationSites).names.count
    let sizes = (0..<cells).flatMap { _ in space.operations.map(\.count) }
    return BilevelConfiguration(task: search.task, relaxed: relaxed).probes(sizes: sizes)
  }
}
