import Foundation
import Tensors
import TestSupport

/// What `Tests/References/resnet20.py` wrote, in PyTorch's layouts.
struct ResidualNetworkReference: Decodable {
  /// Numbers of the first step.
  struct FirstStep: Decodable {
    let logits: [Double]
    let gradients: [String: TensorDigest]
    let statistics: [String: [Double]]
  }

  let names: [String]
  let salt: Int
  let batch: Int
  let height: Int
  let width: Int
  let rate: Double
  let momentum: Double
  let decay: Double
  let losses: [Double]
  let first: FirstStep
  let changes: [String: TensorDigest]
  let inference: [Double]

  /// Reads the file of the test bundle.
  static func read() throws -> ResidualNetworkReference {
    try decodedReference("resnet20.json", in: .module)
  }
}
