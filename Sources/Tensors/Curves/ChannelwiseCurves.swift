import CKernels

/// A tabulated function for every channel; see `TabulatedCurve`.
///
/// The channels are made contiguous first, so that the same loops serve; a channel's bits depend on
/// its own elements only.
public struct ChannelwiseCurves: Sendable {
  private let grid: CurveGrid
  private let tables: Tensor<Float>
  private let slopeTables: Tensor<Float>

  /// Tabulates functions.
  ///
  /// - Parameters:
  ///   - values: The functions at the nodes of `grid`, `[channels, nodes]`.
  ///   - slopes: Those by which the argument gets its gradient, `[channels, nodes]`; nil for the
  ///     cubics' own.
  ///   - grid: The nodes.
  ///   - device: The threads to compute on.
  /// - Precondition: There is a value, and a slope, for each node of each channel.
  public init(
    values: Tensor<Double>, slopes: Tensor<Double>? = nil, grid: CurveGrid, on device: Device
  ) {
    precondition(
      values.shape.rank == 2 && values.shape.columns == grid.nodeCount
        && slopes?.shape ?? values.shape == values.shape,
      "ChannelwiseCurves: \(values.shape) values for \(grid.nodeCount) nodes, slopes "
        + "\(String(describing: slopes?.shape))")
    func tabulated(
      _ numbers: Tensor<Double>,
      _ write: (UnsafePointer<Double>, UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor<Float> {
      let channels = numbers.shape.rows
      return Tensor([channels, grid.tableCount]) { tables in
        withPointers(numbers) { numbers in
          device.forEach(channels) {
            write(numbers + $0 * grid.nodeCount, tables + $0 * grid.tableCount)
          }
        }
      }
    }
    self.grid = grid
    let tables = tabulated(values) { grid.writeTable($0, into: $1) }
    self.tables = tables
    slopeTables = slopes.map { tabulated($0) { grid.writeSlopeTable($0, into: $1) } } ?? tables
  }

  /// Applies to every channel its function.
  ///
  /// - Parameters:
  ///   - input: `[…, channels]`.
  ///   - device: The threads to compute on.
  /// - Returns: The shape of `input`. NaN gives NaN.
  public func values(at input: Tensor<Float>, on device: Device) -> Tensor<Float> {
    let (rows, channels, size) = (input.shape.rows, input.shape.columns, grid.tableCount)
    precondition(
      channels == tables.shape.rows,
      "ChannelwiseCurves: \(tables.shape.rows) functions for \(channels) channels")
    var output = input.transposed(on: device)
    output.withMutablePointer { output in
      withPointers(tables) { tables in
        device.forEach(channels) { channel in
          let elements = output + channel * rows
          grafs_curve_forward(elements, rows, tables + channel * size, grid.shape, elements)
        }
      }
    }
    return output.transposed(on: device).reshaped(input.shape)
  }

  /// The gradients, given that by the results.
  ///
  /// - Parameters:
  ///   - input: `[…, channels]`.
  ///   - gradient: Of the shape of `input`.
  ///   - withValues: Whether the gradient by the values is wanted.
  ///   - device: The threads to compute on.
  /// - Returns: The gradients by the input, of its shape, and by the values, `[channels, nodes]`.
  public func gradients(
    at input: Tensor<Float>, times gradient: Tensor<Float>, withValues: Bool, on device: Device
  ) -> (input: Tensor<Float>, values: Tensor<Double>?) {
    let (rows, channels, size) = (input.shape.rows, input.shape.columns, grid.tableCount)
    var slopes = gradient.transposed(on: device)
    let byValues = slopes.withMutablePointer { slopes in
      withPointers(input.transposed(on: device), slopeTables) { input, tables in
        guard withValues else {
          device.forEach(channels) { channel in
            let slopes = slopes + channel * rows
            grafs_curve_backward_input(
              input + channel * rows, slopes, rows, tables + channel * size, grid.shape, slopes)
          }
          return nil as Tensor<Double>?
        }
        return Tensor<Double>([channels, grid.nodeCount]) { byValues in
          device.forEach(channels) { channel in
            let slopes = slopes + channel * rows
            let scratchCount = grafs_curve_scratch_count(grid.shape)
            _ = Tensor<Float>([scratchCount + size]) { scratch in
              let moments = scratch + scratchCount
              moments.initialize(repeating: 0, count: size)
              grafs_curve_backward(
                input + channel * rows, slopes, rows, tables + channel * size, grid.shape, slopes,
                scratch, moments)
              grid.writeNodeGradient(moments, into: byValues + channel * grid.nodeCount)
            }
          }
        }
      }
    }
    return (slopes.transposed(on: device).reshaped(input.shape), byValues)
  }
}
