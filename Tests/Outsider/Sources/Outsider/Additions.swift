import Activations
import Datasets
import Files
import Foundation
import Networks
import Reports
import Search
import Tensors
import Training
import Trials

/// What a package outside adds, at work: a model over tokens with its data set, a proposer, a
/// primitive.
extension Outsider {
  private static let catalog = TrialCatalog(
    models: ModelCatalog(entries: [NextToken.entry]), datasets: DatasetCatalog([Cycle.source]))

  private static func task() -> SearchTask {
    var task = SearchTask()
    task.recipe = TrainingRecipe(epochs: 6, batchSize: 8)
    return task
  }

  /// A trial with the model over tokens learns what comes next; its result is found again.
  static func checkTokens() throws {
    try withStore { store, runner, place in
      let trial = Trial(
        try PlacedFunction(parsing: "gelu"), at: place, recipe: task().recipe, seed: 3)
      try runner.run([trial], in: store) { _, _ in }
      guard let result = store.result(of: trial), let loss = result.loss, loss < 0.05 else {
        throw Failure(description: "tokens: \(String(describing: store.result(of: trial)))")
      }
      // Uniform guesses have ln 3 = 1.0986….
      print("tokens: perplexity \(result.text)")
    }
  }

  /// A relaxed search over tokens, with a primitive of one's own among the operations.
  static func checkTokenSearch() throws {
    let own = OperationSet(
      unary: OperationSet.grafs.unary + [ElementaryOperation(Logish.self)],
      binary: OperationSet.grafs.binary)
    let space = SearchSpace(graph: .twoCoreUnits, operations: own)
    var stream = RandomStream(seed: 1, purpose: "initialization")
    let model = NextToken(vocabulary: 3, stream: &stream)
    var search = try BilevelSearch(
      BilevelConfiguration(task: task()), model: model,
      data: SearchData(try model.examples(of: Cycle()), task: task()), space: space,
      device: Device(threads: 2))
    guard try search.run(report: { (_: SearchProgress) in }) == .finished,
      search.architecture.slots[0].operations.contains(where: { $0.name == Logish.name })
    else { throw Failure(description: "token search") }
    let function = try search.architecture.function(within: .off)
    let expression = ActivationExpression.init(of: ElementaryOperation(Logish.self))
    let text = "\(PlacedFunction(expression))"
    let read = try OperationSet.$known.withValue(own) { try PlacedFunction(parsing: text) }
    guard text == "logish(x)", "\(read)" == text, !function.text.isEmpty else {
      throw Failure(description: "own primitive: \(text)")
    }
  }

  /// A proposer of one's own: stopped after a round and taken up again, it finds what it finds in
  /// one go.
  static func checkProposer() throws {
    var configuration = ProposalConfiguration(HillClimbing.entry)
    (configuration.budget, configuration.width) = (8, 2)
    func search(_ place: TrialPlace) throws -> ProposalSearch {
      var stream = RandomStream(seed: 0, purpose: "initialization")
      let model = NextToken(vocabulary: 3, stream: &stream)
      return try ProposalSearch(
        task(), configuration, by: HillClimbing.entry, sites: model.activationSites, at: place,
        scored: 48..<64, metric: model.metric)
    }
    var whole: ProposalSearch?
    try withStore { store, runner, place in
      var search = try search(place)
      try search.run(by: runner, in: store) { _ in }
      whole = search
    }
    try withStore { store, runner, place in
      struct Stop: Error {}
      var first = try search(place)
      do { try first.run(by: runner, in: store) { _ in throw Stop() } } catch is Stop {}
      var second = try search(place)
      try second.restore(first.checkpoint())
      try second.run(by: runner, in: store) { _ in }
      let functions = second.history.rows.map(\.function)
      guard first.history.count == 2, functions.count == 8,
        functions == whole?.history.rows.map(\.function),
        second.best?.value == whole?.best?.value
      else { throw Failure(description: "proposer: \(functions)") }
    }
  }

  /// Lends a store in a folder of its own, a runner, and the place of trials.
  private static func withStore(
    _ body: (TrialStore, TrialsInProcess, TrialPlace) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("outsider-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = TrialStore(folder)
    try store.prepare()
    let runner = TrialsInProcess(
      catalog: catalog, locations: DataLocations(), device: Device(threads: 2),
      progress: ProgressReport(isQuiet: true))
    let data = Cycle()
    try body(
      store, runner,
      TrialPlace(
        model: NextToken.entry.name, dataset: data.name, data: data.digest, trainCount: 48))
  }
}
