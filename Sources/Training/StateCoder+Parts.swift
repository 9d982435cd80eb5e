import Files
import Networks
import Tensors

extension StateCoder {
  /// Codes the elements of a tensor, whose shape stays.
  public mutating func code<Scalar: TensorScalar>(_ name: String, _ tensor: inout Tensor<Scalar>) {
    var scalars = tensor.scalars
    scalars.code(name, in: &self)
    if isRestoring, scalars.count == tensor.count { tensor = Tensor(scalars, tensor.shape) }
  }

  /// Codes the sums of a score.
  public mutating func code(_ name: String, _ score: inout Score) {
    var scores = [score]
    code(name, &scores)
    score = scores.first ?? score
  }

  /// Codes scores, any number of them.
  public mutating func code(_ name: String, _ scores: inout [Score]) {
    group(name) { coder in
      var losses = scores.map(\.totalLoss)
      coder.code("total_loss", &losses)
      var correct = scores.map(\.correct)
      coder.code("correct", &correct, count: losses.count)
      var counts = scores.map(\.count)
      coder.code("count", &counts, count: losses.count)
      guard coder.isRestoring, coder.mismatch == nil else { return }
      for (part, whole) in zip(correct, counts)
      where part < 0 || part > whole || whole > 1 << 53 {
        return coder.fail("its entry '\(name)' has \(part) correct of \(whole)")
      }
      scores = losses.indices.map {
        Score(totalLoss: losses[$0], correct: correct[$0], count: counts[$0])
      }
    }
  }
}

extension Array where Element: TensorScalar {
  /// Codes numbers in their own precision, as many as there are.
  fileprivate mutating func code(_ name: String, in coder: inout StateCoder) {
    if var floats = self as? [Float] {
      coder.code(name, &floats, count: count)
      self = floats.map { Element($0) }
    } else {
      var doubles = map { Double($0) }
      coder.code(name, &doubles, count: count)
      self = doubles.map { Element($0) }
    }
  }
}
