/// What a model sees in one step.
public struct Batch<Input: Sendable, Targets: Sendable>: Sendable {
  /// The examples, as the model takes them.
  public let input: Input
  /// What its loss compares its rows with.
  public let targets: Targets
  /// The number of examples.
  public let count: Int

  /// Makes a batch.
  public init(input: Input, targets: Targets, count: Int) {
    self.input = input
    self.targets = targets
    self.count = count
  }
}

extension Batch: Equatable where Input: Equatable, Targets: Equatable {}
