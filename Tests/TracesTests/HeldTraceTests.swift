import CHDF5
import Files
import Foundation
import TestSupport
import Testing
import Traces

/// Traces that other programs have open.
@Suite("Traces held by others")
struct HeldTraceTests {
  private let folder: TemporaryFolder
  private let trace = Trace.random(seed: 5, steps: 20)

  init() throws {
    folder = try TemporaryFolder()
    try TraceFile.publish(trace, to: folder.file())
  }

  /// The file as it lies on the disk while a program has it open.
  private func bytes(whileOpenWith access: UInt32) throws -> Data {
    let copy = folder.file("open.h5")
    try? FileManager.default.removeItem(at: copy)
    try FileManager.default.copyItem(at: folder.file(), to: copy)
    return try HDF5Library.withExclusiveAccess {
      let properties = H5Pcreate(chdf5_file_access())
      defer { H5Pclose(properties) }
      let file = H5Fopen(copy.path, access, properties)
      try #require(file >= 0)
      defer { H5Fclose(file) }
      return try Data(contentsOf: copy)
    }
  }

  @Test("one that a program may change at the moment is called so, and not damaged")
  func changed() throws {
    let held = folder.file("held.h5")
    // Read and write, as `h5py.File(path, "a")` does.
    try bytes(whileOpenWith: 1).write(to: held)
    let error = #expect(throws: TraceError.self) { try TraceFile.read(held) }
    #expect(error == .heldOpen(file: held.path))
    #expect(error?.description.hasPrefix("\(held.path): another program has it open") == true)
    // The one that was closed again is whole.
    #expect(try TraceFile.read(folder.file("open.h5")) == trace)
  }

  @Test("one that others read or have locked is read")
  func read() throws {
    #expect(try TraceFile.read(folder.file()) == trace)
    let held = folder.file("held.h5")
    try bytes(whileOpenWith: 0).write(to: held)
    #expect(try TraceFile.read(held) == trace)
    let lock = open(folder.file().path, O_RDONLY)
    defer { close(lock) }
    try #require(flock(lock, LOCK_EX) == 0)
    #expect(try TraceFile.read(folder.file()) == trace)
  }

  @Test("a damaged mark is damage")
  func damagedMark() throws {
    var bytes = try [UInt8](Data(contentsOf: folder.file()))
    bytes[11] |= 1
    try folder.write(bytes, to: "damaged.h5")
    let error = #expect(throws: TraceError.self) {
      try TraceFile.read(folder.file("damaged.h5"))
    }
    guard case .damaged? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
