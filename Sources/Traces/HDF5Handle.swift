import CHDF5

/// An open object of the library, closed when it goes out of scope.
struct HDF5Handle: ~Copyable {
  let id: hid_t

  /// Takes over what an opening or creating call returned.
  ///
  /// - Throws: `HDF5Error` if that call failed.
  init(_ id: hid_t, _ object: String) throws(HDF5Error) {
    self.id = try HDF5Library.check(id, object)
  }

  deinit { H5Idec_ref(id) }
}
