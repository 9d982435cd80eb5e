import Foundation
import Tensors

/// The machine a run was made on, for its record.
public enum Machine {
  /// Processor, threads, and the BLAS with the kernels it chose: what bits depend on.
  public static func description(threads: Int) -> String {
    "\(processor), \(threads) threads, \(blas)"
  }

  /// The build of OpenBLAS and the processor family it chose kernels for.
  static var blas: String {
    [MatrixProduct.library, MatrixProduct.core].map { $0 ?? "unknown" }.joined(separator: " ")
  }

  /// The processor's name as the system gives it.
  static var processor: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = lines.split(separator: "\n").first { $0.hasPrefix("model name") }
    return model?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
      ?? "unknown processor"
  }
}
