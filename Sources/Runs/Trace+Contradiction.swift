import Search
import Settings
import Traces
import Training

extension Trace {
  /// Checks what the trace says against its own configuration: files that others have changed hold
  /// numbers of epochs, rates or seeds that no search has.
  ///
  /// - Parameter path: The trace's file, for the error.
  /// - Throws: `TraceError` at the first value that cannot be.
  package func checkConfiguration(path: String) throws(TraceError) {
    func malformed(_ object: String, expected: String, found: String) -> TraceError {
      .malformed(file: path, object: object, expected: expected, found: found)
    }
    // What no version reads is text to be shown, as a trace of another program may have it.
    guard let values = try? ConfigurationFile.values(of: configuration, from: path) else { return }
    var task = SearchTask()
    var hasEpochs = false
    // One by one: methods and settings of another program are not this one's to judge.
    for setting in Self.judged {
      guard let value = values.last(where: { $0.name == setting.name }) else { continue }
      var complaint: String?
      do throws(SettingError) {
        try [setting].assign([value], to: &task)
      } catch {
        complaint = error.description
      }
      if complaint == nil {
        do throws(ImpossibleValue) {
          try [setting].check(task)
        } catch {
          complaint = "'\(error.setting)' \(error.complaint)"
        }
      }
      if let complaint {
        throw malformed(
          "/configuration", expected: "one that a search can have: \(complaint)", found: "wrong")
      }
      hasEpochs = hasEpochs || setting.name == "epochs"
    }
    guard hasEpochs, let trajectory else { return }
    let columns = [
      ("/steps/epoch", trajectory.steps.last?.epoch),
      ("/epochs/epoch", trajectory.epochs.last?.epoch),
      ("/genotype/epoch", trajectory.genotypes.last?.epoch),
      ("/drops/epoch", trajectory.drops.map(\.epoch).max()),
    ]
    for case (let object, let epoch?) in columns where epoch >= task.recipe.epochs {
      throw malformed(
        object, expected: "epochs below \(task.recipe.epochs), of /configuration", found: "\(epoch)"
      )
    }
  }

  /// Settings that have had one meaning in all versions.
  private static let judged = SearchTask.settings.filter {
    ["seed", "epochs", "batch-size", "learning-rate", "train-images", "validation-fraction"]
      .contains($0.name)
  }
}
