import Foundation
import TestSupport
import Testing

/// HDF5's own `h5dump`, where it is installed.
enum Dump {
  private static let path =
    ["/usr/bin/h5dump", "/usr/local/bin/h5dump", "/opt/homebrew/bin/h5dump"]
    .first(where: FileManager.default.isExecutableFile)

  /// What `h5dump` says about a file; nil, with a line that says so, where there is none.
  static func text(_ arguments: [String], of file: URL) throws -> String? {
    guard let path else {
      print("h5dump is not installed (apt install hdf5-tools): the trace is read only by us")
      return nil
    }
    let run = try RunningCommand(
      URL(fileURLWithPath: path), arguments + [file.path], in: TemporaryFolder()
    ).end()
    #expect(run.status == 0, "h5dump: \(run.errors)")
    return run.output
  }
}
