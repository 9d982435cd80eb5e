import Training

/// How long functions are trained to be compared.
public enum EvaluationPreset: String, CaseIterable, Sendable {
  /// A minute for each training of ResNet-20 on two cores: a small part of the data.
  case quick
  /// A quarter of an hour each: a larger part.
  case standard
  /// The paper's evaluation: He et al.'s recipe for residual networks on CIFAR, stretched to 200
  /// epochs.
  case paper

  /// The recipe: SGD with momentum 0.9 and weight decay 1e−4, batches of 128.
  public var recipe: TrainingRecipe {
    var recipe = TrainingRecipe(epochs: epochs, batchSize: 128)
    recipe.schedule = self == .paper ? .multiStep : .cosine
    return recipe
  }

  private var epochs: Int {
    switch self {
    case .quick: 5
    case .standard: 25
    case .paper: 200
    }
  }

  /// How many training examples are used.
  public var trainImages: ExampleCount {
    switch self {
    case .quick: .atMost(10_000)
    case .standard: .atMost(20_000)
    case .paper: .all
    }
  }

  /// How many seeds each function is trained with.
  public var seeds: Int { self == .quick ? 3 : 5 }
}
