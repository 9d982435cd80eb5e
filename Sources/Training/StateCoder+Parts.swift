import Files
import Tensors

extension StateCoder {
  /// Codes the elements of a tensor, whose shape stays.
  package mutating func code(_ name: String, _ tensor: inout Tensor<Float>) {
    var scalars = tensor.scalars
    code(name, &scalars, count: tensor.count)
    if isRestoring { tensor = Tensor(scalars, tensor.shape) }
  }

  /// Codes the elements of a tensor, whose shape stays.
  package mutating func code(_ name: String, _ tensor: inout Tensor<Double>) {
    var scalars = tensor.scalars
    code(name, &scalars, count: tensor.count)
    if isRestoring { tensor = Tensor(scalars, tensor.shape) }
  }

  /// Codes the sums of a score.
  package mutating func code(_ name: String, _ score: inout Score) {
    var scores = [score]
    code(name, &scores)
    score = scores.first ?? score
  }

  /// Codes scores, any number of them.
  package mutating func code(_ name: String, _ scores: inout [Score]) {
    group(name) { coder in
      var losses = scores.map(\.totalLoss)
      coder.code("total_loss", &losses)
      var correct = scores.map(\.correct)
      coder.code("correct", &correct, count: losses.count)
      var counts = scores.map(\.count)
      coder.code("count", &counts, count: losses.count)
      guard coder.isRestoring, coder.mismatch == nil else { return }
      scores = losses.indices.map {
        Score(totalLoss: losses[$0], correct: correct[$0], count: counts[$0])
      }
    }
  }
}
