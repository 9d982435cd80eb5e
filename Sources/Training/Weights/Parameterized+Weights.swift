import Files
import Foundation
import Networks
import Tensors

/// Parameters and running statistics in a file of the format safetensors, as PyTorch's programs
/// have them.
///
/// Names are those of `visitParameters` and `visitStatistics`, which are PyTorch's. A tensor of
/// four extents is a convolution's: `[height, width, channels, filters]` here, `[filters, channels,
/// height, width]` in the file; all others have the layout of the file. PyTorch's counters
/// `num_batches_tracked`, which nothing here needs, are not written, and skipped where they stand.
extension Parameterized {
  /// Writes parameters and running statistics, as a whole or not at all.
  ///
  /// - Parameters:
  ///   - file: Where to; what stands there is replaced.
  ///   - facts: Facts for the file's metadata, such as the activation function.
  /// - Throws: `WeightFileError` if that is not possible.
  public func writeWeights(
    to file: URL, facts: [String: String] = [:]
  ) throws(WeightFileError) {
    var contents = SafetensorsFile()
    // "pt" says whose layouts these are; some programs refuse a file without it.
    contents.metadata = facts.merging(["format": "pt"]) { $1 }
    for (name, value) in namedParameters + namedStatistics {
      contents.entries[name] = value.permuted(.toFile)
    }
    do {
      let bytes = try contents.bytes()
      try bytes.withUnsafeBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as UnwritableFile {
      throw WeightFileError(
        file, "cannot be written (\(error.reason)); make room, or name another file")
    } catch {
      throw WeightFileError(file, "cannot be written (\(error))")
    }
  }

  /// Reads parameters and running statistics of a network like this one.
  ///
  /// - Parameter file: Written by `writeWeights` or by a PyTorch program, in single or double
  ///   precision.
  /// - Throws: `WeightFileError` if the file cannot be read, is damaged, or of another network;
  ///   this one is unchanged then.
  public mutating func readWeights(from file: URL) throws(WeightFileError) {
    var entries: [String: SafetensorsFile.Entry]
    do {
      entries = try SafetensorsFile(Data(contentsOf: file)).entries
    } catch let defect as SafetensorsFile.Defect {
      throw WeightFileError(file, "is no whole safetensors file: \(defect.text); save it again")
    } catch {
      throw WeightFileError(
        file,
        "cannot be read (\(error.localizedDescription)); name a file of the format safetensors")
    }
    var copy = self
    var complaint: String?
    func take(_ name: String, _ value: inout Tensor<Float>) {
      guard complaint == nil else { return }
      do throws(SafetensorsFile.Defect) {
        guard let entry = entries.removeValue(forKey: name) else {
          throw .init("it has no '\(name)'")
        }
        value = try Tensor(entry, like: value, name: name)
      } catch {
        complaint = error.text
      }
    }
    copy.visitParameters { take($0, &$1.value) }
    copy.visitStatistics { take($0, &$1) }
    let unknown = entries.keys.filter { !$0.hasSuffix(".num_batches_tracked") }.min()
    complaint = complaint ?? unknown.map { "its '\($0)' is none of the network's" }
    if let complaint {
      throw WeightFileError(
        file, "does not fit the network: \(complaint); name that of its network")
    }
    self = copy
  }
}

/// Weights that cannot be written or read.
public struct WeightFileError: Error, CustomStringConvertible, Sendable, Hashable {
  /// The file.
  public let file: URL
  /// What is wrong, and the cure.
  public let complaint: String

  init(_ file: URL, _ complaint: String) {
    self.file = file
    self.complaint = complaint
  }

  /// One line.
  public var description: String { "\(file.relativePath): \(complaint)" }
}

/// The order of extents in which a tensor goes between the network and a file.
private enum Direction {
  case toFile
  case fromFile

  /// For each extent of the result, which of the original it is.
  var axes: [Int] {
    switch self {
    case .toFile: [3, 2, 0, 1]
    case .fromFile: [2, 3, 1, 0]
    }
  }
}

extension Tensor<Float> {
  /// The elements as a file has them.
  fileprivate func permuted(_ direction: Direction) -> SafetensorsFile.Entry {
    let extents = (0..<shape.rank).map { shape[$0] }
    let inOrder = Self.permuted(scalars, extents, direction)
    return SafetensorsFile.Entry(inOrder.scalars, shape: inOrder.shape)
  }

  /// Takes the elements of a file.
  fileprivate init(
    _ entry: SafetensorsFile.Entry, like other: Tensor, name: String
  ) throws(SafetensorsFile.Defect) {
    guard let floats = entry.floats else {
      throw .init("its '\(name)' is of type \(entry.type) instead of F32 or F64")
    }
    let own = other.permuted(.toFile).shape
    guard entry.shape == own else {
      throw .init("its '\(name)' has the shape \(entry.shape) instead of \(own)")
    }
    self.init(Self.permuted(floats, entry.shape, .fromFile).scalars, other.shape)
  }

  /// The elements of a convolution's kernels in the other order; those of other tensors as they
  /// are.
  private static func permuted(
    _ scalars: [Float], _ extents: [Int], _ direction: Direction
  ) -> (scalars: [Float], shape: [Int]) {
    guard extents.count == 4 else { return (scalars, extents) }
    let axes = direction.axes
    let shape = axes.map { extents[$0] }
    let steps = [
      extents[1] * extents[2] * extents[3], extents[2] * extents[3], extents[3], 1,
    ]
    let strides = axes.map { steps[$0] }
    var result: [Float] = []
    result.reserveCapacity(scalars.count)
    for a in 0..<shape[0] {
      for b in 0..<shape[1] {
        for c in 0..<shape[2] {
          let start = a * strides[0] + b * strides[1] + c * strides[2]
          for d in 0..<shape[3] { result.append(scalars[start + d * strides[3]]) }
        }
      }
    }
    return (result, shape)
  }
}
