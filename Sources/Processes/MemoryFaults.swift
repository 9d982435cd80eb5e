import CProcesses
import Foundation

/// What the command does where memory is gone.
package enum MemoryFaults {
  /// Has large blocks given back to the system when they are freed, where it would keep them: a
  /// long search writes ever larger files.
  package static func returnLargeBlocks() { process_return_large_blocks() }

  /// Has the command end with one line: an array that cannot grow can tell nobody else. Traps for
  /// other reasons stay what they are.
  ///
  /// - Parameter isChild: Whether this process is a part of another's work, which says it, once for
  ///   all its children.
  package static func endWithOneLine(isChild: Bool) {
    process_end_without_memory(
      isChild ? "" : "Error: \(OutOfMemory().description)\n",
      isChild ? OutOfMemory.childStatus : 1)
  }

  /// Ends the process for want of memory; a part of another's work says nothing.
  ///
  /// - Parameter line: What is said, with its end.
  package static func end(saying line: String) -> Never {
    process_end_now_without_memory(line)
    exit(1)
  }
}

/// A process had too little memory.
package struct OutOfMemory: Error, Hashable, CustomStringConvertible, LocalizedError {
  /// What a part of a command's work is missing; nil of the command itself.
  private let part: String?
  /// The exit status by which a child says so (`EX_OSERR` of sysexits.h).
  package static let childStatus: Int32 = 71

  /// Says that this process had.
  package init() { part = nil }

  /// Says that a child had; nil if its exit status says something else.
  ///
  /// - Parameters:
  ///   - status: The exit status.
  ///   - part: What it did, such as `a training`.
  package init?(status: Int32, of part: String) {
    guard status == Self.childStatus else { return nil }
    self.part = part
  }

  /// One line.
  package var description: String {
    "out of memory\(part.map { " in \($0)" } ?? ""); give a smaller --batch-size or network, "
      + "\(part == nil ? "" : "fewer --jobs, ")or raise the limit (ulimit -v)"
  }

  /// The same line.
  package var errorDescription: String? { description }
}
