import Runs
import Testing
import Traces

/// What a trace says beside its own configuration, when both have right digests.
@Suite("The configuration within a trace")
struct TraceConfigurationTests {
  private func line(_ configuration: String, epoch: Int = 1) -> String? {
    var trajectory = Trajectory(slots: [])
    trajectory.append(.init(step: 7, epoch: epoch, phase: .search), states: [])
    trajectory.append(.init(epoch: epoch, elapsedSeconds: 1))
    let trace = Trace(
      header: .init(seed: 3), configuration: configuration, record: .relaxed(trajectory))
    do throws(TraceError) {
      try trace.checkConfiguration(path: "trace.h5")
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "a value that no search has is named",
    arguments: [
      ("epochs: 0\n", "'epochs' is 0, but must be from 1 to 1000000"),
      ("epochs: -3\n", "'epochs' is -3, but must be"),
      ("epochs: 1e3\n", "'epochs' must be a whole number, not '1e3'"),
      ("learning-rate: inf\n", "'learning-rate' is inf, but must be a positive number"),
      ("learning-rate: nan\n", "'learning-rate' is nan, but"),
      ("seed: 1e99\n", "'seed' must be a whole number, not negative, not '1e99'"),
      ("batch-size: 1\n", "'batch-size' is 1, but must be at least 2"),
      ("validation-fraction: 7\n", "'validation-fraction' is 7.0, but must be between"),
    ])
  func impossible(text: String, complaint: String) {
    let found = line(text)
    let beginning = "trace.h5: /configuration is wrong instead of one that a search can have: "
    #expect(found?.hasPrefix(beginning + complaint) == true, "\(found ?? "")")
    #expect(found?.hasSuffix("; take the original file") == true)
  }

  @Test("an epoch beyond its end is named, and none where it says nothing of epochs")
  func epochs() {
    #expect(line("epochs: 2\n", epoch: 1) == nil)
    #expect(
      line("epochs: 2\n", epoch: 2)
        == "trace.h5: /steps/epoch is 2 instead of epochs below 2, of /configuration; take the "
        + "original file")
    #expect(line("seed: 1\n", epoch: 999) == nil)
  }

  @Test("settings and methods of other programs are not judged, nor is other text")
  func foreign() {
    #expect(line("method: own\nown-width: -7\nepochs: 3\n") == nil)
    #expect(line("a text\n") == nil && line("") == nil)
  }
}
