import Autodiff
import CKernels
import Tensors

/// Applies a tabulated function to every element of `input`.
///
/// Both pullbacks are exact for the piecewise cubic: that to `input` is the cubic's derivative,
/// that to `values` the transposed interpolation. At a node the cubic on its outer side counts.
///
/// - Parameters:
///   - input: Any shape.
///   - values: The function at the nodes of `grid`, `[nodes]`.
///   - grid: The nodes.
/// - Returns: The shape of `input`. NaN gives NaN.
public func interpolation(
  _ input: Variable<Float>, values: Variable<Double>, grid: CurveGrid
) -> Variable<Float> {
  precondition(
    values.value.count == grid.nodeCount,
    "interpolation: \(values.shape) values for \(grid.nodeCount) nodes")
  let team = input.tape.team
  let table = withPointers(values.value) { grid.table($0) }
  let pieces = Pieces(of: input.value.count, smallest: 1 << 14)
  let output = Tensor<Float>(input.shape) { output in
    withPointers(input.value, table) { input, table in
      team.forEach(pieces.count) { piece in
        let start = pieces[piece].lowerBound
        grafs_curve_forward(
          input + start, pieces[piece].count, table, grid.shape, output + start)
      }
    }
  }
  return input.tape.record(output, from: [input, values]) { gradient in
    guard values.needsGradient else {
      return input.accumulate(slopes(input.value, gradient, table, grid, pieces, team))
    }
    let result = bothGradients(input.value, gradient, table, grid, pieces, team)
    input.accumulate(result.input)
    values.accumulate(result.values.reshaped(values.shape))
  }
}

/// The gradient by the input.
private func slopes(
  _ input: Tensor<Float>, _ gradient: Tensor<Float>, _ table: Tensor<Float>, _ grid: CurveGrid,
  _ pieces: Pieces, _ team: ThreadTeam
) -> Tensor<Float> {
  Tensor(input.shape) { result in
    withPointers(input, gradient, table) { input, gradient, table in
      team.forEach(pieces.count) { piece in
        let start = pieces[piece].lowerBound
        grafs_curve_backward_input(
          input + start, gradient + start, pieces[piece].count, table, grid.shape, result + start)
      }
    }
  }
}

/// The gradient by the input, and that by the values: every element adds its gradient, times the
/// four basis values, to the nodes of its interval.
private func bothGradients(
  _ input: Tensor<Float>, _ gradient: Tensor<Float>, _ table: Tensor<Float>, _ grid: CurveGrid,
  _ pieces: Pieces, _ team: ThreadTeam
) -> (input: Tensor<Float>, values: Tensor<Double>) {
  let width = 4 * grafs_curve_interval_count(grid.shape)
  var partial = Tensor<Float>(zeros: [pieces.count, width])
  let result = partial.withMutablePointer { partial in
    Tensor<Float>(input.shape) { result in
      withPointers(input, gradient, table) { input, gradient, table in
        team.forEach(pieces.count) { piece in
          let start = pieces[piece].lowerBound
          _ = Tensor<Float>([grafs_curve_scratch_count(grid.shape)]) { scratch in
            grafs_curve_backward(
              input + start, gradient + start, pieces[piece].count, table, grid.shape,
              result + start, scratch, partial + piece * width)
          }
        }
      }
    }
  }
  let moments = Tensor<Double>([width]) { sum in
    sum.initialize(repeating: 0, count: width)
    withPointers(partial) { partial in
      for piece in 0..<pieces.count {
        for index in 0..<width { sum[index] += Double(partial[piece * width + index]) }
      }
    }
  }
  return (result, withPointers(moments) { grid.nodeGradient($0) })
}
