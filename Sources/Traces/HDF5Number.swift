import CHDF5

/// A number type that is stored plain and little-endian.
protocol HDF5Number: BitwiseCopyable {
  static var zero: Self { get }
  /// The type in the file.
  static var fileType: hid_t { get }
  /// The type in memory.
  static var memoryType: hid_t { get }
  /// The type's name in messages.
  static var typeName: String { get }
}

extension UInt8: HDF5Number {
  static var fileType: hid_t { chdf5_file_uint8() }
  static var memoryType: hid_t { chdf5_memory_uint8() }
  static var typeName: String { "uint8" }
}

extension Int64: HDF5Number {
  static var fileType: hid_t { chdf5_file_int64() }
  static var memoryType: hid_t { chdf5_memory_int64() }
  static var typeName: String { "int64" }
}

extension UInt64: HDF5Number {
  static var fileType: hid_t { chdf5_file_uint64() }
  static var memoryType: hid_t { chdf5_memory_uint64() }
  static var typeName: String { "uint64" }
}

extension Float: HDF5Number {
  static var fileType: hid_t { chdf5_file_float32() }
  static var memoryType: hid_t { chdf5_memory_float32() }
  static var typeName: String { "float32" }
}

extension Double: HDF5Number {
  static var fileType: hid_t { chdf5_file_float64() }
  static var memoryType: hid_t { chdf5_memory_float64() }
  static var typeName: String { "float64" }
}
