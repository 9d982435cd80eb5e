import Tensors

/// Returns the channels of several feature maps, one map's after the other's.
///
/// - Parameter parts: At least one; `[…, channels]`, equal but for the channels.
/// - Returns: `[…, sum of the channels]`.
/// - Precondition: all have the same extents before the last.
public func concatenation(_ parts: [Variable<Float>]) -> Variable<Float> {
  precondition(!parts.isEmpty, "concatenation: of nothing")
  let device = parts[0].tape.device
  let joined = Tensor(concatenating: parts.map(\.value), on: device)
  return parts[0].tape.record(joined, from: parts) { gradient in
    var start = 0
    for part in parts {
      let end = start + part.shape.columns
      part.accumulate(gradient.columns(start..<end, on: device))
      start = end
    }
  }
}
