import Files
import Foundation
import Traces

extension RunFolder {
  /// Why a run that is resumed begins anew: it has no checkpoint. A trace that cannot be read, and
  /// that the new search would replace, is kept beside, such as in `trace.h5.damaged`.
  ///
  /// - Returns: What to say of the folder.
  /// - Throws: `RunError` if the trace cannot be kept.
  func reasonToStartOver() throws(RunError) -> String {
    // The trace comes after the first checkpoint.
    guard FileManager.default.fileExists(atPath: trace.path) else {
      return "no checkpoint was written yet, the search starts over"
    }
    do throws(TraceError) {
      let status = try TraceFile.read(trace).header.status
      return status == .finished || status == .diverged
        ? "its result is missing and its checkpoints are gone with it; the search is done again"
        : "its checkpoints are gone, the search starts over"
    } catch {
      let kept = try keepDamagedTrace()
      return "its checkpoints are gone, and trace.h5 cannot be read, which is kept as \(kept); "
        + "the search is done again"
    }
  }

  /// Gives the trace another name, which nothing has yet.
  ///
  /// - Returns: The name.
  /// - Throws: `RunError` if that is not possible.
  private func keepDamagedTrace() throws(RunError) -> String {
    let base = trace.lastPathComponent + ".damaged"
    var name = base
    var count = 1
    while FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path) {
      count += 1
      name = "\(base)-\(count)"
    }
    guard rename(trace.path, url.appendingPathComponent(name).path) == 0 else {
      let reason = String(cString: strerror(errno))
      throw RunError(
        "\(trace.relativePath): cannot be read, and not be kept as \(name) (\(reason))",
        cure: "move it elsewhere, then give the command again")
    }
    return name
  }
}
