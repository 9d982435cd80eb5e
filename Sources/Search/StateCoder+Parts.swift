import Evaluation
import Networks
import Tensors
import Traces

extension StateCoder {
  /// Codes the elements of a tensor, whose shape is the search's own.
  mutating func code(_ name: String, _ tensor: inout Tensor<Float>) {
    var scalars = tensor.scalars
    code(name, &scalars, count: tensor.count)
    if isRestoring { tensor = Tensor(scalars, tensor.shape) }
  }

  /// Codes the elements of a tensor, whose shape is the search's own.
  mutating func code(_ name: String, _ tensor: inout Tensor<Double>) {
    var scalars = tensor.scalars
    code(name, &scalars, count: tensor.count)
    if isRestoring { tensor = Tensor(scalars, tensor.shape) }
  }

  /// Codes the sums of a score.
  mutating func code(_ name: String, _ score: inout Score) {
    var scores = [score]
    code(name, &scores)
    score = scores.first ?? score
  }

  /// Codes scores, any number of them.
  mutating func code(_ name: String, _ scores: inout [Score]) {
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

  /// Codes an optimizer of tensors that are listed with their names.
  mutating func code(
    _ name: String, _ optimizer: inout Adam<Double>, of parameters: [(String, Tensor<Double>)]
  ) {
    group(name) { coder in
      coder.code("steps", &optimizer.steps)
      guard optimizer.steps > 0 else { return }
      if coder.isRestoring {
        optimizer.means = parameters.map { Tensor(zeros: $0.1.shape) }
        optimizer.squares = optimizer.means
      }
      for (index, parameter) in parameters.enumerated() {
        coder.code("mean.\(parameter.0)", &optimizer.means[index])
        coder.code("square.\(parameter.0)", &optimizer.squares[index])
      }
    }
  }
}
