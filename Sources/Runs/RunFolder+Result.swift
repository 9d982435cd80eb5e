import Files
import Foundation

extension RunFolder {
  /// Whether the run's configuration asks for a race.
  public var isToRace: Bool { recorded("race") == "on" }

  /// A setting of the run's configuration as text; nil where it says nothing of it.
  private func recorded(_ name: String) -> String? {
    let values = try? ConfigurationFile.values(in: configuration.path)
    guard case .text(let text)? = values?.first(where: { $0.name == name })?.value else {
      return nil
    }
    return text
  }

  /// What a result must have in common with the configuration beside it; nil where nothing is
  /// wrong, or there is none.
  private func strangeness(of result: SearchResult) -> String? {
    for (name, own) in [
      ("network", result.network), ("data", result.dataset), ("seed", "\(result.seed)"),
    ] {
      if let wanted = recorded(name), wanted != own {
        return "is of another run, of \(name) \(own), not \(wanted)"
      }
    }
    return nil
  }

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
      if let strangeness = strangeness(of: found) { throw Strange(strangeness) }
      // Results of earlier versions have none.
      guard !hasChecksum, let contradiction = found.contradiction(in: self) else { return found }
      problem = contradiction
    } catch let error as CocoaError {
      throw .unreadable(result, error)
    } catch let strange as Strange {
      problem = strange.reason
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

/// A result that stands in another run's folder.
private struct Strange: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
