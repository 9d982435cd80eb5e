import Foundation
import Traces

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

  /// A folder that cannot be used.
  public struct Failure: Error, CustomStringConvertible, Sendable, Hashable {
    /// One line: the folder, what is wrong, the cure.
    public let description: String
  }

  /// The folder of a run that names none: under `runs`, after network, data set and time.
  ///
  /// - Parameters:
  ///   - network: The network's name.
  ///   - dataset: The data set's name.
  ///   - date: When the run began.
  /// - Returns: A relative path.
  public static func defaultPath(network: String, dataset: String, date: Date) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyyMMdd-HHmmss"
    return "runs/\(network)-\(dataset)-\(format.string(from: date))"
  }

  /// Names the folder at a path, without touching it.
  public init(path: String) {
    url = URL(fileURLWithPath: path)
  }

  private var files: [URL] { [trace, result, configuration] }

  /// Checks that the folder may be filled, without changing anything.
  ///
  /// - Parameter replacing: Whether an earlier run there may be replaced.
  /// - Throws: `Failure` if something is there that may not be replaced, or is no run.
  public func check(replacing: Bool) throws(Failure) {
    let path = url.relativePath
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw Failure(description: "\(path): is a file; give another folder with --output")
    }
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    if contents.isEmpty { return }
    let names = files.map(\.lastPathComponent)
    guard contents.contains(where: names.contains) else {
      throw Failure(
        description: "\(path): holds other files than a run's; give another folder with --output")
    }
    guard replacing else {
      throw Failure(
        description:
          "\(path): holds an earlier run; give --force to replace it, or another --output")
    }
  }

  /// Makes the folder, and removes an earlier run's files, those of a killed one included.
  ///
  /// - Parameter replacing: Whether an earlier run there may be replaced.
  /// - Throws: `Failure` if that is not possible.
  public func prepare(replacing: Bool) throws(Failure) {
    try check(replacing: replacing)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      for file in files where FileManager.default.fileExists(atPath: file.path) {
        try FileManager.default.removeItem(at: file)
      }
      TraceFile.removeLeftovers(of: trace)
    } catch {
      throw Failure(
        description: "\(url.relativePath): cannot be made or emptied "
          + "(\(Self.reason(error))); give a writable folder with --output")
    }
  }

  /// Writes a file of the folder as a whole or not at all.
  ///
  /// - Parameters:
  ///   - data: The contents.
  ///   - file: One of the folder's files.
  /// - Throws: `Failure` if that is not possible.
  public func write(_ data: Data, to file: URL) throws(Failure) {
    do {
      try data.write(to: file, options: .atomic)
    } catch {
      throw Failure(
        description: "\(file.relativePath): cannot be written (\(Self.reason(error))); "
          + "make room or give another folder with --output")
    }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
    let code =
      (underlying as? POSIXError)?.code.rawValue ?? (underlying as? NSError).map { Int32($0.code) }
    return code.map { String(cString: strerror($0)) } ?? "\(error)"
  }
}
