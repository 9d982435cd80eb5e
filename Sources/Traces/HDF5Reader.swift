import CHDF5
import Files
import Foundation

/// Reads one HDF5 file of somebody else's: everything is checked before it is used.
///
/// Every method is to be called inside `HDF5Library.withExclusiveAccess`.
struct HDF5Reader: ~Copyable {
  /// The file's path.
  let path: String
  private let file: HDF5Handle
  private let fileBytes: Int
  private let digest = ContentDigest()

  /// Opens a file for reading.
  ///
  /// - Throws: `TraceError` if there is no such file, or it cannot be opened, or is not HDF5, or is
  ///   damaged.
  init(path: String) throws(TraceError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      if code == ENOENT { throw .missingFile(file: path) }
      throw .unreadable(file: path, reason: String(cString: strerror(code)))
    }
    // A named pipe would block, a folder gives an odd message.
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: TraceError.notRegular)
    }
    guard access(path, R_OK) == 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    let verdict = H5Fis_hdf5(path)
    H5Eclear2(chdf5_default_error_stack())
    guard verdict > 0 else {
      throw HDF5Holder.isLocked(path) ? .heldOpen(file: path) : .notHDF5(file: path)
    }
    do throws(HDF5Error) {
      let access = try HDF5Handle(H5Pcreate(chdf5_file_access()), "access properties")
      try HDF5Library.check(H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG), "close degree")
      // A trace is replaced as a whole, never changed; nobody's lock need keep us from reading it.
      try HDF5Library.check(H5Pset_file_locking(access.id, false, true), "file locking")
      file = try HDF5Handle(H5Fopen(path, chdf5_read_only(), access.id), "the file")
    } catch {
      // Damage may hit the mark as well.
      let isHeld =
        !error.reason.contains("checksum")
        && (HDF5Holder.isLocked(path) || HDF5Holder.isMarkedOpen(path))
      if isHeld { throw .heldOpen(file: path) }
      throw .damaged(file: path, object: error.object, reason: error.reason)
    }
    self.path = path
    fileBytes = Int(status.st_size)
  }

  /// Reads numbers of exactly this type and shape, row-major.
  ///
  /// - Throws: `TraceError` if the dataset is missing, different, or damaged.
  func numbers<Number: HDF5Number>(
    _ object: String, shape: [Int], as: Number.Type = Number.self
  ) throws(TraceError) -> [Number] {
    let dataset = try openDataset(object)
    try expectShape(of: dataset, object, shape)
    try expectType(of: dataset, object, Number.self)
    let count = shape.reduce(1, *)
    try expectStorage(of: dataset, object, bytes: count * MemoryLayout<Number>.size)
    var values = [Number](repeating: .zero, count: count)
    if count > 0 {
      let (whole, none) = (chdf5_whole_dataspace(), chdf5_default_properties())
      try check(H5Dread(dataset.id, Number.memoryType, whole, whole, none, &values), object)
    }
    digest.add(object, values)
    return values
  }

  /// Reads texts of fixed length; a scalar is one text.
  ///
  /// - Parameters:
  ///   - object: The dataset's path.
  ///   - shape: `[texts]`, or empty for a scalar.
  /// - Returns: `[texts]`.
  /// - Throws: `TraceError` if the dataset is missing, different, or damaged.
  func texts(_ object: String, shape: [Int]) throws(TraceError) -> [String] {
    let dataset = try openDataset(object)
    try expectShape(of: dataset, object, shape)
    let type = try handle(H5Dget_type(dataset.id), object)
    let width = try textWidth(of: type, object)
    let count = shape.reduce(1, *)
    try expectStorage(of: dataset, object, bytes: count * width)
    var bytes = [UInt8](repeating: 0, count: count * width)
    if count > 0 {
      let (whole, none) = (chdf5_whole_dataspace(), chdf5_default_properties())
      try check(H5Dread(dataset.id, type.id, whole, whole, none, &bytes), object)
    }
    digest.add(object, bytes)
    return try unpack(bytes, width: width, object)
  }

  /// Checks that all datasets together, each read once, are those that were written.
  ///
  /// - Throws: `TraceError` if they are not.
  func checkDigest() throws(TraceError) {
    let recorded: [UInt64] = try numbers(attribute: ContentDigest.attribute, of: "/", shape: [])
    guard recorded == [digest.sum] else {
      throw .damaged(
        file: path, object: "/@\(ContentDigest.attribute)",
        reason: "the data are not those that were written")
    }
  }

  /// The length of a dataset of one dimension.
  ///
  /// - Throws: `TraceError` if the dataset is missing or has other dimensions.
  func length(_ object: String) throws(TraceError) -> Int {
    let dataset = try openDataset(object)
    let shape = try shape(of: handle(H5Dget_space(dataset.id), object), object)
    guard shape.count == 1 else {
      throw malformed(object, expected: "one dimension", found: describe(shape))
    }
    return shape[0]
  }

  /// Whether there is an object of a name in a group that exists.
  ///
  /// - Throws: `TraceError` if the file is damaged.
  func has(_ name: String, in group: String) throws(TraceError) -> Bool {
    let object = "\(group)/\(name)"
    return try check(H5Lexists(file.id, object, chdf5_default_properties()), object) > 0
  }

  /// Reads an attribute that holds one text, or nothing if there is no such attribute.
  ///
  /// - Throws: `TraceError` if the attribute is not a text of fixed length.
  func text(attribute name: String, of object: String) throws(TraceError) -> String? {
    guard let attribute = try openAttribute(name, of: object) else { return nil }
    let label = "\(object)@\(name)"
    let type = try handle(H5Aget_type(attribute.id), label)
    let width = try textWidth(of: type, label)
    try expectShape(of: attribute, isAttribute: true, label, [])
    var bytes = [UInt8](repeating: 0, count: width)
    try check(H5Aread(attribute.id, type.id, &bytes), label)
    return try unpack(bytes, width: width, label)[0]
  }

  /// Reads an attribute that holds numbers of exactly this type and shape.
  ///
  /// - Throws: `TraceError` if the attribute is missing or different.
  func numbers<Number: HDF5Number>(
    attribute name: String, of object: String, shape: [Int], as: Number.Type = Number.self
  ) throws(TraceError) -> [Number] {
    let label = "\(object)@\(name)"
    guard let attribute = try openAttribute(name, of: object) else {
      throw .missingObject(file: path, object: label)
    }
    try expectShape(of: attribute, isAttribute: true, label, shape)
    try expectType(of: attribute, isAttribute: true, label, Number.self)
    var values = [Number](repeating: .zero, count: shape.reduce(1, *))
    try check(H5Aread(attribute.id, Number.memoryType, &values), label)
    return values
  }

  /// An error that says that an object is not what the schema says.
  func malformed(_ object: String, expected: String, found: String) -> TraceError {
    .malformed(file: path, object: object, expected: expected, found: found)
  }
}

/// Opening and checking.
extension HDF5Reader {
  private func openDataset(_ object: String) throws(TraceError) -> HDF5Handle {
    // A link can only be looked up where all links before it lead somewhere.
    var prefix = ""
    for name in object.split(separator: "/") {
      prefix += "/" + name
      guard try check(H5Lexists(file.id, prefix, chdf5_default_properties()), prefix) > 0 else {
        throw .missingObject(file: path, object: prefix)
      }
    }
    let opened = try handle(H5Oopen(file.id, object, chdf5_default_properties()), object)
    guard H5Iget_type(opened.id) == H5I_DATASET else {
      throw malformed(object, expected: "a dataset", found: "something else")
    }
    return opened
  }

  private func openAttribute(_ name: String, of object: String) throws(TraceError) -> HDF5Handle? {
    let none = chdf5_default_properties()
    let label = "\(object)@\(name)"
    guard try check(H5Aexists_by_name(file.id, object, name, none), label) > 0 else { return nil }
    return try handle(H5Aopen_by_name(file.id, object, name, none, none), label)
  }

  private func shape(of space: consuming HDF5Handle, _ object: String) throws(TraceError) -> [Int] {
    guard H5Sget_simple_extent_type(space.id) != H5S_NULL else {
      throw malformed(object, expected: "values", found: "an empty dataspace")
    }
    let rank = Int(try check(H5Sget_simple_extent_ndims(space.id), object))
    var dimensions = [hsize_t](repeating: 0, count: rank)
    try check(H5Sget_simple_extent_dims(space.id, &dimensions, nil), object)
    // No dimension of a trace comes near this bound, and products of two stay within an Int.
    guard dimensions.allSatisfy({ $0 <= 1 << 30 }) else {
      throw malformed(object, expected: "a plausible size", found: "\(dimensions)")
    }
    return dimensions.map { Int($0) }
  }

  private func expectShape(
    of opened: borrowing HDF5Handle, isAttribute: Bool = false, _ object: String,
    _ expected: [Int]
  ) throws(TraceError) {
    let space = isAttribute ? H5Aget_space(opened.id) : H5Dget_space(opened.id)
    let found = try shape(of: handle(space, object), object)
    guard found == expected else {
      throw malformed(
        object, expected: "shape \(describe(expected))", found: "shape \(describe(found))")
    }
  }

  private func expectType<Number: HDF5Number>(
    of opened: borrowing HDF5Handle, isAttribute: Bool = false, _ object: String,
    _ expected: Number.Type
  ) throws(TraceError) {
    let type = try handle(isAttribute ? H5Aget_type(opened.id) : H5Dget_type(opened.id), object)
    guard try check(H5Tequal(type.id, Number.fileType), object) > 0 else {
      throw malformed(object, expected: "little-endian \(Number.typeName)", found: "another type")
    }
  }

  private func textWidth(
    of type: borrowing HDF5Handle, _ object: String
  ) throws(TraceError) -> Int {
    let width = H5Tget_size(type.id)
    guard H5Tget_class(type.id) == H5T_STRING, H5Tis_variable_str(type.id) == 0,
      width > 0, width <= TraceFile.longestText
    else {
      throw malformed(object, expected: "a text of fixed length", found: "another type")
    }
    return width
  }

  /// Bounds what is about to be allocated by what the file really holds, however far it may be
  /// compressed.
  private func expectStorage(
    of dataset: borrowing HDF5Handle, _ object: String, bytes: Int
  ) throws(TraceError) {
    let stored = H5Dget_storage_size(dataset.id)
    guard bytes <= 1 << 32, stored <= UInt64(fileBytes),
      // Deflate reaches at most 1,032 to 1.
      UInt64(bytes) <= stored * 1032
    else {
      throw malformed(object, expected: "\(bytes) stored bytes", found: "\(stored) bytes")
    }
  }

  private func unpack(
    _ bytes: [UInt8], width: Int, _ object: String
  ) throws(TraceError) -> [String] {
    var texts: [String] = []
    for start in stride(from: 0, to: bytes.count, by: width) {
      let text = bytes[start..<start + width].prefix { $0 != 0 }
      guard let text = String(validating: text, as: UTF8.self) else {
        throw malformed(object, expected: "UTF-8 text", found: "other bytes")
      }
      texts.append(text)
    }
    return texts
  }

  private func describe(_ shape: [Int]) -> String {
    shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " × ")
  }

  private func handle(_ id: hid_t, _ object: String) throws(TraceError) -> HDF5Handle {
    do {
      return try HDF5Handle(id, object)
    } catch {
      throw .damaged(file: path, object: error.object, reason: error.reason)
    }
  }

  @discardableResult
  private func check<Result: SignedInteger>(
    _ result: Result, _ object: String
  ) throws(TraceError) -> Result {
    do {
      return try HDF5Library.check(result, object)
    } catch {
      throw .damaged(file: path, object: error.object, reason: error.reason)
    }
  }
}
