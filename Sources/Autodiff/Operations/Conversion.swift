import Tensors

/// Returns the elements of `input` in another precision, under another shape.
///
/// - Precondition: `shape` has the element count of `input`.
public func conversion<Scalar, Other>(
  _ input: Variable<Scalar>, to type: Other.Type, shape: Shape
) -> Variable<Other> {
  let converted = input.value.converted(to: type).reshaped(shape)
  return input.tape.record(converted, from: [input]) { gradient in
    input.accumulate(gradient.converted(to: Scalar.self).reshaped(input.shape))
  }
}
