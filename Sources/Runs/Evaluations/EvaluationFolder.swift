import Files
import Foundation

/// The folder that an evaluation leaves behind: one file for each finished job, and the report.
public struct EvaluationFolder: Sendable {
  private let folder: RunFolder

  /// Where it lies.
  public var url: URL { folder.url }
  /// The files of finished jobs, `jobs`.
  public var jobs: URL { url.appendingPathComponent("jobs") }
  /// All results and what they say, `evaluation.json`.
  public var report: URL { url.appendingPathComponent("evaluation.json") }

  /// The evaluation's folder in the folder of the run whose function it is about.
  public static func path(inRun folder: String) -> String {
    (folder as NSString).appendingPathComponent("evaluation")
  }

  /// Names the folder at a path, without touching it.
  public init(path: String) { folder = RunFolder(path: path) }

  /// What the folder knows about the jobs of a plan.
  public struct Standing: Sendable {
    /// The results of finished jobs.
    public var results: [EvaluationJob: EvaluationResult] = [:]
    /// Files that hold no result that can be used.
    public var damaged: [URL] = []
    /// Files of jobs that were done otherwise, such as with another recipe.
    public var foreign: [URL] = []
    /// How those differ, such as `epochs 3, not 5`.
    public var differences: [String] = []
  }

  /// Looks for the results of a plan's jobs, without changing anything.
  ///
  /// - Parameter plan: The evaluation.
  /// - Returns: What was found.
  /// - Throws: `RunFolder.Failure` if the folder holds other things than an evaluation.
  public func standing(of plan: EvaluationPlan) throws(RunFolder.Failure) -> Standing {
    try check()
    let wanted = Dictionary(grouping: plan.jobs) { [$0.network, $0.dataset] }
    let byFields = Dictionary(plan.jobs.map { ($0.fields, $0) }) { first, _ in first }
    var standing = Standing()
    for file in jobFiles {
      let data: Data
      do {
        data = try Data(contentsOf: file)
      } catch {
        throw RunFolder.Failure(
          description: "\(file.relativePath): cannot be read (\(RunFolder.reason(error))); "
            + "make it readable or remove it")
      }
      guard let found = try? EvaluationJobFile(json: data),
        found.job.fileName(digest: found.digest) == file.lastPathComponent
      else {
        standing.damaged.append(file)
        continue
      }
      if let job = byFields[found.job.fields] {
        let weights = file.deletingPathExtension().appendingPathExtension("safetensors")
        if plan.savesWeights, !found.result.diverged,
          !FileManager.default.fileExists(atPath: weights.path)
        {
          continue
        }
        var result = found.result
        result.function = job.name
        standing.results[job] = result
      } else if let peer = wanted[[found.job.network, found.job.dataset]]?.first {
        let differences = found.job.differences(from: peer)
        if differences.isEmpty { continue }
        standing.foreign.append(file)
        standing.differences += differences.filter { !standing.differences.contains($0) }
      }
    }
    return standing
  }

  /// Checks that the folder is absent, empty, or that of an evaluation.
  private func check() throws(RunFolder.Failure) {
    let path = url.relativePath
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw RunFolder.Failure(
        description: "\(path): is a file; give another folder with --output")
    }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { !AtomicFile.isTemporary($0) }
    let own = [jobs, report].map(\.lastPathComponent)
    guard names.isEmpty || names.contains(where: own.contains) else {
      throw RunFolder.Failure(
        description: "\(path): holds other files than an evaluation's; "
          + "give another folder with --output")
    }
  }

  /// The files whose names are those of jobs; others that somebody put there are let alone.
  private var jobFiles: [URL] {
    ((try? FileManager.default.contentsOfDirectory(atPath: jobs.path)) ?? []).sorted()
      .filter { $0.wholeMatch(of: /.+-seed[0-9]+-[0-9a-f]{16}\.json/) != nil }
      .map { jobs.appendingPathComponent($0) }
  }

  /// Makes the folder, and keeps other processes from writing to it for as long as the lock lives.
  ///
  /// - Throws: `RunFolder.Failure` if that is not possible, or it holds other things.
  public func lock() throws(RunFolder.Failure) -> RunLock {
    try check()
    do {
      try FileManager.default.createDirectory(at: jobs, withIntermediateDirectories: true)
    } catch {
      throw RunFolder.Failure(
        description: "\(url.relativePath): cannot be made (\(RunFolder.reason(error))); "
          + "give a writable folder with --output")
    }
    return try folder.lock()
  }

  /// Removes files of jobs, and what killed processes have left half written.
  ///
  /// - Parameter files: Some of `jobs`.
  /// - Throws: `RunFolder.Failure` if one cannot be removed.
  public func remove(_ files: [URL]) throws(RunFolder.Failure) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: jobs.path)) ?? []
    let leftovers = names.filter(AtomicFile.isTemporary).map { jobs.appendingPathComponent($0) }
    AtomicFile.removeLeftovers(of: report.path)
    for file in files + leftovers {
      do {
        try FileManager.default.removeItem(at: file)
      } catch {
        throw RunFolder.Failure(
          description: "\(file.relativePath): cannot be removed (\(RunFolder.reason(error))); "
            + "give another folder with --output")
      }
    }
  }

  /// The folder of a job's checkpoints, while it is in progress.
  func checkpoints(of job: EvaluationJob) -> URL {
    jobs.appendingPathComponent((job.fileName as NSString).deletingPathExtension + Self.unfinished)
  }

  /// The trained weights of a job, where they are kept: beside its file.
  func weights(of job: EvaluationJob) -> URL {
    jobs.appendingPathComponent(
      (job.fileName as NSString).deletingPathExtension + ".safetensors")
  }

  private static let unfinished = ".unfinished"

  /// Removes the checkpoints of jobs that are not those of a plan.
  public func removeCheckpoints(except plan: EvaluationPlan) {
    let kept = Set(plan.jobs.map { checkpoints(of: $0).lastPathComponent })
    let names = (try? FileManager.default.contentsOfDirectory(atPath: jobs.path)) ?? []
    for name in names where name.hasSuffix(Self.unfinished) && !kept.contains(name) {
      try? FileManager.default.removeItem(at: jobs.appendingPathComponent(name))
    }
  }

  /// Writes the file of a finished job as a whole or not at all, and removes its checkpoints.
  ///
  /// - Throws: `RunFolder.Failure` if that is not possible.
  package func write(_ result: EvaluationResult, of job: EvaluationJob) throws {
    try folder.write(
      try EvaluationJobFile(job, result: result).json(),
      to: jobs.appendingPathComponent(job.fileName))
    JobCheckpoints(job, in: checkpoints(of: job)).removeAll()
  }

  /// The result of a job, if its file is there and whole.
  func result(of job: EvaluationJob) -> EvaluationResult? {
    guard let data = try? Data(contentsOf: jobs.appendingPathComponent(job.fileName)),
      let file = try? EvaluationJobFile(json: data), file.job.fields == job.fields
    else { return nil }
    return file.result
  }

  /// Writes the report as a whole or not at all; tables of other networks and data sets, which an earlier
  /// command left there, stay in it.
  ///
  /// - Throws: `RunFolder.Failure` if that is not possible.
  package func write(_ report: EvaluationReport) throws {
    let earlier = (try? Data(contentsOf: self.report)).flatMap {
      try? SnakeCaseJSON.value(EvaluationReport.self, from: $0)
    }
    try folder.write(
      try (earlier.map(report.keepingTables) ?? report).json(), to: self.report)
  }
}
