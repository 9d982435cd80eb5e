import Autodiff
import Foundation
import Tensors

/// How a gradient passes a draw of single elements, which has none of its own.
public enum OneHotGradient: String, CaseIterable, Sendable {
  /// As if the expected weights stood where the draw stands (Bengio, Léonard, Courville, 2013): of
  /// a loss that is linear in the weights, the gradient of the expected loss on average.
  case straightThrough = "straight-through"
  /// Of second order: of a loss that is quadratic in the weights, the gradient of the expected loss
  /// on average (Liu, Dong, Liu, Yu, Gao, 2023, "Bridging discrete and backpropagation", ReinMax).
  case reinMax = "reinmax"

  /// The gradient by the logits.
  ///
  /// With J(p)g = p·(g − ⟨p, g⟩), the product with a softmax's derivative: J(p)g, and of second
  /// order 2·J((d + p) / 2)g − J(p)g / 2.
  ///
  /// - Parameters:
  ///   - probabilities: p, `[elements]`, summing to 1.
  ///   - drawn: The element drawn, of which d is the one-hot vector.
  ///   - upstream: g, the loss's gradient by the weights at d, `[elements]`.
  /// - Returns: `[elements]`.
  public func logitGradient(
    probabilities: [Double], drawn: Int, upstream: [Double]
  ) -> [Double] {
    let first = Self.softmaxProduct(probabilities, upstream)
    switch self {
    case .straightThrough: return first
    case .reinMax:
      var middle = probabilities.map { $0 / 2 }
      middle[drawn] += 0.5
      return zip(Self.softmaxProduct(middle, upstream), first).map { 2 * $0 - $1 / 2 }
    }
  }

  private static func softmaxProduct(_ p: [Double], _ gradient: [Double]) -> [Double] {
    let mean = zip(p, gradient).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(p, gradient).map { $0 * ($1 - mean) }
  }
}

/// Draws single elements with probabilities `softmax(logits)`.
///
/// - Parameters:
///   - logits: `[elements]`, up to a constant.
///   - samples: The number of independent draws.
///   - gradient: How a gradient passes.
///   - stream: The random numbers, one for each draw.
/// - Returns: `[samples, elements]`; every row is 1 at one element, 0 elsewhere.
public func oneHotSamples(
  _ logits: Variable<Double>, samples: Int, gradient: OneHotGradient,
  stream: inout RandomStream
) -> Variable<Double> {
  let values = logits.value.scalars
  let largest = values.max() ?? 0
  let powers = values.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  let probabilities = powers.map { $0 / sum }
  let count = probabilities.count
  let drawn = (0..<samples).map { _ in element(of: probabilities, at: stream.uniform()) }
  var rows = [Double](repeating: 0, count: samples * count)
  for (sample, element) in drawn.enumerated() { rows[sample * count + element] = 1 }
  return logits.tape.record(Tensor(rows, [samples, count]), from: [logits]) { upstream in
    let upstream = upstream.scalars
    var total = [Double](repeating: 0, count: count)
    for (sample, element) in drawn.enumerated() {
      let part = gradient.logitGradient(
        probabilities: probabilities, drawn: element,
        upstream: Array(upstream[sample * count..<(sample + 1) * count]))
      for index in total.indices { total[index] += part[index] }
    }
    logits.accumulate(Tensor(total, logits.shape))
  }
}

/// The element at which the sum of probabilities passes a number from 0 to 1; one that has a
/// probability, also where rounding leaves their sum short.
private func element(of probabilities: [Double], at place: Double) -> Int {
  var sum = 0.0
  for (index, probability) in probabilities.enumerated() {
    sum += probability
    if place < sum { return index }
  }
  return probabilities.lastIndex { $0 > 0 } ?? 0
}
