import Foundation

/// The memory of this process.
public enum ProcessMemory {
  /// The largest resident memory so far, in bytes.
  public static var peak: Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
