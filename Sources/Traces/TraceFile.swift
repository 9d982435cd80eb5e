import Files
import Foundation

/// The HDF5 file of a trace, schema `grafs-trace`; its layout is described in `docs/trace.md`.
public enum TraceFile {
  /// What the root attribute `schema` says.
  public static let schema = "grafs-trace"
  /// What the root attribute `schema_version` says: it changes when a reader of the old layout
  /// would fail.
  public static let version: UInt64 = 3
  /// The versions that are read: 2 had relaxed searches alone, in the same groups.
  static let readableVersions: ClosedRange<UInt64> = 2...version
  /// The longest text a trace can hold, in bytes of UTF-8.
  public static let longestText = 60_000

  /// Writes a complete new file and puts it in the place of the old one.
  ///
  /// A program that opens the file, at any moment, even after this process was killed, sees the
  /// old trace or the new one.
  ///
  /// A long trace is written into its file as it is made; memory does not grow with it.
  ///
  /// - Parameters:
  ///   - trace: What to write.
  ///   - file: Where to write it; the folder exists.
  /// - Throws: `UnwritableFile`; the old file, if any, is untouched then, and nothing else
  ///   is left behind.
  public static func publish(_ trace: Trace, to file: URL) throws(UnwritableFile) {
    try publish(trace, to: file, longestInMemory: 4 << 20)
  }

  /// Writes a file; above about `longestInMemory` bytes by a draft.
  package static func publish(
    _ trace: Trace, to file: URL, longestInMemory: Int
  ) throws(UnwritableFile) {
    do {
      let draft =
        trace.sizeHint > longestInMemory ? try DraftFile(replacing: file.path) : nil
      let image = try HDF5Library.withExclusiveAccess { try trace.image(in: draft) }
      if let draft, image.isInDraft { return try draft.finish(count: image.byteCount()) }
      if let draft, let failure = draft.failure, !draft.isUnsupported { throw failure }
      try image.withBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as UnwritableFile {
      throw error
    } catch let error as HDF5Error {
      throw UnwritableFile(file: file.path, reason: "\(error.object): \(error.reason)")
    } catch {
      throw UnwritableFile(file: file.path, reason: "\(error)")
    }
  }

  /// Reads a trace.
  ///
  /// Every size in the file is checked before it is used. A file crafted with bad intent may still
  /// crash the HDF5 library: a program that takes files from strangers reads them in a child
  /// process.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - store: Where the rows of steps go, one column after another, so that memory does not grow
  ///     with their number; nil for memory.
  /// - Returns: The trace that was published.
  /// - Throws: `TraceError`.
  public static func read(
    _ file: URL, keepingRowsIn store: ColumnStore? = nil
  ) throws(TraceError) -> Trace {
    do {
      return try HDF5Library.withExclusiveAccess { () throws(TraceError) -> Trace in
        try Trace(from: HDF5Reader(path: file.path), keepingRowsIn: store)
      }
    } catch let error as TraceError {
      throw error
    } catch {
      throw .unreadable(file: file.path, reason: "\(error)")
    }
  }

  /// Removes what processes that were killed while publishing have left beside the file.
  ///
  /// To be called before anything is written to `file`, before the first `publish`.
  ///
  /// - Parameter file: The trace's file, which itself is not touched.
  public static func removeLeftovers(of file: URL) {
    AtomicFile.removeLeftovers(of: file.path)
  }
}
