import Foundation

/// The mean cross-entropy between the softmax of the rows of a matrix and their labels, in nats.
///
/// The sum over a row is taken relative to its largest logit, so nothing overflows. The rows'
/// losses are added in their order.
public struct CrossEntropy: Sendable {
  /// The mean over the rows, in nats.
  public let mean: Float
  private let probabilities: Tensor<Float>
  private let labels: [Int32]

  /// Compares logits with labels.
  ///
  /// - Parameters:
  ///   - logits: `[rows, classes]`.
  ///   - labels: One class for each row, from 0.
  ///   - device: The threads to compute on.
  /// - Precondition: Every label is a class, and there is one for each row.
  public init(logits: Tensor<Float>, labels: [Int32], on device: Device) {
    let (rows, classes) = (logits.shape.rows, logits.shape.columns)
    precondition(labels.count == rows, "crossEntropy: \(labels.count) labels for \(logits.shape)")
    precondition(
      labels.allSatisfy { (0..<classes).contains(Int($0)) },
      "crossEntropy: a label outside 0..<\(classes)")
    let pieces = Self.pieces(of: logits.shape)
    var losses = Tensor<Double>(zeros: [rows])
    probabilities = losses.withMutablePointer { losses in
      Tensor<Float>(logits.shape) { probabilities in
        withPointers(logits) { logits in
          device.forEach(pieces.count) { piece in
            for row in pieces[piece] {
              losses[row] = Self.loss(
                of: logits + row * classes, classes, label: Int(labels[row]),
                into: probabilities + row * classes)
            }
          }
        }
      }
    }
    mean = Float(losses.scalars.reduce(0, +) / Double(rows))
    self.labels = labels
  }

  /// The rows of each piece of the work: some thousand exponentials.
  private static func pieces(of shape: Shape) -> Pieces {
    Pieces(of: shape.rows, smallest: max(1, (1 << 11) / max(1, shape.columns)))
  }

  /// Writes the softmax of a row and returns its cross-entropy.
  private static func loss(
    of logits: UnsafePointer<Float>, _ classes: Int, label: Int,
    into probabilities: UnsafeMutablePointer<Float>
  ) -> Double {
    let largest = (1..<classes).reduce(logits[0]) { max($0, logits[$1]) }
    var sum = 0.0
    for index in 0..<classes { sum += exp(Double(logits[index] - largest)) }
    for index in 0..<classes {
      probabilities[index] = Float(exp(Double(logits[index] - largest)) / sum)
    }
    return log(sum) - Double(logits[label] - largest)
  }

  /// The gradient by the logits, given that by the mean.
  ///
  /// - Parameters:
  ///   - gradient: By the mean.
  ///   - device: The threads to compute on.
  /// - Returns: The shape of the logits.
  public func logitGradient(_ gradient: Float, on device: Device) -> Tensor<Float> {
    let (rows, classes) = (probabilities.shape.rows, probabilities.shape.columns)
    let share = gradient / Float(rows)
    let pieces = Self.pieces(of: probabilities.shape)
    return Tensor(probabilities.shape) { result in
      withPointers(probabilities) { probabilities in
        device.forEach(pieces.count) { piece in
          for row in pieces[piece] {
            let label = Int(labels[row])
            for index in 0..<classes {
              let target: Float = index == label ? 1 : 0
              result[row * classes + index] =
                share * (probabilities[row * classes + index] - target)
            }
          }
        }
      }
    }
  }
}
