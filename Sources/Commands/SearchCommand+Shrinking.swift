import Runs
import Search
import Settings

extension SearchCommand {
  /// Refuses a beginning of the shrinking that was asked for and never comes. A preset's own may
  /// lie behind the end of a short search, which drops nothing on its way then.
  ///
  /// - Parameters:
  ///   - configuration: Of the search.
  ///   - named: The settings that a file asks for.
  /// - Throws: A line that says where the value stands.
  func refuseLateShrinking(_ configuration: RunConfiguration, inFile named: Set<String>) throws {
    let name = "shrinking-start"
    guard recipe.namesSet.contains(name) || named.contains(name),
      let relaxed = configuration.search.method.relaxed, relaxed.shrinking == .grafs
    else { return }
    let (start, epochs) = (relaxed.shrinkingStart, configuration.search.task.recipe.epochs)
    guard start >= epochs else { return }
    throw recipe.located(
      ImpossibleValue(
        setting: name, complaint: "is \(start), but must be less than epochs, \(epochs)"),
      others: [], inFile: named)
  }
}
