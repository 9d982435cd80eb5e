import CHDF5
import Files

/// Builds one HDF5 file in memory: groups, attributes, and datasets that are chunked and
/// checksummed.
///
/// Every method is to be called inside `HDF5Library.withExclusiveAccess`.
struct HDF5Writer: ~Copyable {
  private let image: HDF5Image
  private let groupCreation: HDF5Handle
  private let digest = ContentDigest()

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - sizeHint: About how many bytes the file will have.
  ///   - draft: What is filled; nil for memory.
  /// - Throws: `HDF5Error` if the library refuses.
  init(sizeHint: Int, draft: DraftFile? = nil) throws(HDF5Error) {
    let groupCreation = try HDF5Writer.properties(chdf5_group_creation())
    // The library fills what it grows by with zeros, and so touches it all.
    let longest = draft == nil ? Int.max : 4 << 20
    image = try HDF5Image(
      creation: HDF5Writer.properties(chdf5_file_creation()),
      step: min(max(1 << 16, sizeHint / 4), longest), draft: draft)
    self.groupCreation = groupCreation
  }

  /// Records the digest of all datasets and closes the file.
  ///
  /// - Returns: The image that holds its bytes.
  /// - Throws: `HDF5Error` if something could not be written.
  consuming func close() throws(HDF5Error) -> HDF5Image {
    try set(ContentDigest.attribute, of: "/", to: digest.sum)
    try image.close()
    return image
  }

  /// Makes a group, and those above it that are missing.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func makeGroup(_ path: String) throws(HDF5Error) {
    try makeGroups(above: path)
    try makeSingleGroup(path)
  }

  /// Makes the groups above a path that are missing; those that the library makes by itself have
  /// times.
  private func makeGroups(above path: String) throws(HDF5Error) {
    var group = ""
    for name in path.split(separator: "/").dropLast() {
      group += "/\(name)"
      if H5Lexists(image.file, group, chdf5_default_properties()) == 0 {
        try makeSingleGroup(group)
      }
    }
  }

  private func makeSingleGroup(_ path: String) throws(HDF5Error) {
    let none = chdf5_default_properties()
    _ = try HDF5Handle(H5Gcreate2(image.file, path, none, groupCreation.id, none), path)
  }

  /// Gives an object a second name.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func link(_ path: String, to target: String) throws(HDF5Error) {
    try makeGroups(above: path)
    let none = chdf5_default_properties()
    try HDF5Library.check(
      H5Lcreate_hard(image.file, target, image.file, path, none, none), path)
  }

  /// Writes numbers as a dataset of the given shape, row-major.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func write<Number: HDF5Number>(
    _ values: [Number], _ path: String, shape: [Int]
  ) throws(HDF5Error) {
    precondition(
      values.count == shape.reduce(1, *), "\(path): \(values.count) values for shape \(shape)")
    let dataset = try makeDataset(
      path, type: Number.fileType, shape: shape, bytes: MemoryLayout<Number>.size)
    digest.add(path, values)
    guard !values.isEmpty else { return }
    let whole = chdf5_whole_dataspace()
    try HDF5Library.check(
      H5Dwrite(
        dataset.id, Number.memoryType, whole, whole, chdf5_default_properties(), values), path)
    image.wrote(values.count * MemoryLayout<Number>.size)
  }

  /// Writes texts as a dataset `[texts]` of fixed-length UTF-8 strings.
  ///
  /// - Throws: `HDF5Error` if the library refuses or a text cannot be stored.
  func write(_ texts: [String], _ path: String) throws(HDF5Error) {
    let packed = try PackedTexts(texts, object: path)
    let type = try packed.makeType()
    let dataset = try makeDataset(path, type: type.id, shape: [texts.count], bytes: packed.width)
    digest.add(path, packed.bytes)
    guard !texts.isEmpty else { return }
    let whole = chdf5_whole_dataspace()
    try HDF5Library.check(
      H5Dwrite(dataset.id, type.id, whole, whole, chdf5_default_properties(), packed.bytes), path)
  }

  /// Writes one text as a scalar dataset.
  ///
  /// A scalar cannot be chunked, so it has no Fletcher checksum; stored in the object's header it
  /// is under that one's.
  ///
  /// - Throws: `HDF5Error` if the library refuses or the text cannot be stored.
  func write(scalar text: String, _ path: String) throws(HDF5Error) {
    let packed = try PackedTexts([text], object: path)
    digest.add(path, packed.bytes)
    let type = try packed.makeType()
    let space = try HDF5Handle(H5Screate(H5S_SCALAR), path)
    let creation = try HDF5Writer.properties(chdf5_dataset_creation())
    try HDF5Library.check(H5Pset_layout(creation.id, H5D_COMPACT), path)
    try makeGroups(above: path)
    let none = chdf5_default_properties()
    let dataset = try HDF5Handle(
      H5Dcreate2(image.file, path, type.id, space.id, none, creation.id, none), path)
    let whole = chdf5_whole_dataspace()
    try HDF5Library.check(H5Dwrite(dataset.id, type.id, whole, whole, none, packed.bytes), path)
  }

  /// Sets an attribute that holds one text.
  ///
  /// - Throws: `HDF5Error` if the library refuses or the text cannot be stored.
  func set(_ name: String, of path: String, to text: String) throws(HDF5Error) {
    let packed = try PackedTexts([text], object: "\(path)@\(name)")
    let type = try packed.makeType()
    let space = try HDF5Handle(H5Screate(H5S_SCALAR), path)
    try setAttribute(name, of: path, type: type.id, memory: type.id, space: space, packed.bytes)
  }

  /// Sets an attribute that holds several texts.
  ///
  /// - Throws: `HDF5Error` if the library refuses or a text cannot be stored.
  func set(_ name: String, of path: String, to texts: [String]) throws(HDF5Error) {
    let packed = try PackedTexts(texts, object: "\(path)@\(name)")
    let type = try packed.makeType()
    let space = try HDF5Handle(H5Screate_simple(1, [hsize_t(texts.count)], nil), path)
    try setAttribute(name, of: path, type: type.id, memory: type.id, space: space, packed.bytes)
  }

  /// Sets an attribute that holds one number.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func set<Number: HDF5Number>(_ name: String, of path: String, to number: Number)
    throws(HDF5Error)
  {
    let space = try HDF5Handle(H5Screate(H5S_SCALAR), path)
    try setAttribute(
      name, of: path, type: Number.fileType, memory: Number.memoryType, space: space, [number])
  }

  /// Sets an attribute that holds several numbers.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func set<Number: HDF5Number>(_ name: String, of path: String, to numbers: [Number])
    throws(HDF5Error)
  {
    let space = try HDF5Handle(H5Screate_simple(1, [hsize_t(numbers.count)], nil), path)
    try setAttribute(
      name, of: path, type: Number.fileType, memory: Number.memoryType, space: space, numbers)
  }

  /// Makes a dataset the scale of a dimension: what stands along it, and its name.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func makeScale(_ path: String, name: String) throws(HDF5Error) {
    let scale = try HDF5Handle(H5Dopen2(image.file, path, chdf5_default_properties()), path)
    try HDF5Library.check(H5DSset_scale(scale.id, name), path)
  }

  /// Attaches scales to the dimensions of a dataset, one per dimension.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func attach(scales: [String], to path: String) throws(HDF5Error) {
    let none = chdf5_default_properties()
    let dataset = try HDF5Handle(H5Dopen2(image.file, path, none), path)
    for (dimension, scalePath) in scales.enumerated() {
      let scale = try HDF5Handle(H5Dopen2(image.file, scalePath, none), scalePath)
      try HDF5Library.check(
        H5DSattach_scale(dataset.id, scale.id, UInt32(dimension)), "\(scalePath) on \(path)")
    }
  }

  private func setAttribute<Element: BitwiseCopyable>(
    _ name: String, of path: String, type: hid_t, memory: hid_t, space: borrowing HDF5Handle,
    _ values: [Element]
  ) throws(HDF5Error) {
    let none = chdf5_default_properties()
    let object = "\(path)@\(name)"
    let attribute = try HDF5Handle(
      H5Acreate_by_name(image.file, path, name, type, space.id, none, none, none), object)
    try HDF5Library.check(H5Awrite(attribute.id, memory, values), object)
  }

  private func makeDataset(
    _ path: String, type: hid_t, shape: [Int], bytes: Int
  ) throws(HDF5Error) -> HDF5Handle {
    // An empty fixed dimension would leave no room for a chunk, so an empty dimension may grow.
    let dimensions = shape.map { hsize_t($0) }
    let limits = shape.map { $0 == 0 ? chdf5_unlimited() : hsize_t($0) }
    let space = try HDF5Handle(H5Screate_simple(Int32(shape.count), dimensions, limits), path)
    let creation = try HDF5Writer.properties(chdf5_dataset_creation())
    let chunk = HDF5Writer.chunk(shape: shape, bytes: bytes).map { hsize_t($0) }
    try HDF5Library.check(H5Pset_chunk(creation.id, Int32(chunk.count), chunk), path)
    try HDF5Library.check(H5Pset_fletcher32(creation.id), path)
    try makeGroups(above: path)
    let none = chdf5_default_properties()
    return try HDF5Handle(
      H5Dcreate2(image.file, path, type, space.id, none, creation.id, none), path)
  }

  /// Properties of an object to be created: no times (the same trace gives the same bytes), and all
  /// attributes in its header, where the header's checksum covers them.
  private static func properties(_ kind: hid_t) throws(HDF5Error) -> HDF5Handle {
    let properties = try HDF5Handle(H5Pcreate(kind), "creation properties")
    try HDF5Library.check(H5Pset_obj_track_times(properties.id, false), "creation properties")
    try HDF5Library.check(H5Pset_attr_phase_change(properties.id, 64, 0), "creation properties")
    return properties
  }

  /// The shape of a chunk: whole rows, all chunks about alike (the last one is padded), none above
  /// 1 MiB unless a single row is.
  static func chunk(shape: [Int], bytes: Int) -> [Int] {
    let rowBytes = max(1, shape.dropFirst().reduce(bytes, *))
    let rows = max(1, shape[0])
    let chunks = min(rows, max(1, (rows * rowBytes + (1 << 20) - 1) >> 20))
    return [(rows + chunks - 1) / chunks] + shape.dropFirst().map { max(1, $0) }
  }
}
