import Foundation
import Tensors

/// The machine a run was made on, for its record.
public enum Machine {
  /// Processor, threads, vectors, and what multiplies matrices.
  public static func description(threads: Int) -> String {
    "\(processor), \(threads) threads, vectors \(Device.vectors), products by \(blas)"
  }

  /// What multiplies matrices.
  static var blas: String { MatrixProduct.engine }

  /// The processor's name as the system gives it.
  static var processor: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = lines.split(separator: "\n").first { $0.hasPrefix("model name") }
    return model?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
      ?? "unknown processor"
  }
}
