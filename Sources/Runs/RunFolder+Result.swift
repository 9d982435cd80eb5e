import Files
import Foundation

extension RunFolder {
  /// What the run has come to, as `result.json` says it; nil if there is no such file.
  ///
  /// - Throws: `RunError` if the file cannot be read, is no result, or was changed since.
  public func storedResult() throws(RunError) -> SearchResult? {
    try RunError.checkReadable(result.relativePath)
    guard FileManager.default.fileExists(atPath: result.path) else { return nil }
    let problem: String
    do {
      let json = try Data(contentsOf: result)
      var hasChecksum = false
      let found = try SearchResult(json: json, hasChecksum: &hasChecksum)
      // Results of earlier versions have none.
      guard !hasChecksum, let contradiction = found.contradiction(in: self) else { return found }
      problem = contradiction
    } catch let error as CocoaError {
      throw .unreadable(result, error)
    } catch let damage as ChecksummedJSON.Damage {
      problem = "\(damage)"
    } catch {
      problem = "is no result of a search"
    }
    throw RunError(
      "\(result.relativePath): \(problem)",
      cure: "get it back from a copy, or remove it and search again with "
        + "grafs-swift search --resume \(url.relativePath)")
  }
}
