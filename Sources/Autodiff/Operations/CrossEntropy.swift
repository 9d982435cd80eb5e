import Foundation
import Tensors

/// Returns the mean cross-entropy between the softmax of `logits` and the labels, in nats.
///
/// The sum over a row is taken relative to its largest logit, so nothing overflows.
///
/// - Parameters:
///   - logits: `[batch, classes]`.
///   - labels: One class for each row, from 0.
/// - Returns: A scalar, `[]`.
/// - Precondition: every label is a class, and there is one for each row.
public func crossEntropy(_ logits: Variable<Float>, labels: [Int32]) -> Variable<Float> {
  let (rows, classes) = (logits.shape.rows, logits.shape.columns)
  precondition(labels.count == rows, "crossEntropy: \(labels.count) labels for \(logits.shape)")
  precondition(
    labels.allSatisfy { (0..<classes).contains(Int($0)) },
    "crossEntropy: a label outside 0..<\(classes)")
  var loss = 0.0
  let probabilities = Tensor<Float>(logits.shape) { probabilities in
    withPointers(logits.value) { logits in
      for row in 0..<rows {
        let (logits, result) = (logits + row * classes, probabilities + row * classes)
        let largest = (1..<classes).reduce(logits[0]) { max($0, logits[$1]) }
        var sum = 0.0
        for index in 0..<classes { sum += exp(Double(logits[index] - largest)) }
        for index in 0..<classes {
          result[index] = Float(exp(Double(logits[index] - largest)) / sum)
        }
        loss += log(sum) - Double(logits[Int(labels[row])] - largest)
      }
    }
  }
  let mean = Tensor<Float>([Float(loss / Double(rows))], [])
  return logits.tape.record(mean, from: [logits]) { gradient in
    let share = gradient.scalars[0] / Float(rows)
    logits.accumulate(
      Tensor(probabilities.shape) { result in
        withPointers(probabilities) { probabilities in
          for row in 0..<rows {
            for index in 0..<classes {
              let target: Float = index == Int(labels[row]) ? 1 : 0
              result[row * classes + index] =
                share * (probabilities[row * classes + index] - target)
            }
          }
        }
      })
  }
}
