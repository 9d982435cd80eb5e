import Datasets

/// The two parts of a training set, as a search reads them.
public struct SearchData<Input: Sendable, Targets: Sendable>: Sendable {
  /// Batches that train the weights.
  public let training: any Batches<Input, Targets>
  /// Batches that train the architecture; they share no example with `training`.
  public let validation: any Batches<Input, Targets>
  /// All examples of the validation part as they are, in order: for scores.
  public let scoring: any Batches<Input, Targets>
  /// The first of them, on which single changes of the architecture are tried.
  public let probing: any Batches<Input, Targets>

  /// Takes parts that were made elsewhere.
  ///
  /// - Parameters:
  ///   - training: Batches that train the weights.
  ///   - validation: Batches that train the architecture; they share no example with `training`.
  ///   - scoring: The examples of `validation` in order.
  ///   - probing: The first of them; nil for all.
  public init(
    training: any Batches<Input, Targets>, validation: any Batches<Input, Targets>,
    scoring: any Batches<Input, Targets>, probing: (any Batches<Input, Targets>)? = nil
  ) {
    self.training = training
    self.validation = validation
    self.scoring = scoring
    self.probing = probing ?? scoring
  }

  /// Splits a data set's training examples: the weights' part first, the architecture's part last.
  ///
  /// - Parameters:
  ///   - dataset: Its test examples are not touched.
  ///   - task: Sizes, fractions and the seed.
  ///   - relaxed: Into how many parts the architecture's batches are divided, and how many examples
  ///     try changes.
  /// - Throws: `DatasetError` if the parts cannot be made, such as with more examples than there
  ///   are.
  public init(
    _ dataset: any Dataset<Input, Targets>, task: SearchTask,
    relaxed: RelaxedConfiguration = .init()
  ) throws(DatasetError) {
    let split = try task.split(of: dataset)
    let (size, seed) = (task.recipe.batchSize, task.seed)
    training = try dataset.batches(
      of: split.training, size: size, seed: seed, purpose: "training")
    validation = try dataset.batches(
      of: split.validation, size: size / relaxed.architectureDraws, seed: seed,
      purpose: "validation")
    scoring = try dataset.scoring(.train(split.validation))
    probing = try dataset.scoring(.train(split.validation.prefix(relaxed.probeImages)))
  }
}
