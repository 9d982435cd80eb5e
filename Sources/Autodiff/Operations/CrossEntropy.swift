import Tensors

/// Returns the mean cross-entropy between the softmax of `logits` and the labels, in nats.
///
/// - Parameters:
///   - logits: `[batch, classes]`.
///   - labels: One class for each row, from 0.
/// - Returns: A scalar, `[]`.
/// - Precondition: every label is a class, and there is one for each row.
public func crossEntropy(_ logits: Variable<Float>, labels: [Int32]) -> Variable<Float> {
  let device = logits.tape.device
  let loss = CrossEntropy(logits: logits.value, labels: labels, on: device)
  return logits.tape.record(Tensor([loss.mean], []), from: [logits]) { gradient in
    logits.accumulate(loss.logitGradient(gradient.scalars[0], on: device))
  }
}
