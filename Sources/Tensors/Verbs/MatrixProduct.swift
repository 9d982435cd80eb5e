import CKernels
import Foundation

/// Matrix products, with the same bits on any number of threads: by the package's own kernels, or
/// by OpenBLAS on processors without the vectors that these are written for.
public enum MatrixProduct {
  /// A factor of a product: a tensor read as the matrix `[rows, columns]` that it is.
  public enum Factor {
    /// Read as it lies in memory.
    case plain(Tensor<Float>)
    /// Read with rows and columns exchanged.
    case transposed(Tensor<Float>)

    /// The rows of the factor.
    public var rows: Int {
      switch self {
      case .plain(let tensor): tensor.shape.rows
      case .transposed(let tensor): tensor.shape.columns
      }
    }

    /// The columns of the factor.
    public var columns: Int {
      switch self {
      case .plain(let tensor): tensor.shape.columns
      case .transposed(let tensor): tensor.shape.rows
      }
    }
  }

  /// What multiplies.
  package enum Engine: String, CaseIterable, Sendable {
    /// The package's own kernels.
    case own
    /// OpenBLAS.
    case openBLAS = "openblas"

    /// The environment variable that says what the user wants.
    static let variable = "GRAFS_PRODUCTS"
    fileprivate static let wish = ProcessInfo.processInfo.environment[variable].flatMap {
      $0.isEmpty ? nil : $0
    }

    /// The own kernels where the processor has vectors that they are written for, unless the user
    /// wants otherwise.
    package static let chosen =
      wish.flatMap { Engine(rawValue: $0) } ?? (grafs_has_avx2() ? .own : .openBLAS)
  }

  /// Loads OpenBLAS where it is to multiply, and has it take the memory that it needs for products
  /// on so many threads; a product does the same, but where that fails it can only end the process.
  ///
  /// - Parameter device: The threads to compute on.
  /// - Throws: `MissingResource`.
  public static func prepare(on device: Device) throws(MissingResource) {
    if let wish = Engine.wish, Engine(rawValue: wish) == nil {
      throw MissingResource(
        "\(Engine.variable) is '\(wish)'", cure: "give own or openblas, or unset it")
    }
    guard Engine.chosen == .openBLAS else { return }
    try prepareBLAS(on: device)
  }

  /// What multiplies, for the record of a run: the package's own kernels, which give the same bits
  /// with AVX2 and AVX-512, or the build of OpenBLAS and the processor family for which it chose
  /// its kernels.
  public static var engine: String {
    guard Engine.chosen == .openBLAS else {
      return "kernels of grafs-swift\(grafs_has_avx2() ? "" : ", portable")"
    }
    guard let library = try? OpenBLAS.library() else { return "unknown" }
    return "\(library.build) \(library.core)"
  }

  /// Returns `left · right`: `[rows of left, columns of right]`.
  ///
  /// - Precondition: `left` has as many columns as `right` has rows.
  public static func product(
    _ left: Factor, _ right: Factor, on device: Device
  ) -> Tensor<Float> {
    product(left, right, plus: nil, by: .chosen, on: device)
  }

  /// Returns `left · right` with a row added to every row.
  ///
  /// - Parameters:
  ///   - left: `[rows, inner]`.
  ///   - right: `[inner, columns]`.
  ///   - bias: `[columns]`.
  ///   - device: The threads to compute on.
  /// - Returns: `[rows, columns]`.
  /// - Precondition: The extents fit.
  public static func product(
    _ left: Factor, _ right: Factor, plus bias: Tensor<Float>, on device: Device
  ) -> Tensor<Float> {
    product(left, right, plus: bias, by: .chosen, on: device)
  }

  /// The same by one of the two, and for a test of both.
  package static func product(
    _ left: Factor, _ right: Factor, plus bias: Tensor<Float>?, by engine: Engine,
    on device: Device
  ) -> Tensor<Float> {
    let (rows, columns) = (left.rows, right.columns)
    precondition(
      left.columns == right.rows,
      "product: cannot multiply [\(left.rows)×\(left.columns)] by [\(right.rows)×\(right.columns)]")
    precondition(
      bias?.count ?? columns == columns,
      "product: bias \(String(describing: bias?.shape)) for \(columns) columns")
    return Tensor([rows, columns]) { result in
      if let bias {
        withPointers(bias) { bias in
          for row in 0..<rows { (result + row * columns).initialize(from: bias, count: columns) }
        }
      }
      switch engine {
      case .own:
        Blocks(left, right, adds: bias != nil).multiply(into: result, on: device)
      case .openBLAS:
        multiplyByBLAS(left, right, into: result, adds: bias != nil, on: device)
      }
    }
  }
}

extension MatrixProduct.Factor {
  /// The tensor as it lies in memory, and how far apart rows and columns of the factor are there.
  var layout: (tensor: Tensor<Float>, rowStep: Int, columnStep: Int) {
    switch self {
    case .plain(let tensor): (tensor, tensor.shape.columns, 1)
    case .transposed(let tensor): (tensor, 1, tensor.shape.columns)
    }
  }
}
