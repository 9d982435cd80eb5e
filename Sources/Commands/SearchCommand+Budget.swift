import Files
import Foundation
import Reports
import Runs
import Search
import Settings

extension SearchCommand {
  /// A configuration whose race takes what `--budget` leaves after the search: numbers, by measured
  /// steps, so that whoever repeats the search has the same race.
  ///
  /// - Throws: `RunError` if the option is no time, or too short.
  func budgeted(
    _ configuration: RunConfiguration, inFile named: Set<String>
  ) throws -> RunConfiguration {
    guard let budget else { return configuration }
    if seeds > 1 {
      throw RunError(
        "--budget is of one search, whose steps it measures",
        cure: "give --set race-budget to searches with several seeds")
    }
    let seconds = try TimeSpan(parsing: budget, option: "--budget").seconds
    guard configuration.search.task.race.isOn, compare != false else {
      throw RunError(
        "--budget is of a search with a race",
        cure: "leave it out, or have a race: race=on, and no --no-compare")
    }
    if configuration.search.task.race.rungs != nil {
      throw RunError("--budget and race-rungs say both how long it takes", cure: "leave one out")
    }
    // The race that there is now is not the one that there will be: that is checked below.
    let problem = try problem(configuration, inFile: named, checksRace: false)
    let plan = try SearchPlan(problem, device: machine.device())
    guard let factor = plan.raceBudget(within: seconds) else {
      throw RunError(
        "--budget: \(budget) is too short, the search alone takes about "
          + ProgressReport.clock(seconds: plan.estimatedSeconds),
        cure: "give more, or a shorter search with --epochs")
    }
    guard factor <= RaceConfiguration.greatestBudget else {
      throw RunError(
        "--budget: \(budget) is more than \(Int(RaceConfiguration.greatestBudget)) times what the "
          + "search takes",
        cure: "give less, or a longer search")
    }
    do throws(ImpossibleValue) {
      try problem.checkRace(budget: factor)
    } catch {
      // One that another setting makes impossible is so with any budget.
      guard error.setting == "race-budget" else { throw error }
      throw RunError(
        "--budget: \(budget) leaves the race trainings of too few steps to tell functions apart",
        cure: "give more, or --set race=off")
    }
    var configuration = configuration
    configuration.search.task.race.budget = factor
    return configuration
  }
}
