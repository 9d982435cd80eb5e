import CKernels

/// A function given by its values at the nodes of a grid, interpolated by cubics.
///
/// Both gradients are exact for the piecewise cubic, unless slopes are given: that by the argument
/// is the cubic's derivative, that by the values the transposed interpolation: every element adds
/// its gradient, times the four basis values, to the nodes of its interval. At a node the cubic on
/// its outer side counts.
///
/// A class that reads its tables by their addresses: a copy, or a table that is lent, would be
/// counted for every stretch of elements, and threads would wait for each other's counts.
public final class TabulatedCurve: PointwiseFunction, @unchecked Sendable {
  private let grid: CurveGrid
  private let shape: grafs_curve_grid
  private let table: Tensor<Float>
  /// The cubics whose slopes pass gradients to the argument.
  private let slopeTable: Tensor<Float>
  private let rows: UnsafePointer<Float>
  private let slopeRows: UnsafePointer<Float>

  /// Tabulates a function.
  ///
  /// - Parameters:
  ///   - values: The function at the nodes of `grid`, `[nodes]`.
  ///   - slopes: The function's slopes at the nodes, `[nodes]`, by which the argument gets its
  ///     gradient; nil for those of the cubics.
  ///   - grid: The nodes.
  /// - Precondition: There is a value, and a slope, for each node.
  public init(values: Tensor<Double>, slopes: Tensor<Double>? = nil, grid: CurveGrid) {
    precondition(
      values.count == grid.nodeCount && slopes?.count ?? grid.nodeCount == grid.nodeCount,
      "TabulatedCurve: \(values.shape) values for \(grid.nodeCount) nodes, slopes "
        + "\(String(describing: slopes?.shape))")
    self.grid = grid
    shape = grid.shape
    let extents: Shape = [grid.tableCount / 4, 4]
    let table = Tensor<Float>(extents) { table in
      withPointers(values) { grid.writeTable($0, into: table) }
    }
    self.table = table
    slopeTable =
      slopes.map { slopes in
        Tensor(extents) { table in
          withPointers(slopes) { grid.writeSlopeTable($0, into: table) }
        }
      } ?? table
    rows = self.table.address
    slopeRows = slopeTable.address
  }

  /// Four moments for each interval.
  public var sumCount: Int { grid.tableCount }

  /// Many elements at a time where moments are taken: each call costs a pass over the table.
  public func stretch(withSums: Bool) -> Int { withSums ? 1 << 14 : 1 << 11 }

  /// Computes `y[i] = f(x[i])`; `y` may be `x`. NaN gives NaN.
  public func evaluate(
    _ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>
  ) {
    grafs_curve_forward(x, count, rows, shape, y)
  }

  /// Computes `slopes[i] = gradient[i] · f′(x[i])`, and adds the moments of the gradient.
  public func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
  ) {
    guard let sums else {
      return grafs_curve_backward_input(x, gradient, count, slopeRows, shape, slopes)
    }
    _ = Tensor<Float>([grafs_curve_scratch_count(shape)]) { scratch in
      grafs_curve_backward(x, gradient, count, slopeRows, shape, slopes, scratch, sums)
    }
  }

  /// The gradient by the values, given the moments of that by the results.
  ///
  /// - Parameters:
  ///   - moments: A row for each piece of the elements: `[pieces, sumCount]`.
  ///   - device: The threads to compute on.
  /// - Returns: `[nodes]`.
  public func valueGradient(moments: Tensor<Float>, on device: Device) -> Tensor<Double> {
    let total = moments.preciseSumOfRows(on: device)
    return Tensor([grid.nodeCount]) { gradient in
      withPointers(total) { grid.writeNodeGradient($0, into: gradient) }
    }
  }
}
