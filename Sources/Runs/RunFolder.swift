import Files
import Foundation

/// The folder that a run leaves behind.
public struct RunFolder: Sendable {
  /// Where it lies.
  public let url: URL

  /// The trajectory, `trace.h5`.
  public var trace: URL { url.appendingPathComponent("trace.h5") }
  /// The outcome, `result.json`.
  public var result: URL { url.appendingPathComponent("result.json") }
  /// Everything resolved, `config.yaml`.
  public var configuration: URL { url.appendingPathComponent("config.yaml") }
  /// The trainings of candidates, and that of the model's usual activation, `trials`.
  public var trials: URL { url.appendingPathComponent("trials") }
  /// How its function compares on test examples, `evaluation/evaluation.json`, if that was
  /// measured.
  public var evaluation: URL { url.appendingPathComponent("evaluation/evaluation.json") }

  /// What several seeds found, `summary.json`, where the folder holds their runs.
  public var summary: URL { url.appendingPathComponent("summary.json") }

  /// The folder of a run that names none: under `runs`, after network, data set and time.
  ///
  /// - Parameters:
  ///   - kind: What the name begins with; nil of a search.
  ///   - network: The network's name.
  ///   - dataset: The data set's name.
  ///   - date: When the run began.
  /// - Returns: A relative path.
  public static func defaultPath(
    kind: String? = nil, network: String, dataset: String, date: Date
  ) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyyMMdd-HHmmss"
    let name = [kind, network, dataset, format.string(from: date)].compactMap { $0 }
    return "runs/" + name.joined(separator: "-")
  }

  /// Names the folder at a path, without touching it.
  public init(path: String) {
    url = URL(fileURLWithPath: path)
  }

  /// Whether a search has begun here and not ended.
  public var isStopped: Bool {
    let files = FileManager.default
    return files.fileExists(atPath: configuration.path) && !files.fileExists(atPath: result.path)
  }

  /// Whether a search has begun here, and perhaps ended.
  public var hasBegun: Bool { FileManager.default.fileExists(atPath: configuration.path) }

  /// Whether a file is called as one of those that make a run or an evaluation, which no other
  /// output replaces.
  ///
  /// - Parameter path: The file's path, behind all links.
  /// - Returns: Whether that is so, whatever its letters' case.
  public static func hasNameOfRun(_ path: String) -> Bool {
    let name = (path as NSString).lastPathComponent.lowercased()
    let folder = (FilePath.folder(of: path) as NSString).lastPathComponent.lowercased()
    let run = RunFolder(path: ".")
    return (run.files + [run.summary]).contains { $0.lastPathComponent == name }
      || name == "evaluation.json" || name.hasPrefix("checkpoint-") && name.hasSuffix(".grafs")
      || ["jobs", "learning-rates", run.trials.lastPathComponent].contains(folder)
        && name.hasSuffix(".json")
  }

  private var files: [URL] { [trace, result, configuration] }

  /// Checks that the folder may be filled, and can be, without leaving anything.
  ///
  /// - Parameter replacing: Whether an earlier run there may be replaced.
  /// - Throws: `RunError` if something is there that may not be replaced, or is no run, or if the
  ///   folder cannot be made or written to.
  public func check(replacing: Bool) throws(RunError) {
    let path = url.relativePath
    try OutputFolder.check(url)
    try OutputFolder.check(trials)
    let contents = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { !AtomicFile.isTemporary($0) }
    if contents.isEmpty { return }
    let names = (files + [trials]).map(\.lastPathComponent)
    guard contents.contains(where: names.contains) else {
      throw RunError(
        "\(path): holds other files than a run's",
        cure: "give another folder with --output")
    }
    guard replacing else {
      throw RunError(
        "\(path): holds an earlier run",
        cure: "give --force to replace it, or another --output")
    }
  }

  /// Keeps other processes from writing to the folder for as long as the lock lives.
  ///
  /// - Throws: `RunError` if another process has it locked, or it cannot be opened.
  public func lock() throws(RunError) -> FolderLock { try FolderLock(url) }

  /// Whether a process writes to the folder; nil where the file system knows no locks, or the
  /// folder cannot be opened.
  public var isLocked: Bool? { FolderLock.isTaken(url) }

  /// Makes the folder, and removes an earlier run's files, those of a killed one included.
  ///
  /// - Parameter replacing: Whether an earlier run there may be replaced.
  /// - Returns: The folder's lock, to be kept until the run has ended: were it given back in
  ///   between, another process could begin here.
  /// - Throws: `RunError` if that is not possible.
  @discardableResult
  public func prepare(replacing: Bool) throws(RunError) -> FolderLock {
    try check(replacing: replacing)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let lock = try lock()
      // Another process may have been at work until the lock was free.
      try check(replacing: replacing)
      for file in files where FileManager.default.fileExists(atPath: file.path) {
        try FileManager.default.removeItem(at: file)
      }
      removeLeftovers()
      var checkpoints = CheckpointFolder(url)
      checkpoints.removeAll()
      // It is about the earlier run's function. Trainings stay: each says what it is about.
      try? FileManager.default.removeItem(at: evaluation)
      return lock
    } catch let failure as RunError {
      throw failure
    } catch {
      throw OutputFolder.unwritable(url, error)
    }
  }

  /// The names of the folders of several seeds' runs.
  package var seedRuns: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { $0.hasPrefix("seed-") }
  }

  /// Makes a folder for the runs of several seeds, or goes on with one of the same configuration.
  ///
  /// - Parameters:
  ///   - wanted: The configuration of all of them, its seed the first.
  ///   - replacing: Whether the runs of another configuration may be replaced.
  /// - Returns: The folder's lock, to be kept until all of them have ended.
  /// - Throws: `RunError` if other files are there, or that is not possible.
  public func prepareSeeds(
    _ wanted: RecordedConfiguration, replacing: Bool
  ) throws(RunError) -> FolderLock {
    let path = url.relativePath
    try OutputFolder.check(url)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw OutputFolder.unwritable(url, error)
    }
    let lock = try lock()
    AtomicFile.removeAbandoned(in: url.path)
    let earlier = try? String(contentsOf: configuration, encoding: .utf8)
    if let earlier, wanted.isSame(as: earlier), !replacing { return lock }
    let contents = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { !AtomicFile.isTemporary($0) }
    let own = seedRuns + [configuration, summary].map(\.lastPathComponent)
    guard contents.allSatisfy(own.contains) else {
      throw RunError(
        "\(path): holds other files than runs of seeds",
        cure: "give another --output")
    }
    guard contents.isEmpty || replacing else {
      throw RunError(
        "\(path): holds runs of another configuration",
        cure: "give --force to replace them, or another --output")
    }
    do {
      for name in contents {
        try FileManager.default.removeItem(at: url.appendingPathComponent(name))
      }
    } catch {
      throw OutputFolder.unwritable(url, error)
    }
    try write(Data(wanted.text.utf8), to: configuration)
    return lock
  }

  /// A run that may go on.
  public struct Resumption {
    /// The folder's lock, to be kept until the run has ended: what was found holds no longer.
    public let lock: FolderLock
    /// The result of a run that has come to its end; nil if it can go on.
    public let result: SearchResult?
  }

  /// Checks that the folder holds a run, and removes what a killed process has left half written.
  ///
  /// - Returns: What was found.
  /// - Throws: `RunError` if the folder holds no run, or a result that cannot be read.
  public func prepareResumption() throws(RunError) -> Resumption {
    for file in [url, configuration, result] { try RunError.checkReadable(file.relativePath) }
    guard FileManager.default.fileExists(atPath: configuration.path) else {
      throw RunError(
        "\(url.relativePath): holds no run, there is no config.yaml",
        cure: "give the folder of an interrupted search with --resume")
    }
    guard seedRuns.isEmpty else {
      throw RunError(
        "\(url.relativePath): holds the runs of several seeds",
        cure: "give the command with --seeds and --output again, which continues them")
    }
    let lock = try lock()
    removeLeftovers()
    var checkpoints = CheckpointFolder(url)
    guard let found = try storedResult() else { return Resumption(lock: lock, result: nil) }
    checkpoints.removeAll()
    return Resumption(lock: lock, result: found)
  }

  private func removeLeftovers() {
    for file in files { AtomicFile.removeLeftovers(of: file.path) }
    CheckpointFolder(url).removeLeftovers()
    AtomicFile.removeAbandoned(in: url.path)
  }

  /// Removes what killed processes have left half written, unless a process is at work there.
  public func removeLeftoversIfIdle() {
    guard let lock = try? lock() else { return }
    withExtendedLifetime(lock) { removeLeftovers() }
  }

  /// Writes a file of the folder as a whole or not at all.
  ///
  /// - Parameters:
  ///   - data: The contents.
  ///   - file: One of the folder's files.
  /// - Throws: `RunError` if that is not possible.
  public func write(_ data: Data, to file: URL) throws(RunError) {
    do {
      try data.withUnsafeBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as UnwritableFile {
      throw RunError(
        UnwritableFile(file: file.relativePath, reason: error.reason),
        cure: "make room or give another folder with --output")
    } catch {
      throw RunError(
        "\(file.relativePath): cannot be written (\(error))",
        cure: "give the command again")
    }
  }
}
