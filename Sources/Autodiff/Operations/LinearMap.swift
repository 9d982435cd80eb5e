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
  let (rows, inputs) = (input.shape.rows, input.shape.columns)
  let outputs = weight.shape.rows
  precondition(
    weight.shape.columns == inputs && bias.value.count == outputs,
    "linearMap: input \(input.shape), weight \(weight.shape), bias \(bias.shape)")
  let output = Tensor<Float>([rows, outputs]) { output in
    withPointers(input.value, weight.value, bias.value) { input, weight, bias in
      for row in 0..<rows { (output + row * outputs).initialize(from: bias, count: outputs) }
      MatrixProduct.multiply(
        .plain(input), .transposed(weight), rows: rows, inner: inputs, columns: outputs,
        into: output, keep: 1)
    }
  }
  return input.tape.record(output, from: [input, weight, bias]) { gradient in
    input.accumulate(
      Tensor(input.shape) { result in
        withPointers(gradient, weight.value) {
          MatrixProduct.multiply(
            .plain($0), .plain($1), rows: rows, inner: outputs, columns: inputs, into: result)
        }
      })
    weight.accumulate(
      Tensor(weight.shape) { result in
        withPointers(gradient, input.value) {
          MatrixProduct.multiply(
            .transposed($0), .plain($1), rows: outputs, inner: rows, columns: inputs, into: result)
        }
      })
    bias.accumulate(
      Tensor(bias.shape) { result in
        result.initialize(repeating: 0, count: outputs)
        withPointers(gradient) { gradient in
          for row in 0..<rows {
            for output in 0..<outputs { result[output] += gradient[row * outputs + output] }
          }
        }
      })
  }
}
