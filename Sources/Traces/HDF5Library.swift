import CHDF5
import Synchronization

/// The door to the C library: one thread at a time, errors as Swift errors instead of text on
/// stderr.
///
/// The library keeps global state and is not everywhere built thread-safe, so every call of it
/// happens inside `withExclusiveAccess`.
package enum HDF5Library {
  private static let lock = Mutex(())
  /// Every file is closed before the lock is given back, so there is nothing to do when the process
  /// exits. After some damaged files libhdf5 1.10.8 would not find an end there, and say so on
  /// stderr.
  private static let setUp: Void = { _ = H5dont_atexit() }()

  /// Runs `body` while no other thread is inside the library, and the library prints nothing.
  package static func withExclusiveAccess<Result>(_ body: () throws -> Result) rethrows -> Result {
    try lock.withLock { _ in
      setUp
      // The printing handler belongs to the thread, and this thread may not be ours: it is put
      // back.
      var handler: H5E_auto2_t?
      var context: UnsafeMutableRawPointer?
      H5Eget_auto2(chdf5_default_error_stack(), &handler, &context)
      H5Eset_auto2(chdf5_default_error_stack(), nil, nil)
      defer { H5Eset_auto2(chdf5_default_error_stack(), handler, context) }
      return try body()
    }
  }

  /// Passes on what the library returned, or throws what it says about a negative value.
  ///
  /// - Parameters:
  ///   - result: What a function of the library returned; negative means failure.
  ///   - object: The object that the call was about, for the message.
  /// - Returns: `result`.
  /// - Throws: `HDF5Error` with the innermost message of the library's error stack.
  @discardableResult
  static func check<Result: SignedInteger>(
    _ result: Result, _ object: String
  ) throws(HDF5Error) -> Result {
    guard result < 0 else { return result }
    throw HDF5Error(object: object, reason: innermostMessage())
  }

  private static func innermostMessage() -> String {
    var message = ""
    withUnsafeMutablePointer(to: &message) { pointer in
      // Walking upward begins with the entry that was pushed first, which is the innermost.
      _ = H5Ewalk2(
        chdf5_default_error_stack(), H5E_WALK_UPWARD,
        { level, entry, pointer in
          if level == 0, let text = entry?.pointee.desc {
            pointer?.assumingMemoryBound(to: String.self).pointee = String(cString: text)
          }
          return 0
        }, pointer)
    }
    H5Eclear2(chdf5_default_error_stack())
    return message.isEmpty
      ? "HDF5 gives no reason, as where memory is gone, see ulimit -v" : message
  }
}

/// A failed call of the library: the object it was about and the innermost reason.
struct HDF5Error: Error, Equatable {
  let object: String
  let reason: String
}
