import Files
import Foundation

/// A folder with a file for each finished trial; beside them, checkpoints of those in progress, and
/// trained weights where they are kept.
public struct TrialStore: Sendable {
  /// The folder.
  public let url: URL

  private static let unfinished = ".unfinished"

  /// Names the folder, without touching it.
  public init(_ url: URL) { self.url = url }

  // MARK: - Reading

  /// A file and what it holds.
  public enum Entry: Sendable {
    /// A trial and its result.
    case finished(URL, Trial, TrialResult)
    /// No result that can be used, or one of another trial than the name says.
    case damaged(URL)
  }

  /// All that the folder holds, in the order of the names; files whose names are not those of
  /// trials are let alone.
  ///
  /// - Throws: `RunError` if a file cannot be read.
  public func entries() throws(RunError) -> [Entry] {
    var entries: [Entry] = []
    for file in files {
      try RunError.checkReadable(file.relativePath)
      let data: Data
      do { data = try Data(contentsOf: file) } catch { throw .unreadable(file, error) }
      if let found = try? TrialFile(json: data),
        file.deletingPathExtension().lastPathComponent.hasSuffix("-\(found.digest)")
      {
        entries.append(.finished(file, found.trial, found.result))
      } else {
        entries.append(.damaged(file))
      }
    }
    return entries
  }

  /// The result of a trial, if its file is there and whole.
  public func result(of trial: Trial) -> TrialResult? {
    guard let data = try? Data(contentsOf: file(of: trial)),
      let file = try? TrialFile(json: data), file.trial == trial
    else { return nil }
    return file.result
  }

  /// The file of a trial, if it is there but holds no result of it that can be used.
  func damagedFile(of trial: Trial) -> URL? {
    let file = file(of: trial)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return result(of: trial) == nil ? file : nil
  }

  private var files: [URL] {
    names.sorted().filter { $0.wholeMatch(of: /.+-seed[0-9]+-[0-9a-f]{16}\.json/) != nil }
      .map { url.appendingPathComponent($0) }
  }

  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  }

  // MARK: - Places

  /// The file of a finished trial: its name is readable as far as it goes, and has the digest.
  public func file(of trial: Trial) -> URL { url.appendingPathComponent(stem(of: trial) + ".json") }

  /// The trained weights of a trial, where they are kept.
  public func weights(of trial: Trial) -> URL { Self.weights(beside: file(of: trial)) }

  /// The trained weights of the trial whose file this is, where they are kept.
  public static func weights(beside file: URL) -> URL {
    file.deletingPathExtension().appendingPathExtension("safetensors")
  }

  /// The folder of a trial's checkpoints, while it is in progress.
  func checkpoints(of trial: Trial) -> URL {
    url.appendingPathComponent(stem(of: trial) + Self.unfinished)
  }

  private func stem(of trial: Trial) -> String {
    let words = [trial.function.description, trial.model, trial.dataset].map { text in
      String(text.prefix(24).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }
    return "\(words.joined(separator: "-"))-seed\(trial.seed)-\(trial.digest)"
  }

  // MARK: - Writing

  /// Makes the folder.
  ///
  /// - Parameter isOwn: Whether no other process works in it, so that files half written are those
  ///   of killed ones, and are removed.
  /// - Throws: `RunError` if that is not possible.
  public func prepare(isOwn: Bool = false) throws(RunError) {
    for name in isOwn ? names : [] where AtomicFile.isTemporary(name) {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw RunError(
        "\(url.relativePath): cannot be made (\(error.reason))",
        cure: UnwritableFile(file: url.relativePath, reason: error.reason)
          .cure(otherwise: "give a writable folder with --output"))
    }
  }

  /// Writes the file of a finished trial as a whole or not at all, and removes its checkpoints.
  ///
  /// - Throws: `RunError` if that is not possible.
  public func write(_ result: TrialResult, of trial: Trial) throws(RunError) {
    let file = file(of: trial)
    do {
      let data = try TrialFile(trial, result: result).json()
      try data.withUnsafeBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as UnwritableFile {
      throw RunError(error, cure: "make room or give another folder with --output")
    } catch {
      throw RunError(
        "\(file.relativePath): cannot be written (\(error))", cure: "give the command again")
    }
    try? FileManager.default.removeItem(at: checkpoints(of: trial))
  }

  /// Removes files of trials, and what killed processes have left half written.
  ///
  /// - Parameter files: Some of the folder's.
  /// - Throws: `RunError` if one cannot be removed.
  public func remove(_ files: [URL]) throws(RunError) {
    let leftovers = names.filter(AtomicFile.isTemporary).map { url.appendingPathComponent($0) }
    for file in files + leftovers {
      do {
        try FileManager.default.removeItem(at: file)
      } catch {
        throw RunError(
          "\(file.relativePath): cannot be removed (\(error.reason))",
          cure: "give another folder with --output")
      }
    }
  }

  /// Removes the checkpoints of all trials but some.
  public func removeCheckpoints(except trials: [Trial]) {
    let kept = Set(trials.map { checkpoints(of: $0).lastPathComponent })
    for name in names where name.hasSuffix(Self.unfinished) && !kept.contains(name) {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
  }
}
