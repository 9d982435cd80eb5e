import Tensors

/// Returns `input · weightᵀ + bias`: a fully connected layer.
///
/// - Parameters:
///   - input: `[rows, inputs]`.
///   - weight: `[outputs, inputs]`.
///   - bias: `[outputs]`.
/// - Returns: `[rows, outputs]`.
public func linearMap(
  _ input: Variable<Float>, weight: Variable<Float>, bias: Variable<Float>
) -> Variable<Float> {
  precondition(
    weight.shape.columns == input.shape.columns && bias.value.count == weight.shape.rows,
    "linearMap: input \(input.shape), weight \(weight.shape), bias \(bias.shape)")
  let device = input.tape.device
  let output = MatrixProduct.product(
    .plain(input.value), .transposed(weight.value), plus: bias.value, on: device)
  return input.tape.record(output, from: [input, weight, bias]) { gradient in
    input.accumulate(
      MatrixProduct.product(.plain(gradient), .plain(weight.value), on: device)
        .reshaped(input.shape))
    weight.accumulate(
      MatrixProduct.product(.transposed(gradient), .plain(input.value), on: device)
        .reshaped(weight.shape))
    bias.accumulate(gradient.sumOfManyRows(on: device).reshaped(bias.shape))
  }
}
