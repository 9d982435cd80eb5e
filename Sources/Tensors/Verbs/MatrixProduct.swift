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

  /// The environment variable that says what multiplies: `own`, or `openblas`.
  static let variable = "GRAFS_PRODUCTS"
  private static let wish = ProcessInfo.processInfo.environment[variable]

  /// Whether the package's own kernels multiply: where the processor has vectors that they are
  /// written for, unless the user wants otherwise.
  static let usesOwnKernels = wish == "own" || wish != "openblas" && grafs_has_avx2()

  /// Loads OpenBLAS where it is to multiply, and has it take the memory that it needs for products
  /// on so many threads; a product does the same, but where that fails it can only end the process.
  ///
  /// - Parameter device: The threads to compute on.
  /// - Throws: `MissingResource`.
  public static func prepare(on device: Device) throws(MissingResource) {
    if let wish, !["own", "openblas"].contains(wish) {
      throw MissingResource(
        "\(variable) is '\(wish)'", cure: "give own or openblas, or unset it")
    }
    guard !usesOwnKernels else { return }
    try OpenBLAS.library().prepare(threads: min(mostPieces, device.threadCount))
  }

  /// What multiplies, for the record of a run: the package's own kernels, which give the same bits
  /// with AVX2 and AVX-512, or the build of OpenBLAS and the processor family for which it chose
  /// its kernels.
  public static var engine: String {
    guard !usesOwnKernels else { return "kernels of grafs-swift" }
    guard let library = try? OpenBLAS.library() else { return "unknown" }
    return "\(library.build) \(library.core)"
  }

  /// Returns `left · right`: `[rows of left, columns of right]`.
  ///
  /// - Precondition: `left` has as many columns as `right` has rows.
  public static func product(
    _ left: Factor, _ right: Factor, on device: Device
  ) -> Tensor<Float> {
    Tensor([left.rows, right.columns]) {
      multiply(left, right, into: $0, keep: 0, on: device)
    }
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
    let (rows, columns) = (left.rows, right.columns)
    precondition(bias.count == columns, "product: bias \(bias.shape) for \(columns) columns")
    return Tensor([rows, columns]) { result in
      withPointers(bias) { bias in
        for row in 0..<rows { (result + row * columns).initialize(from: bias, count: columns) }
      }
      multiply(left, right, into: result, keep: 1, on: device)
    }
  }

  /// Computes `result = left · right + keep · result`.
  private static func multiply(
    _ left: Factor, _ right: Factor, into result: UnsafeMutablePointer<Float>, keep: Float,
    on device: Device
  ) {
    precondition(
      left.columns == right.rows,
      "product: cannot multiply [\(left.rows)×\(left.columns)] by [\(right.rows)×\(right.columns)]")
    if usesOwnKernels {
      Blocks(left, right, adds: keep != 0).multiply(into: result, on: device)
    } else {
      multiplyByBLAS(left, right, into: result, keep: keep, on: device)
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
