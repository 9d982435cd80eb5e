import Foundation
import Networks
import TestSupport
import Tensors

// What the scripts under Tests/References and these tests have in common.

/// A tensor in PyTorch's layout, or as much of it as tells it from any other that a mistake would
/// make: the scripts' `digest`.
struct TensorDigest: Decodable {
  /// All elements of a small tensor.
  let all: [Double]?
  /// Some elements of a large one.
  let samples: [Double]?
  /// Sums of the elements with hashed signs, for every index of the first axis.
  let byOutput: [Double]?
  /// The same for every index of the second axis.
  let byInput: [Double]?

  /// Compares a tensor of ours with a digest of PyTorch's.
  static func disagreement(
    _ tensor: Tensor<Float>, _ digest: TensorDigest?, number: Int, relative: Double,
    absolute: Double = 0
  ) -> String? {
    guard let digest else { return "not in the reference" }
    func compare(_ found: [Double], _ expected: [Double]) -> String? {
      mismatch(found, expected, absolute: absolute, relative: relative)
    }
    // Our elements in PyTorch's order.
    var elements = [Double](repeating: .nan, count: tensor.count)
    for (place, value) in zip(placesInPyTorch(tensor.shape), tensor.scalars) {
      elements[place] = Double(value)
    }
    if let all = digest.all { return compare(elements, all) }
    guard let samples = digest.samples, let byOutput = digest.byOutput, let byInput = digest.byInput
    else { return "the reference is incomplete" }
    let sampled = samples.indices.map {
      elements[Int(hashed($0, salt: 700 + number)) % elements.count]
    }
    if let text = compare(sampled, samples) { return "samples: \(text)" }
    var (outputs, inputs) = (byOutput.map { _ in 0.0 }, byInput.map { _ in 0.0 })
    let area = elements.count / (outputs.count * inputs.count)
    for (index, element) in elements.enumerated() {
      let signed = hashed(index, salt: 800 + number) >> 31 == 1 ? element : -element
      outputs[index / (area * inputs.count)] += signed
      inputs[index / area % inputs.count] += signed
    }
    if let text = compare(outputs, byOutput) { return "outputs: \(text)" }
    return compare(inputs, byInput).map { "inputs: \($0)" }
  }
}

extension Parameterized {
  /// The scripts' `initialize`.
  mutating func setHashedWeights(salt: Int) {
    var number = 0
    visitParameters { name, parameter in
      let shape = parameter.value.shape
      let inputs = shape.rank == 4 ? shape.count / shape[3] : shape.columns
      let (factor, offset) =
        shape.rank > 1
        ? ((6 / Double(inputs)).squareRoot(), 0.0)
        : (0.25, name.contains("bn") && name.hasSuffix("weight") ? 1.0 : 0.0)
      parameter.value = Tensor(
        placesInPyTorch(shape).map {
          uniform($0, salt: 1000 * salt + number, times: factor, plus: offset)
        }, shape)
      number += 1
    }
  }
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
