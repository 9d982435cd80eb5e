import Tensors

/// Puts vectors one behind the other.
///
/// - Parameters:
///   - parts: `[…]` each, perhaps none.
///   - tape: The tape of the pass.
/// - Returns: All their elements: `[elements]`.
public func joining<Scalar>(
  _ parts: [Variable<Scalar>], on tape: Tape
) -> Variable<Scalar> {
  let elements = Tensor(parts.flatMap(\.value.scalars))
  return tape.record(elements, from: parts) { gradient in
    let gradient = gradient.scalars
    var start = 0
    for part in parts {
      let end = start + part.value.count
      part.accumulate(Tensor(Array(gradient[start..<end]), part.shape))
      start = end
    }
  }
}
