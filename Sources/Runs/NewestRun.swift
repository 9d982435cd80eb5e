import Files
import Foundation

/// The newest search below a folder that has come to its end and found a function.
public struct NewestRun: Sendable {
  /// What it found.
  public let function: RequestedFunction
  /// A line for each newer search that was passed over, the newest first.
  public let passedOver: [String]

  /// A line that says which one it is.
  public var notice: String {
    "\(function.argument): the newest finished search; it found \(function.function)"
  }

  /// Looks for it among the folders right below, and among the runs of several seeds in them.
  ///
  /// A search is as new as its result, or, without one, as what it wrote last.
  ///
  /// - Parameter root: A folder of runs, such as `runs`.
  /// - Throws: `RunError` if there is none, with the newest that could not be taken.
  public init(below root: String) throws(RunError) {
    let cure = "search first, name a run or a function, or give --functions none"
    var passedOver: [String] = []
    for (path, folder) in Self.searches(below: root) {
      guard FileManager.default.fileExists(atPath: folder.result.path) else {
        passedOver.append("passed over: \(path), whose search has not ended")
        continue
      }
      // A race may still change the answer.
      guard FolderLock.isTaken(folder.url) != true else {
        passedOver.append("passed over: \(path), which another command works on")
        continue
      }
      do {
        function = try RequestedFunction(path)
        self.passedOver = passedOver
        return
      } catch {
        passedOver.append("passed over: \(error)")
      }
    }
    throw RunError(
      "there is no finished search below \(root)"
        + (passedOver.first.map { " (\($0))" } ?? ""), cure: cure)
  }

  /// All searches, the newest first.
  private static func searches(below root: String) -> [(path: String, folder: RunFolder)] {
    func path(_ folder: String, _ name: String) -> String {
      (folder as NSString).appendingPathComponent(name)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let paths = names.map { path(root, $0) }.flatMap { run in
      let seeds = RunFolder(path: run).seedRuns
      return seeds.isEmpty ? [run] : seeds.map { path(run, $0) }
    }
    return paths.map { (path: $0, folder: RunFolder(path: $0)) }
      .compactMap { path, folder in folder.lastWritten.map { (path, folder, $0) } }
      .sorted { ($0.2, $0.0) > ($1.2, $1.0) }
      .map { (path: $0.0, folder: $0.1) }
  }
}

extension RunFolder {
  /// When the search's result was written, or else its latest file; nil where there is no search.
  fileprivate var lastWritten: Date? {
    func date(_ file: URL) -> Date? {
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      return attributes?[.modificationDate] as? Date
    }
    return date(result) ?? (hasBegun ? [trace, configuration].compactMap(date).max() : nil)
  }
}
