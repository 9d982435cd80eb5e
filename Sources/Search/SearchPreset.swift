/// A named starting point for a configuration.
public enum SearchPreset: String, CaseIterable, Sendable {
  /// Minutes on two cores: a small part of the data.
  case quick
  /// Half an hour on two cores: a larger part.
  case standard
  /// The paper's search.
  case paper

  /// The configuration.
  public var configuration: SearchConfiguration {
    var task = SearchTask()
    var relaxed = RelaxedConfiguration()
    task.race.isOn = true
    relaxed.plugged = 500
    switch self {
    case .paper:
      return SearchConfiguration(task: task, method: .relaxed(relaxed))
    case .standard:
      task.recipe.epochs = 25
      task.trainImages = 20_000
      relaxed.architectureLearningRate = 3e-3
    case .quick:
      task.recipe.epochs = 5
      task.trainImages = 10_000
      task.race.budget = 3
      relaxed.plugged = 300
      relaxed.architectureLearningRate = 1e-2
    }
    task.recipe.accumulation = 1
    task.recipe.schedule = .cosine
    task.recipe.gradientClip = 5
    relaxed.slopeBound = 20
    return SearchConfiguration(task: task, method: .relaxed(relaxed))
  }
}
