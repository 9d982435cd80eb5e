import Files
import Reports
import Runs
import Search

extension SearchCommand {
  /// What `--race-with` names, as the setting `race-with` has it; nil if it was not given.
  ///
  /// What is written into `config.yaml` is functions, which stay what they are whatever becomes of
  /// the runs.
  ///
  /// - Throws: One line if a text is no function and no run that has found one.
  func functionsForRace() throws -> GivenFunctions? {
    guard !raceWith.isEmpty else { return nil }
    var functions: [RequestedFunction] = []
    for argument in raceWith {
      do {
        functions.append(try RequestedFunction(argument))
      } catch let error as RunError {
        throw RunError("--race-with: \(error.problem)", cure: error.cure)
      } catch {
        throw RunError("--race-with: \(error)", cure: "give a formula or a run's folder")
      }
    }
    for warning in functions.compactMap(\.warning) {
      ProgressReport(isQuiet: false).warning("--race-with: \(warning)")
    }
    return GivenFunctions(functions.map(\.function))
  }
}
