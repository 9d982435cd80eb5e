import Activations
import Datasets
import Files
import Foundation
import Networks
import Reports
import TestSupport
import Tensors
import Testing
import Training
import Trials

/// Trainings of a model of one's own with data of one's own, neither of which is in any other
/// catalog.
@Suite("The training of a trial")
struct TrialTrainingTests {
  private let folder: TemporaryFolder
  private let store: TrialStore

  init() throws {
    folder = try TemporaryFolder()
    store = TrialStore(folder.file("jobs"))
  }

  private func trial(
    _ function: String = "identity", epochs: Int = 30, at place: TrialPlace = Numbers().place
  ) throws -> Trial {
    var recipe = TrainingRecipe(epochs: epochs, batchSize: 4)
    recipe.weightDecay = 0
    recipe.optimizer = .gradientDescent(momentum: 0)
    return Trial(
      try PlacedFunction(parsing: function), at: place, recipe: recipe, seed: 1,
      scoresEveryEpoch: true)
  }

  private func surroundings(check: @escaping () throws -> Void = {}) -> Trial.Surroundings {
    Trial.Surroundings(
      catalog: Numbers().catalog, device: Device(threads: 1), store: store,
      progress: ProgressReport(isQuiet: true), check: check)
  }

  private func runner(_ numbers: Numbers = Numbers(), savesWeights: Bool = false) -> TrialsInProcess
  {
    TrialsInProcess(
      catalog: numbers.catalog, locations: DataLocations(), device: Device(threads: 1),
      savesWeights: savesWeights, progress: ProgressReport(isQuiet: true))
  }

  @Test("in this process leaves its result, its weights, and nothing else")
  func inProcess() throws {
    let trial = try trial()
    try runner(savesWeights: true).run([trial], in: store) { done, outcome in
      #expect(done == trial && outcome == store.result(of: trial).map { .done($0) })
    }
    let result = try #require(store.result(of: trial))
    #expect(result.metric == .loss && result.accuracy == 0)
    // Least squares: the weight is 1.5 in the end, and the loss 0.
    let values = try #require(result.valueByEpoch)
    #expect(values.count == 30 && result.value == values[29] && result.loss == result.value)
    #expect(try #require(values[0]) > 10 * #require(values[29]))
    #expect(try #require(values[29]) < 1e-3)
    #expect(result.lossByEpoch == values)
    let names = try FileManager.default.contentsOfDirectory(atPath: store.url.path).sorted()
    #expect(
      names == [store.file(of: trial), store.weights(of: trial)].map(\.lastPathComponent))
  }

  @Test("goes on where it was interrupted, to the same bits")
  func interrupted() throws {
    let trial = try trial()
    var steps = 0
    #expect(throws: Interruption(signal: 2)) {
      try trial.run(
        on: Numbers(),
        surroundings {
          steps += 1
          if steps == 17 { throw Interruption(signal: 2) }
        })
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: store.url.path)
    #expect(names == ["x-proportion-numbers-seed1-\(trial.digest).unfinished"])
    var later = 0
    var result = try trial.run(on: Numbers(), surroundings { later += 1 })
    #expect(steps == 17 && later == 60 - 17)
    var other = surroundings()
    other.store = TrialStore(folder.file("other"))
    var whole = try trial.run(on: Numbers(), other)
    (result.elapsedSeconds, whole.elapsedSeconds) = (0, 0)
    #expect(result == whole)
    // The checkpoint stands until the result does.
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.url.path) == names)
    try store.write(result, of: trial)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: store.url.path)
        == [store.file(of: trial).lastPathComponent])
  }

  @Test("falls back from a damaged checkpoint to the one before, to the same bits")
  func damagedCheckpoint() throws {
    let trial = try trial()
    func steps(until stop: Int) -> Trial.Surroundings {
      var steps = 0
      return surroundings {
        steps += 1
        if steps == stop { throw Interruption(signal: 2) }
      }
    }
    #expect(throws: Interruption(signal: 2)) { try trial.run(on: Numbers(), steps(until: 17)) }
    #expect(throws: Interruption(signal: 2)) { try trial.run(on: Numbers(), steps(until: 20)) }
    let checkpoints = store.url.appendingPathComponent(
      "x-proportion-numbers-seed1-\(trial.digest).unfinished")
    var files = CheckpointFolder(checkpoints)
    #expect(files.steps == [17, 37])
    let newest = files.file(step: 37)
    var bytes = try Data(contentsOf: newest)
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: newest)
    var later = 0
    var result = try trial.run(on: Numbers(), surroundings { later += 1 })
    #expect(later == 60 - 17)
    var other = surroundings()
    other.store = TrialStore(folder.file("other"))
    var whole = try trial.run(on: Numbers(), other)
    (result.elapsedSeconds, whole.elapsedSeconds) = (0, 0)
    #expect(result == whole)
    // Without any that is whole, the training begins anew.
    for step in files.steps { try Data("torn".utf8).write(to: files.file(step: step)) }
    later = 0
    var again = try trial.run(on: Numbers(), surroundings { later += 1 })
    again.elapsedSeconds = 0
    #expect(again == whole && later == 60)
    files.removeAll()
  }

  @Test("whose loss on test examples is no number has diverged, and keeps no weights")
  func infinite() throws {
    var numbers = Numbers()
    numbers.testOffset = .infinity
    let trial = try trial(at: numbers.place)
    try runner(numbers, savesWeights: true).run([trial], in: store) { _, _ in }
    let result = try #require(store.result(of: trial))
    #expect(result.diverged && result.value == nil && result.loss == nil)
    #expect(result.accuracy == nil && result.trainAccuracy == nil)
    #expect(!FileManager.default.fileExists(atPath: store.weights(of: trial).path))
    #expect(result.valueByEpoch == Array(repeating: nil, count: 30))
  }

  @Test("that diverges is a result")
  func diverged() throws {
    var trial = try trial()
    trial.recipe.learningRate = 1e30
    try runner(savesWeights: true).run([trial], in: store) { _, _ in }
    let result = try #require(store.result(of: trial))
    #expect(result.diverged && result.value == nil && result.trainAccuracy == nil)
    #expect(!FileManager.default.fileExists(atPath: store.weights(of: trial).path))
  }

  @Test("of other examples, or of a model or function that do not fit, is refused in one line")
  func refused() throws {
    func error(_ trial: Trial) throws -> String {
      do {
        _ = try trial.run(on: Numbers(), surroundings())
        return ""
      } catch {
        return "\(error)"
      }
    }
    var changed = Numbers()
    changed.trainDigest = 5
    #expect(
      try error(trial(at: changed.place))
        == "numbers: its examples have changed since the work began; give the same command again")
    var unknown = try trial()
    unknown.model = "proportoin"
    #expect(
      try error(unknown) == "there is no network 'proportoin'; did you mean 'proportion'?")
    #expect(
      try error(trial("stage0: relu; stage1: gelu")).hasSuffix("give one function, or stage0"))
  }
}
