import CHDF5

/// Texts of one width, each filled up with zeros.
struct PackedTexts {
  let width: Int
  let bytes: [UInt8]

  /// Packs texts.
  ///
  /// - Throws: `HDF5Error` if a text holds a zero character or is longer than a header can hold.
  init(_ texts: [String], object: String) throws(HDF5Error) {
    width = max(1, texts.reduce(0) { max($0, $1.utf8.count) })
    guard width <= TraceFile.longestText else {
      throw HDF5Error(
        object: object, reason: "a text of \(width) bytes; at most \(TraceFile.longestText) fit")
    }
    var packed = [UInt8](repeating: 0, count: width * texts.count)
    for (index, text) in texts.enumerated() {
      for (offset, byte) in text.utf8.enumerated() {
        guard byte != 0 else {
          throw HDF5Error(object: object, reason: "a text with a zero character")
        }
        packed[index * width + offset] = byte
      }
    }
    bytes = packed
  }

  /// The type of these texts in file and memory.
  ///
  /// - Throws: `HDF5Error` if the library refuses.
  func makeType() throws(HDF5Error) -> HDF5Handle {
    let type = try HDF5Handle(H5Tcopy(chdf5_c_string()), "text type")
    try HDF5Library.check(H5Tset_size(type.id, width), "text type")
    try HDF5Library.check(H5Tset_strpad(type.id, H5T_STR_NULLPAD), "text type")
    try HDF5Library.check(H5Tset_cset(type.id, H5T_CSET_UTF8), "text type")
    return type
  }
}
