import Autodiff
import CKernels
import Tensors

/// A tabulated function of one argument, interpolated by cubics.
///
/// Both gradients are exact for the piecewise cubic, unless slopes are given: that by the argument is the cubic's
/// derivative, that by the values the transposed interpolation: every element adds its gradient,
/// times the four basis values, to the nodes of its interval. At a node the cubic on its outer side
/// counts.
public struct Interpolation: PointwiseFunction {
  private let values: Variable<Double>
  private let grid: CurveGrid
  private let table: Tensor<Float>
  /// The cubics whose slopes pass gradients to the argument.
  private let slopeTable: Tensor<Float>

  /// Tabulates a function.
  ///
  /// - Parameters:
  ///   - values: The function at the nodes of `grid`, `[nodes]`.
  ///   - grid: The nodes.
  ///   - slopes: The function's slopes at the nodes, `[nodes]`, by which the argument gets its gradient;
  ///     nil for those of the cubics.
  public init(values: Variable<Double>, grid: CurveGrid, slopes: Tensor<Double>? = nil) {
    precondition(
      values.value.count == grid.nodeCount && slopes?.count ?? grid.nodeCount == grid.nodeCount,
      "Interpolation: \(values.shape) values for \(grid.nodeCount) nodes, slopes "
        + "\(String(describing: slopes?.shape))")
    self.values = values
    self.grid = grid
    let table = withPointers(values.value) { grid.table($0) }
    self.table = table
    slopeTable =
      slopes.map { slopes in
        Tensor(table.shape) { table in
          withPointers(slopes) { grid.writeSlopeTable($0, into: table) }
        }
      } ?? table
  }

  /// The values at the nodes.
  public var parameters: [any AnyVariable] { [values] }

  /// Many elements at a time where values need a gradient: each call costs a pass over the table.
  public var stretch: Int { values.needsGradient ? 1 << 14 : 1 << 11 }

  /// Four moments for each interval.
  public var sumCount: Int { table.count }

  /// Computes `y[i] = f(x[i])`; `y` may be `x`. NaN gives NaN.
  public func evaluate(
    _ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>
  ) {
    withPointers(table) { grafs_curve_forward(x, count, $0, grid.shape, y) }
  }

  /// Computes `slopes[i] = gradient[i] · f′(x[i])`, and adds the moments of the gradient.
  public func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?
  ) {
    withPointers(slopeTable) { table in
      guard let sums else {
        return grafs_curve_backward_input(x, gradient, count, table, grid.shape, slopes)
      }
      _ = Tensor<Float>([grafs_curve_scratch_count(grid.shape)]) { scratch in
        grafs_curve_backward(x, gradient, count, table, grid.shape, slopes, scratch, sums)
      }
    }
  }

  /// Hands the moments on to the values.
  public func accumulate(_ sums: Tensor<Float>) {
    let (rows, columns) = (sums.shape.rows, table.count)
    let pieces = Pieces(of: columns, smallest: 512)
    let moments = Tensor<Double>([columns]) { total in
      withPointers(sums) { sums in
        values.tape.device.forEach(pieces.count) { piece in
          for column in pieces[piece] { total[column] = 0 }
          for row in 0..<rows {
            let sums = sums + row * columns
            for column in pieces[piece] { total[column] += Double(sums[column]) }
          }
        }
      }
    }
    values.accumulate(
      withPointers(moments) { grid.nodeGradient($0) }.reshaped(values.shape))
  }
}

/// Applies a tabulated function to every element of `input`.
///
/// - Parameters:
///   - input: Any shape.
///   - values: The function at the nodes of `grid`, `[nodes]`.
///   - grid: The nodes.
/// - Returns: The shape of `input`. NaN gives NaN.
public func interpolation(
  _ input: Variable<Float>, values: Variable<Double>, grid: CurveGrid
) -> Variable<Float> {
  pointwise(input, Interpolation(values: values, grid: grid))
}
