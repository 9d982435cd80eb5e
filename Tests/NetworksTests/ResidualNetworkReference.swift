import Foundation
import Tensors

/// What `Tests/References/resnet20.py` wrote, in PyTorch's layouts.
struct ResidualNetworkReference: Decodable {
  /// A tensor, or as much of it as tells it from any other that a mistake would make.
  struct Digest: Decodable {
    /// All elements of a small tensor.
    let all: [Double]?
    /// Some elements of a large one.
    let samples: [Double]?
    /// Sums of the elements with hashed signs, for every index of the first axis.
    let byOutput: [Double]?
    /// The same for every index of the second axis.
    let byInput: [Double]?
  }

  /// Numbers of the first step.
  struct FirstStep: Decodable {
    let logits: [Double]
    let gradients: [String: Digest]
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
  let changes: [String: Digest]
  let inference: [Double]

  /// Reads the file of the test bundle.
  static func read() throws -> ResidualNetworkReference {
    try decodedReference("resnet20.json")
  }
}

/// Decodes a file in the folder `References` of the test bundle.
func decodedReference<Value: Decodable>(_ file: String) throws -> Value {
  let folder = Bundle.module.url(forResource: "References", withExtension: nil)
  guard let folder else { throw CocoaError(.fileNoSuchFile) }
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(
    Value.self, from: Data(contentsOf: folder.appendingPathComponent(file)))
}

/// The script's `hashed`: word `index` of the stream `salt`.
func hashed(_ index: Int, salt: Int) -> UInt32 {
  var bits = UInt32(truncatingIfNeeded: index &+ 0x9E37_79B9 &* (salt &+ 1))
  bits = (bits ^ (bits >> 16)) &* 0x7FEB_352D
  bits = (bits ^ (bits >> 15)) &* 0x846C_A68B
  return bits ^ (bits >> 16)
}

/// The script's `uniform`, times a factor: element `index`, rounded to single precision.
func uniform(_ index: Int, salt: Int, times factor: Double = 1, plus offset: Double = 0) -> Float {
  Float(offset + factor * (Double(hashed(index, salt: salt) >> 8) / 0x1p23 - 1))
}

/// Where our element lies in PyTorch's tensor, for all our elements in row-major order.
///
/// Kernels are `[kernelHeight, kernelWidth, channels, filters]` here and `[filters, channels,
/// kernelHeight, kernelWidth]` there; images `[batch, height, width, channels]` here and `[batch,
/// channels, height, width]` there; anything of rank 1 or 2 is the same.
func placesInPyTorch(_ shape: Shape, isImage: Bool = false) -> [Int] {
  guard shape.rank == 4 else { return Array(0..<shape.count) }
  var places: [Int] = []
  for a in 0..<shape[0] {
    for b in 0..<shape[1] {
      for c in 0..<shape[2] {
        for d in 0..<shape[3] {
          places.append(
            isImage
              ? ((a * shape[3] + d) * shape[1] + b) * shape[2] + c
              : ((d * shape[2] + c) * shape[0] + a) * shape[1] + b)
        }
      }
    }
  }
  return places
}
