import Activations
import Training
import Networks

/// Everything that decides what a search computes: equal configurations give equal results.
public struct SearchConfiguration: Sendable, Hashable {
  /// Where the random numbers of all purposes come from.
  public var seed: UInt64 = 0
  /// How the weights are trained; its length is that of the search.
  public var recipe: TrainingRecipe
  /// The first so many of the training examples are used; nil for all.
  public var trainImages: Int?
  /// The part of these examples, from the end, that trains the architecture.
  public var validationFraction = 0.25

  /// How the slots of a cell are connected, as `CellGraph(parsing:)` reads it.
  public var cell = "two-core-units"
  /// The operations of the slots, as `SearchSpace(graph:operations:)` reads them.
  public var operations = "grafs"
  /// How the architecture is relaxed, and how its gradient is taken.
  public var method = SearchMethod.drnas
  /// Which call sites of a cell share mixture weights.
  public var sampling = MixtureSampling.perSite
  /// Which parts of the network share a cell.
  public var scope = ArchitectureScope.network
  /// Which elements share the value of a learnable scalar.
  public var scalars = ScalarSharing.shared
  /// Learning rate of the architecture parameters, constant.
  public var architectureLearningRate = 6e-4
  /// L2 weight decay of the architecture parameters.
  public var architectureWeightDecay = 1e-3
  /// Weight of the divergence of every slot's Dirichlet distribution from the uniform one in the
  /// architecture's loss.
  public var divergenceWeight = 0.0
  /// The first epoch with architecture steps; epochs count from 0.
  public var architectureStart = 0

  /// Epochs in which the weights train with a fixed activation instead of the cell.
  public var warmStartEpochs = 1
  /// That activation, without a learnable scalar; nil for the one that the model usually has.
  public var warmStartActivation: UnaryOperation?
  /// How operations are dropped.
  public var shrinking = Shrinking.grafs
  /// The first epoch that drops operations, for `Shrinking.grafs`; epochs count from 0.
  public var shrinkingStart = 2
  /// The epoch before which the last operation is dropped, for `Shrinking.grafs`; nil for the end.
  public var shrinkingEnd: Int?
  /// What decides which operation of a slot is the strongest, and which is dropped.
  public var discretization = Discretization.alpha
  /// Which rule keeps operations from growing.
  public var boundingRule = BoundingRule.output
  /// ℓ of that rule.
  public var bound = 10.0
  /// To what the derivatives of operations are clipped in gradients (`Limits.slopes`); nil for not.
  public var slopeBound: Double?
  /// Whether cells are evaluated for every element instead of interpolated.
  public var isExact = false
  /// What is done about a loss or a gradient that is not finite.
  public var divergence = DivergencePolicy.stop

  /// The configuration of the paper's search on ResNet-20 (Strack et al., 2024, appendix).
  public init() {
    recipe = TrainingRecipe(epochs: 50, batchSize: 64)
    recipe.accumulation = 2
  }
}

/// Which rule keeps operations from growing; see `Bounding`.
public enum BoundingRule: String, CaseIterable, Sendable {
  /// Outputs are clipped to ±ℓ (Strack et al., 2024).
  case output
  /// Arguments are clamped so that outputs stay within ±ℓ, as in the paper's released program.
  case input
  /// Nothing is clipped.
  case off
}

extension SearchConfiguration {
  /// How operations are bounded: the rule with its ℓ, and slopes.
  public var limits: Limits {
    let outputs: Bounding =
      switch boundingRule {
      case .output: .output(bound)
      case .input: .input(bound)
      case .off: .off
      }
    return Limits(outputs: outputs, slopes: slopeBound)
  }

  /// What the search chooses from.
  ///
  /// - Returns: The space of `cell` and `operations`.
  /// - Throws: `ImpossibleValue` if they do not make one.
  public func space() throws(ImpossibleValue) -> SearchSpace {
    do {
      return try SearchSpace(graph: cell, operations: operations)
    } catch .graph(let error) {
      throw ImpossibleValue(setting: "cell", complaint: "is '\(cell)', but \(error)")
    } catch {
      throw ImpossibleValue(
        setting: "operations", complaint: "is '\(operations)', but \(error)")
    }
  }
}

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
    var configuration = SearchConfiguration()
    switch self {
    case .paper:
      break
    case .standard:
      configuration.recipe.epochs = 25
      configuration.trainImages = 20_000
      configuration.recipe.accumulation = 1
      configuration.recipe.schedule = .cosine
      configuration.architectureLearningRate = 3e-3
      configuration.recipe.gradientClip = 5
      configuration.slopeBound = 20
    case .quick:
      configuration.recipe.epochs = 8
      configuration.trainImages = 10_000
      configuration.recipe.accumulation = 1
      configuration.recipe.schedule = .cosine
      configuration.architectureLearningRate = 1e-2
      configuration.recipe.gradientClip = 5
      configuration.slopeBound = 20
    }
    return configuration
  }
}

extension SearchConfiguration {
  /// Checks every value on its own.
  ///
  /// - Throws: `ImpossibleValue`, naming the first setting that no search can have.
  public func validate() throws(ImpossibleValue) {
    try recipe.validate()
    try ImpossibleValue.check(
      trainImages ?? 1 >= 1, "train-images", trainImages ?? 0, mustBe: "at least 1")
    try ImpossibleValue.check(
      validationFraction > 0 && validationFraction < 1, "validation-fraction",
      validationFraction, mustBe: "between 0 and 1, such as 0.25")
    try ImpossibleValue.check(
      architectureLearningRate > 0 && architectureLearningRate.isFinite,
      "architecture-learning-rate", architectureLearningRate,
      mustBe: "a positive number, such as 6e-4")
    try ImpossibleValue.check(
      architectureWeightDecay >= 0 && architectureWeightDecay.isFinite,
      "architecture-weight-decay", architectureWeightDecay,
      mustBe: "0 or a positive number, such as 1e-3")
    try ImpossibleValue.check(
      divergenceWeight >= 0 && divergenceWeight.isFinite, "divergence-weight", divergenceWeight,
      mustBe: "0 or a positive number, such as 1e-3")
    try ImpossibleValue.check(
      (0..<recipe.epochs).contains(architectureStart), "architecture-start", architectureStart,
      mustBe: "0 or more, and less than epochs, \(recipe.epochs)")
    try ImpossibleValue.check(
      warmStartEpochs >= 0, "warm-start-epochs", warmStartEpochs, mustBe: "0 or more")
    try ImpossibleValue.check(
      warmStartActivation?.isLearnable != true, "warm-start-activation",
      warmStartActivation?.name ?? "",
      mustBe: "an operation without a learnable scalar, such as relu")
    try ImpossibleValue.check(
      shrinkingStart >= 1, "shrinking-start", shrinkingStart, mustBe: "at least 1")
    try ImpossibleValue.check(
      shrinkingEnd ?? .max > shrinkingStart, "shrinking-end", shrinkingEnd ?? 0,
      mustBe: "more than shrinking-start, \(shrinkingStart), or 'end'")
    if case .stages(let stages) = shrinking {
      try ImpossibleValue.check(
        stages.allSatisfy { $0.epoch < recipe.epochs }, "shrinking", "'\(shrinking)'",
        mustBe: "of stages before the end, epochs is \(recipe.epochs)")
    }
    try ImpossibleValue.check(
      bound > 0 && bound.isFinite, "bound", bound, mustBe: "a positive number, such as 10")
    try ImpossibleValue.check(
      slopeBound ?? 1 > 0 && slopeBound ?? 1 < .infinity, "slope-bound", slopeBound ?? 0,
      mustBe: "a positive number, such as 20, or 'off'")
    let isLearnable = try space().operations.joined().contains(where: \.isLearnable)
    try ImpossibleValue.check(
      scalars == .shared || isLearnable, "scalars", scalars.rawValue,
      mustBe: "shared with operations of which none has a learnable scalar")
    try checkMethod()
  }

  /// What the methods do not have.
  private func checkMethod() throws(ImpossibleValue) {
    guard method != .drnas else { return }
    try ImpossibleValue.check(
      sampling == .perSite, "sampling", sampling.rawValue,
      mustBe: "per-site with \(method.rawValue), whose softmax draws nothing")
    try ImpossibleValue.check(
      divergenceWeight == 0, "divergence-weight", divergenceWeight,
      mustBe: "0 with \(method.rawValue), which has no Dirichlet distribution")
  }
}
