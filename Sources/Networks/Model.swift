import Activations
import Autodiff
import Tensors

/// A network that maps some input to rows of numbers, and knows what they are worth.
///
/// Whatever goes in, one loop trains it and one search finds its activation: they see rows. An
/// image gives one row of class scores, a sequence one for each token. The activation comes with
/// the pass, so search, training and transfer run the same code.
public protocol Model<Input, Targets>: Parameterized {
  /// What goes in, such as a tensor of images.
  associatedtype Input: Sendable
  /// What the loss compares the rows with: a class for each row, unless the model says otherwise.
  associatedtype Targets: Sendable = [Int32]

  /// The places where the activation stands, in the order of a forward pass.
  var activationSites: [ActivationSite] { get }

  /// The activation that such networks usually have: warm start and first baseline of a search.
  var usualActivation: ElementaryOperation { get }

  /// By what trainings of the model are compared.
  var metric: Metric { get }

  /// Computes the rows of a batch.
  ///
  /// - Parameters:
  ///   - input: The batch.
  ///   - pass: The tape, the activation, what the pass is for, and its random numbers.
  /// - Returns: `[rows, columns]`, such as the scores of classes.
  mutating func callAsFunction(_ input: Input, in pass: inout Pass) -> Variable<Float>

  /// Computes the loss that training lowers, and the score of the same rows.
  ///
  /// - Parameters:
  ///   - output: What the model made of a batch.
  ///   - targets: The batch's targets.
  /// - Returns: The mean loss over the rows, a scalar; and what it adds to a score.
  func loss(
    of output: Variable<Float>, targets: Targets
  ) -> (loss: Variable<Float>, score: Score)
}

extension Model {
  /// ReLU.
  public var usualActivation: ElementaryOperation { ElementaryOperation(ReLU.self) }

  /// The part of the rows that are classified correctly.
  public var metric: Metric { .accuracy }
}

extension Model where Targets == [Int32] {
  /// The mean cross-entropy between the softmax of each row and its class, in nats.
  ///
  /// - Parameters:
  ///   - output: `[rows, classes]`.
  ///   - targets: A class for each row.
  /// - Returns: The loss, a scalar, and the score of the rows.
  public func loss(
    of output: Variable<Float>, targets: [Int32]
  ) -> (loss: Variable<Float>, score: Score) {
    let loss = crossEntropy(output, labels: targets)
    var score = Score()
    score.add(loss: loss.value.scalars[0], logits: output.value, labels: targets)
    return (loss, score)
  }
}
