import ArgumentParser
import Datasets
import Files
import Foundation
import Reports

/// Lists and checks data sets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Lists the data sets, where they lie, and whether their files are whole.",
    usage: "grafs-swift data [<options>] [<names> ...]",
    discussion: """
      Named data sets are checked: all files are read, and compared with the
      published lengths and checksums. A damaged or missing one is a failure.

      EXAMPLES
        grafs-swift data
        grafs-swift data cifar10 mnist
        grafs-swift data --verify --json
      """)

  @Argument(help: "The data sets to check. (default: list all, check none)")
  var names: [String] = []

  @Option(
    help: """
      The folder with data sets, searched before GRAFS_DATA, ./data and \
      \(DataLocations.systemFolder).
      """)
  var dataDir: String?

  @Flag(help: "Check also when no data set is named: all that are found.")
  var verify = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let catalog = Offered.catalog.trials.datasets
    let sources =
      try names.isEmpty
      ? catalog.sources : names.uniqued.map { try catalog.source(named: $0) }
    let locations = DataLocations(option: dataDir)
    let isVerifying = verify || !names.isEmpty
    let reports = try sources.map {
      try $0.report(from: locations, isVerifying: isVerifying)
    }
    if json {
      try StandardOutput.write(SortedJSON.data(reports.map(DatasetEntry.init), keys: .asNamed))
    } else {
      try StandardOutput.show(table(reports))
    }
    try fail(reports, isNamed: !names.isEmpty, locations)
  }

  /// A line for each data set, its files if they were read, then how to get what is not there.
  private func table(_ reports: [DatasetReport]) -> String {
    var sets = TextTable("name", "title", "examples", "each", "classes", "found")
    for report in reports {
      let (source, contents) = (report.source, report.source.contents)
      sets.add(
        source.name, source.title, "\(contents.training) + \(contents.test)",
        contents.example.description,
        "\(contents.classNames.count)",
        "\(report.state.summary)\(report.folder.map { ": \($0)" } ?? "")")
    }
    var text = sets.text
    var read: [DatasetReport.File] = []
    // The classes and superclasses of CIFAR-100 share their files.
    for file in reports.flatMap(\.files) where file.agreement != .unchecked {
      if !read.contains(file) { read.append(file) }
    }
    if !read.isEmpty {
      var files = TextTable("file", "bytes", "MD5", "")
      for file in read {
        files.add(
          file.path ?? file.name, file.bytes.map(String.init) ?? "", file.digest ?? "",
          file.agreement.summary)
      }
      text += "\n" + files.text
    }
    for report in reports {
      if let failure = report.state.failure { text += "\n\(report.source.name): \(failure)\n" }
    }
    // Data sets of one origin come with one command.
    var origins: [String] = []
    for report in reports where report.state == .absent || report.state == .incomplete {
      let line = report.source.origin
      if !origins.contains(line) {
        let same = reports.filter { $0.state == report.state && $0.source.origin == line }
        text += origins.isEmpty ? "\n" : ""
        text += "to get \(same.map(\.source.name).joined(separator: ", ")): \(line)\n"
        origins.append(line)
      }
    }
    return text
  }

  private func fail(
    _ reports: [DatasetReport], isNamed: Bool, _ locations: DataLocations
  ) throws {
    for report in reports {
      switch report.state {
      case .damaged(let error): throw error
      case .absent where isNamed: throw locations.failure(toFind: report.source)
      default: break
      }
    }
  }
}

extension DatasetReport.State {
  /// What is wrong with files that are there.
  fileprivate var failure: DatasetError? {
    if case .damaged(let error) = self { error } else { nil }
  }

  /// Whether the system keeps files from being read, which may be whole.
  private var isUnreadable: Bool {
    if case .unreadable? = failure?.problem { true } else { false }
  }

  /// In a few words.
  fileprivate var summary: String {
    switch self {
    case .absent: "not found"
    case .found: "found"
    case .incomplete: "files are missing"
    case .complete: "whole"
    case .part(let training, let test): "a part, \(training) + \(test) examples"
    case .damaged: isUnreadable ? "cannot be read" : "damaged"
    }
  }

  fileprivate var name: String {
    switch self {
    case .absent: "absent"
    case .found: "found"
    case .incomplete: "incomplete"
    case .complete: "complete"
    case .part: "part"
    case .damaged: isUnreadable ? "unreadable" : "damaged"
    }
  }
}

extension DatasetReport.Agreement {
  /// In a few words.
  fileprivate var summary: String {
    switch self {
    case .unchecked: "not checked"
    case .published: "as published"
    case .otherSize: "not of the published length"
    case .differs: "not the published bytes"
    case .sizeOnly: "of the published length; no checksum is published"
    }
  }
}

/// A data set in JSON.
private struct DatasetEntry: Encodable {
  let name: String
  let title: String
  let classes: [String]
  let trainingImages: Int
  let testImages: Int
  let height: Int?
  let width: Int?
  let channels: Int?
  let get: String
  let state: String
  let error: String?
  let foundTrainingImages: Int?
  let foundTestImages: Int?
  let folder: String?
  let files: [File]

  struct File: Encodable {
    let name: String
    let path: String?
    let bytes: Int?
    let md5: String?
    let check: String
  }

  init(_ report: DatasetReport) {
    let (source, size) = (report.source, report.source.contents)
    name = source.name
    title = source.title
    classes = size.classNames
    (trainingImages, testImages) = (size.training, size.test)
    if case .image(let height, let width, let channels) = size.example {
      (self.height, self.width, self.channels) = (height, width, channels)
    } else {
      (height, width, channels) = (nil, nil, nil)
    }
    get = source.origin
    state = report.state.name
    switch report.state {
    case .damaged(let damage):
      (error, foundTrainingImages, foundTestImages) = (damage.description, nil, nil)
    case .complete:
      (error, foundTrainingImages, foundTestImages) = (nil, size.training, size.test)
    case .part(let training, let test):
      (error, foundTrainingImages, foundTestImages) = (nil, training, test)
    case .absent, .found, .incomplete:
      (error, foundTrainingImages, foundTestImages) = (nil, nil, nil)
    }
    folder = report.folder
    files = report.files.map {
      File(
        name: $0.name, path: $0.path, bytes: $0.bytes, md5: $0.digest, check: $0.agreement.rawValue)
    }
  }
}
