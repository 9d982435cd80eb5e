import Activations
import Datasets
import Networks
import Statistics
import Tensors
import Training
import Trials

extension Trial {
  /// How long the trial takes with the network's usual activation, in seconds: the median of three
  /// measured steps, after one to warm up, times their number, and scoring.
  ///
  /// - Parameters:
  ///   - examples: The trial's data set.
  ///   - catalog: The models.
  ///   - device: What to measure with.
  /// - Returns: Seconds.
  /// - Throws: `RunError`, `ModelMismatch` or `DatasetError` if there is no such training.
  func estimatedSeconds(
    on examples: any Dataset, catalog: TrialCatalog, device: Device
  ) throws -> Double {
    try estimatedSeconds(
      catalog.model(named: model).make(for: examples.shape, seed: seed), on: examples,
      device: device)
  }

  private func estimatedSeconds(
    _ model: some Model, on dataset: any Dataset, device: Device
  ) throws -> Double {
    let examples = try model.examples(of: dataset)
    let batches = try examples.batches(
      of: 0..<trainCount, size: recipe.batchSize, seed: seed, purpose: "training")
    let test = try examples.scoring(scored)
    var activation = try PlacedFunction(.init(of: model.usualActivation))
      .activation(at: model.activationSites)
    var trainer = Trainer(model: model, recipe: recipe, device: device)
    var (training, scoring): ([Double], [Double]) = ([], [])
    for number in 0..<4 {
      let batch = batches.batch(at: number)
      let step = ContinuousClock().measure {
        _ = trainer.step(
          [batch], learningRate: recipe.learningRate, activation: &activation)
      }
      let score = ContinuousClock().measure {
        _ = trainer.score(on: test, first: 1) { activation.activation(on: $0) }
      }
      if number == 0 { continue }
      training.append(step / .seconds(1))
      scoring.append(score / .seconds(1))
    }
    let steps = recipe.epochs * recipe.stepsPerEpoch(batches: batches.batchesPerEpoch)
    let scorings = scoresEveryEpoch ? recipe.epochs : 1
    return Double(steps * recipe.accumulation) * (Sample(training).median ?? 0)
      + Double(scorings * test.batchesPerEpoch) * (Sample(scoring).median ?? 0)
  }
}
