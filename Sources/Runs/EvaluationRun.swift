import Datasets
import Training
import Foundation
import Reports
import Synchronization
import Tensors

/// An evaluation from beginning to end: does the jobs that are not done yet, and reports.
///
/// The report is renewed after every job, so it stands whenever the process ends.
public struct EvaluationRun: Sendable {
  private let plan: EvaluationPlan
  private let folder: EvaluationFolder
  private let locations: DataLocations
  private let lacksData: Bool
  private let isQuiet: Bool

  /// Jobs that could not be done.
  public struct Failure: Error, CustomStringConvertible, Sendable, Hashable {
    /// One line: which, and the cure.
    public let description: String
  }

  /// Prepares an evaluation.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - folder: For what the evaluation leaves behind; the process has its lock.
  ///   - locations: Where the data sets lie.
  ///   - lacksData: Whether data that were asked for are not there, so that the report says it is not
  ///     complete.
  ///   - isQuiet: Whether no progress is shown.
  public init(
    _ plan: EvaluationPlan, folder: EvaluationFolder, locations: DataLocations, lacksData: Bool,
    isQuiet: Bool
  ) {
    self.plan = plan
    self.folder = folder
    self.locations = locations
    self.lacksData = lacksData
    self.isQuiet = isQuiet
  }

  /// Does the jobs one after another in this process.
  ///
  /// - Parameters:
  ///   - finished: Results that are there already.
  ///   - device: The threads to compute on.
  /// - Returns: The report, as written.
  /// - Throws: `Interruption` after SIGINT or SIGTERM, one-line errors if something cannot be read or
  ///   written.
  public func run(
    finished: [EvaluationJob: EvaluationResult], device: Device
  ) throws -> EvaluationReport {
    let board = ResultBoard(self, finished: finished)
    let signals = StopSignals()
    var loaded: ImageDataset?
    for job in try board.begin() {
      try signals.check()
      let dataset =
        try loaded.flatMap { $0.name == job.dataset ? $0 : nil }
        ?? DatasetCatalog.load(job.dataset, from: locations)
      loaded = dataset
      let result = try job.run(
        on: dataset, device: device, checkpoints: folder.checkpoints(of: job),
        weights: plan.savesWeights ? folder.weights(of: job) : nil,
        progress: ProgressReport(isQuiet: isQuiet), check: signals.check)
      try folder.write(result, of: job)
      try board.add(result, of: job)
    }
    return board.report
  }

  /// Does the jobs in processes of their own, several side by side.
  ///
  /// - Parameters:
  ///   - finished: Results that are there already.
  ///   - executable: The command `grafs-swift`.
  ///   - width: How many run side by side.
  ///   - arguments: The command's arguments for a job, as JSON; it writes the job's file.
  /// - Returns: The report, as written.
  /// - Throws: `Interruption` after SIGINT or SIGTERM, `Failure` if processes failed, one-line errors
  ///   if something cannot be written.
  public func run(
    finished: [EvaluationJob: EvaluationResult], executable: URL, width: Int,
    arguments: @escaping @Sendable (String) -> [String]
  ) throws -> EvaluationReport {
    let board = ResultBoard(self, finished: finished)
    let jobs = try board.begin().map { (job: $0, argument: try $0.argument()) }
    let folder = folder
    let failed = Failed()
    try ProcessPool(executable: executable, width: width).run(jobs) {
      arguments($0.argument)
    } report: { task, status in
      if status == 0, let result = folder.result(of: task.job) {
        try board.add(result, of: task.job)
      } else {
        failed.jobs.withLock { $0.append(task.job.title) }
      }
    }
    let titles = failed.jobs.withLock { $0.sorted() }
    guard titles.isEmpty else {
      throw Failure(
        description: "\(titles.count) of \(jobs.count) jobs failed, such as \(titles[0]); "
          + "give the same command again to repeat them")
    }
    return board.report
  }

  private final class Failed: Sendable {
    let jobs = Mutex<[String]>([])
  }

  /// The results so far, from whichever thread they come.
  private final class ResultBoard: Sendable {
    private let run: EvaluationRun
    private let results: Mutex<[EvaluationJob: EvaluationResult]>
    private let reused: Int

    init(_ run: EvaluationRun, finished: [EvaluationJob: EvaluationResult]) {
      self.run = run
      results = Mutex(finished)
      reused = finished.count
    }

    var report: EvaluationReport {
      results.withLock { EvaluationReport(run.plan, results: $0, lacksData: run.lacksData) }
    }

    /// Writes the first report, and says what there is to do.
    func begin() throws -> [EvaluationJob] {
      let jobs = run.plan.jobs
      let waiting = results.withLock { results in jobs.filter { results[$0] == nil } }
      ProgressReport(isQuiet: run.isQuiet).line(
        "\(jobs.count) jobs"
          + (reused > 0 ? ", \(reused) of them done before" : "")
          + "; evaluation: \(run.folder.url.relativePath)")
      try run.folder.write(report)
      return waiting
    }

    func add(_ result: EvaluationResult, of job: EvaluationJob) throws {
      // Under the lock: an older report must not replace a newer one.
      try results.withLock { results in
        var result = result
        result.function = job.name
        results[job] = result
        let report = EvaluationReport(run.plan, results: results, lacksData: run.lacksData)
        try run.folder.write(report)
        let all = run.plan.jobs.count
        let seconds = report.runs.map(\.elapsedSeconds).reduce(0, +) / Double(report.runs.count)
        ProgressReport(isQuiet: run.isQuiet).line(
          "\(report.runs.count)/\(all)  \(job.title): "
            + (result.testAccuracy.map { "test accuracy \(SearchResult.percent($0))" } ?? "diverged")
            + "  \(ProgressReport.clock(seconds: result.elapsedSeconds)), "
            + "mean \(ProgressReport.clock(seconds: seconds)) a job")
      }
    }
  }
}

extension EvaluationJob {
  /// Does the job in this process, and writes its file.
  ///
  /// - Parameters:
  ///   - folder: The evaluation's folder, of which another process has the lock.
  ///   - locations: Where the data sets lie.
  ///   - device: The threads to compute on.
  ///   - savesWeights: Whether the trained weights are kept.
  /// - Throws: `Interruption` after a signal, one-line errors if something cannot be read or written,
  ///   and an error that nobody reads with the end of the process that began this one.
  public func runAlone(
    in folder: EvaluationFolder, locations: DataLocations, device: Device,
    savesWeights: Bool = false
  ) throws {
    let signals = StopSignals()
    let parent = getppid()
    let result = try run(
      on: DatasetCatalog.load(dataset, from: locations), device: device,
      checkpoints: folder.checkpoints(of: self),
      weights: savesWeights ? folder.weights(of: self) : nil,
      progress: ProgressReport(isQuiet: true)
    ) {
      // Nobody waits for the result any more, and another process may do the same job: it is left at
      // once, without a checkpoint.
      if getppid() != parent { throw Orphaned() }
      try signals.check()
    }
    try folder.write(result, of: self)
  }

  /// The process that began this one has ended.
  private struct Orphaned: Error {}
}
