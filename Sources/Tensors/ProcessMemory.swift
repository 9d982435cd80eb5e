import Foundation

/// The memory of this process.
public enum ProcessMemory {
  /// The largest resident memory so far, in bytes.
  ///
  /// On Linux that of the program itself: what `getrusage` says includes the process that started
  /// it, as it was before it became this program.
  public static var peak: Int {
    #if os(Linux)
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
        Int($0)
      }
      if let kibibytes { return kibibytes * 1024 }
    #endif
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
