import Autodiff
import CKernels
import Tensors

/// Applies to every channel of `input` a tabulated function of its own.
///
/// As `interpolation` with each channel alone. The channels are made contiguous first, so that the
/// same loops serve; a channel's bits depend on its own elements only.
///
/// - Parameters:
///   - input: `[…, channels]`.
///   - values: The functions at the nodes of `grid`, `[channels, nodes]`.
///   - grid: The nodes.
///   - slopes: Those by which the input gets its gradient, `[channels, nodes]`; nil for the cubics' own.
/// - Returns: The shape of `input`. NaN gives NaN.
public func channelwiseInterpolation(
  _ input: Variable<Float>, values: Variable<Double>, grid: CurveGrid,
  slopes: Tensor<Double>? = nil
) -> Variable<Float> {
  let (rows, channels) = (input.shape.rows, input.shape.columns)
  precondition(
    values.shape == [channels, grid.nodeCount] && slopes?.shape ?? values.shape == values.shape,
    "channelwiseInterpolation: \(values.shape) values for \(channels) channels of "
      + "\(grid.nodeCount) nodes, slopes \(String(describing: slopes?.shape))")
  let device = input.tape.device
  let nodes = grid.nodeCount
  let size = grid.tableCount
  let tables = Tensor<Float>([channels, size]) { tables in
    withPointers(values.value) { values in
      device.forEach(channels) { grid.writeTable(values + $0 * nodes, into: tables + $0 * size) }
    }
  }
  let slopeTables =
    slopes.map { slopes in
      Tensor<Float>([channels, size]) { tables in
        withPointers(slopes) { slopes in
          device.forEach(channels) {
            grid.writeSlopeTable(slopes + $0 * nodes, into: tables + $0 * size)
          }
        }
      }
    } ?? tables
  var output = input.value.transposed(on: device)
  output.withMutablePointer { output in
    withPointers(tables) { tables in
      device.forEach(channels) { channel in
        let elements = output + channel * rows
        grafs_curve_forward(elements, rows, tables + channel * size, grid.shape, elements)
      }
    }
  }
  return input.tape.record(
    output.transposed(on: device).reshaped(input.shape), from: [input, values]
  ) { gradient in
    var slopes = gradient.transposed(on: device)
    let byValues = slopes.withMutablePointer { slopes in
      withPointers(input.value.transposed(on: device), slopeTables) { input, tables in
        guard values.needsGradient else {
          device.forEach(channels) { channel in
            let slopes = slopes + channel * rows
            grafs_curve_backward_input(
              input + channel * rows, slopes, rows, tables + channel * size, grid.shape, slopes)
          }
          return nil as Tensor<Double>?
        }
        return Tensor<Double>([channels, nodes]) { byValues in
          device.forEach(channels) { channel in
            let slopes = slopes + channel * rows
            let scratchCount = grafs_curve_scratch_count(grid.shape)
            _ = Tensor<Float>([scratchCount + size]) { scratch in
              let moments = scratch + scratchCount
              moments.initialize(repeating: 0, count: size)
              grafs_curve_backward(
                input + channel * rows, slopes, rows, tables + channel * size, grid.shape, slopes,
                scratch, moments)
              grid.writeNodeGradient(moments, into: byValues + channel * nodes)
            }
          }
        }
      }
    }
    input.accumulate(slopes.transposed(on: device).reshaped(input.shape))
    if let byValues { values.accumulate(byValues) }
  }
}
