import Tensors

/// Returns the channels of several feature maps, one map's after the other's.
///
/// - Parameter parts: At least one; `[…, channels]`, equal but for the channels.
/// - Returns: `[…, sum of the channels]`.
/// - Precondition: all have the same extents before the last.
public func concatenation(_ parts: [Variable<Float>]) -> Variable<Float> {
  precondition(!parts.isEmpty, "concatenation: of nothing")
  let outer = parts[0].shape.dimensions.dropLast()
  precondition(
    parts.allSatisfy { $0.shape.rank > 0 && $0.shape.dimensions.dropLast() == outer },
    "concatenation: \(parts.map(\.shape))")
  let device = parts[0].tape.device
  let (rows, widths) = (parts[0].shape.rows, parts.map(\.shape.columns))
  let width = widths.reduce(0, +)
  // Where each part begins in a row of the result.
  let starts = widths.indices.map { widths[..<$0].reduce(0, +) }
  let pieces = Pieces(of: rows, smallest: max(1, (1 << 14) / max(1, width)))

  let joined = Tensor<Float>(Shape(Array(outer) + [width])) { joined in
    for (index, part) in parts.enumerated() {
      withPointers(part.value) { part in
        device.forEach(pieces.count) { piece in
          for row in pieces[piece] {
            (joined + row * width + starts[index]).initialize(
              from: part + row * widths[index], count: widths[index])
          }
        }
      }
    }
  }
  return parts[0].tape.record(joined, from: parts) { gradient in
    for (index, part) in parts.enumerated() {
      part.accumulate(
        Tensor(part.shape) { taken in
          withPointers(gradient) { gradient in
            device.forEach(pieces.count) { piece in
              for row in pieces[piece] {
                (taken + row * widths[index]).initialize(
                  from: gradient + row * width + starts[index], count: widths[index])
              }
            }
          }
        })
    }
  }
}
