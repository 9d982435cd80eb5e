import CHDF5
import Foundation
import TestSupport
import Testing
import Traces

/// Files that are not traces, or not quite: each gives one clear error.
@Suite struct ForeignFileTests {
  private let folder: TemporaryFolder
  private let file: URL

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file()
  }

  private func readError() -> TraceError? {
    do throws(TraceError) {
      _ = try TraceFile.read(file)
      return nil
    } catch {
      return error
    }
  }

  /// Makes a file of HDF5 that is not a trace.
  private func create(_ build: (hid_t) -> Void) throws {
    let none = chdf5_default_properties()
    try HDF5Library.withExclusiveAccess {
      let id = H5Fcreate(file.path, chdf5_truncate(), none, none)
      try #require(id >= 0)
      build(id)
      #expect(H5Fclose(id) >= 0)
    }
  }

  /// Publishes a trace and changes it by other calls of the library.
  private func publish(butThen change: (hid_t) -> Void) throws {
    try TraceFile.publish(.random(seed: 3, steps: 10), to: file)
    try HDF5Library.withExclusiveAccess {
      let id = H5Fopen(file.path, 1 /* H5F_ACC_RDWR */, chdf5_default_properties())
      try #require(id >= 0)
      change(id)
      #expect(H5Fclose(id) >= 0)
    }
  }

  @Test func noFile() {
    #expect(readError() == .missingFile(file: file.path))
  }

  @Test func aFolder() throws {
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    #expect(readError() == .unreadable(file: file.path, reason: "not a regular file"))
  }

  @Test func aNamedPipeDoesNotBlock() throws {
    #expect(mkfifo(file.path, 0o600) == 0)
    #expect(readError() == .unreadable(file: file.path, reason: "not a regular file"))
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func aFileThatMayNotBeRead() throws {
    try TraceFile.publish(.random(seed: 1, steps: 1), to: file)
    #expect(chmod(file.path, 0) == 0)
    #expect(readError() == .unreadable(file: file.path, reason: "Permission denied"))
  }

  @Test(arguments: ["", "x", "a: 1\n", String(repeating: "text that is not HDF5\n", count: 500)])
  func notHDF5(text: String) throws {
    try Data(text.utf8).write(to: file)
    #expect(readError() == .notHDF5(file: file.path))
  }

  @Test func hdf5WithoutASchema() throws {
    try create { #expect(H5LTmake_dataset_float($0, "/values", 1, [3], [1, 2, 3]) >= 0) }
    #expect(readError() == .notATrace(file: file.path, schema: nil))
  }

  @Test func hdf5OfAnotherSchema() throws {
    try create { #expect(H5LTset_attribute_string($0, "/", "schema", "other-data") >= 0) }
    #expect(readError() == .notATrace(file: file.path, schema: "other-data"))
  }

  @Test func anotherSchemaVersion() throws {
    try publish { file in
      let none = chdf5_default_properties()
      let version = H5Aopen(file, "schema_version", none)
      #expect(H5Awrite(version, chdf5_memory_uint64(), [TraceFile.version + 1]) >= 0)
      H5Aclose(version)
    }
    #expect(
      readError()
        == .otherVersion(
          file: file.path, found: TraceFile.version + 1, expected: TraceFile.version))
  }

  @Test(arguments: [
    "/configuration", "/slots", "/operations/u0_operation", "/steps", "/steps/train_loss",
    "/alpha/u0",
    "/mask", "/drops/alpha", "/genotype/operations/u0", "/epochs/epoch", "/curve/y",
  ])
  func aMissingObjectIsNamed(path: String) throws {
    try publish { #expect(H5Ldelete($0, path, chdf5_default_properties()) >= 0) }
    #expect(readError() == .missingObject(file: file.path, object: path))
  }

  @Test(arguments: ["program_version", "status", "seed"])
  func aMissingAttributeIsNamed(name: String) throws {
    try publish { #expect(H5Adelete($0, name) >= 0) }
    #expect(readError() == .missingObject(file: file.path, object: "/@\(name)"))
  }

  @Test func aDatasetOfAnotherShapeOrTypeIsNamed() throws {
    try publish { file in
      H5Ldelete(file, "/steps/train_loss", chdf5_default_properties())
      H5LTmake_dataset_float(file, "/steps/train_loss", 1, [9], [Float](repeating: 0, count: 9))
    }
    #expect(
      readError()
        == .malformed(
          file: file.path, object: "/steps/train_loss", expected: "shape 10", found: "shape 9"))
    try publish { file in
      H5Ldelete(file, "/steps/train_loss", chdf5_default_properties())
      H5LTmake_dataset_double(file, "/steps/train_loss", 1, [10], [Double](repeating: 0, count: 10))
    }
    #expect(
      readError()
        == .malformed(
          file: file.path, object: "/steps/train_loss", expected: "little-endian float32",
          found: "another type"))
  }

  @Test func aGroupInThePlaceOfADatasetIsNamed() throws {
    try publish { file in
      let none = chdf5_default_properties()
      H5Ldelete(file, "/slots", none)
      H5Gclose(H5Gcreate2(file, "/slots", none, none, none))
    }
    #expect(
      readError()
        == .malformed(
          file: file.path, object: "/slots", expected: "a dataset", found: "something else"))
  }

  @Test(arguments: [1 << 28, 1 << 40])
  func aDatasetThatClaimsMoreThanTheFileHoldsIsNotAllocated(rows: Int) throws {
    try publish { file in
      let none = chdf5_default_properties()
      H5Ldelete(file, "/steps/step", none)
      let space = H5Screate_simple(1, [hsize_t(rows)], nil)
      let creation = H5Pcreate(chdf5_dataset_creation())
      H5Pset_chunk(creation, 1, [1 << 20])
      H5Dclose(H5Dcreate2(file, "/steps/step", chdf5_file_int64(), space, none, creation, none))
      H5Pclose(creation)
      H5Sclose(space)
    }
    guard case .malformed(_, "/steps/step", _, _) = readError() else {
      Issue.record("read: \(String(describing: readError()))")
      return
    }
  }

  @Test func aTraceThatAnotherToolCompressedIsRead() throws {
    let trace = Trace.random(seed: 3, steps: 10)
    let losses = try #require(trace.trajectory).steps.map(\.trainLoss)
    try publish { file in
      let none = chdf5_default_properties()
      H5Ldelete(file, "/steps/train_loss", none)
      let space = H5Screate_simple(1, [10], nil)
      let creation = H5Pcreate(chdf5_dataset_creation())
      H5Pset_chunk(creation, 1, [10])
      H5Pset_deflate(creation, 6)
      let dataset = H5Dcreate2(
        file, "/steps/train_loss", chdf5_file_float32(), space, none, creation, none)
      let whole = chdf5_whole_dataspace()
      #expect(H5Dwrite(dataset, chdf5_memory_float32(), whole, whole, none, losses) >= 0)
      H5Dclose(dataset)
      H5Pclose(creation)
      H5Sclose(space)
    }
    #expect(try TraceFile.read(file) == trace)
  }

  @Test func anUnknownLabelIsNamed() throws {
    try publish { file in
      H5Ldelete(file, "/steps/phase", chdf5_default_properties())
      let type = H5Tcopy(chdf5_c_string())
      H5Tset_size(type, 3)
      H5LTmake_dataset(
        file, "/steps/phase", 1, [10], type, (0..<10).flatMap { _ in Array("abc".utf8) })
      H5Tclose(type)
    }
    #expect(
      readError()
        == .malformed(
          file: file.path, object: "/steps/phase", expected: "a known label", found: "'abc'"))
  }

  @Test func everyErrorIsOneLineThatNamesTheFile() {
    let errors: [TraceError] = [
      .missingFile(file: "f"), .unreadable(file: "f", reason: "r"), .notHDF5(file: "f"),
      .notATrace(file: "f", schema: nil), .notATrace(file: "f", schema: "s"),
      .otherVersion(file: "f", found: 3, expected: 2),
      .damaged(file: "f", object: "o", reason: "r"), .missingObject(file: "f", object: "o"),
      .malformed(file: "f", object: "o", expected: "e", found: "g"),
    ]
    for error in errors {
      #expect(error.description.hasPrefix("f: "))
      #expect(!error.description.contains("\n"))
      #expect(error.localizedDescription == error.description)
    }
  }
}
