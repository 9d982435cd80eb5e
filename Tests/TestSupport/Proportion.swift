import Activations
import Autodiff
import Networks
import Tensors

/// A model that is no classifier: f(w·x) for numbers x, which are no images, and targets t, which
/// are no classes. The loss is the mean of (f(w·x) − t)².
public struct Proportion: Model {
  /// w.
  public var weight: Parameter
  /// The site of f.
  public let activationSites: [ActivationSite]
  /// Loss, the lower the better.
  public let metric = Metric.loss

  /// Makes one.
  ///
  /// - Parameter weight: w.
  public init(weight: Float) {
    self.weight = Parameter(Tensor([weight], [1, 1]))
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 1)
    activationSites = sites.all
  }

  /// Returns f(w·x), `[count, 1]`.
  public func callAsFunction(_ input: [Float], in pass: inout Pass) -> Variable<Float> {
    let tape = pass.tape
    let scaled = linearMap(
      tape.constant(Tensor(input, [input.count, 1])), weight: weight.variable(on: tape),
      bias: tape.constant(Tensor([0])))
    return pass.activate(scaled, at: activationSites[0])
  }

  /// Returns the mean squared error and the score.
  public func loss(
    of output: Variable<Float>, targets: [Float]
  ) -> (loss: Variable<Float>, score: Score) {
    let count = Float(targets.count)
    let errors = zip(output.value.scalars, targets).map { $0 - $1 }
    let mean = errors.reduce(0) { $0 + $1 * $1 } / count
    let loss = output.tape.record(Tensor([mean], []), from: [output]) { gradient in
      let factor = 2 * gradient.scalars[0] / count
      output.accumulate(Tensor(errors.map { factor * $0 }, output.shape))
    }
    return (
      loss, Score(totalLoss: Double(mean) * Double(count), correct: 0, count: targets.count)
    )
  }

  /// Visits w.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &weight)
  }
}
